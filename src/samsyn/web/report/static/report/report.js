// The form with script: four presses, also without network. Without this file it is an ordinary form.

import { Guard, checkHere } from "./guard.js";
import { Places } from "./places.js";
import "./queue.js";
import { Steps } from "./steps.js";
import { clock, fieldValue, iso, spanOfChip } from "./times.js";
import { markWays } from "./ways.js";

const { SYNC, drop, flush, keep, newKey, takeReceipts, waiting } = globalThis.samsynQueue;
const AGAIN = 30_000;
const AHEAD = new Set(["i-kvall", "i-morgon"]);

const settings = JSON.parse(document.getElementById("samsyn-report").textContent);
const texts = settings.texts;
const form = document.querySelector("[data-form]");
const find = (selector) => document.querySelector(selector);
const now = () => (settings.now ? new Date(settings.now) : new Date());
const field = (name) => form.elements.namedItem(name);
const chosenCategory = () => form.querySelector('[name="kategori"]:checked');
const isPlanned = () => chosenCategory()?.value === "EVENT";

let where = null;
let when = null;
let key = newKey();

// --- steps ---------------------------------------------------------------------------------------

const steps = new Steps((step) => {
  find("[data-back-bar]").hidden = ["what", "sent", "nothing"].includes(step);
  if (step === "when") showChips();
  if (step === "send") showSummary();
});

function nextMissing() {
  if (!chosenCategory()) return "what";
  if (!where) return "where";
  return when ? "send" : "when";
}

function say(selector, message) {
  const box = find(selector);
  box.textContent = message;
  box.hidden = !message;
}

// --- what, where, when ---------------------------------------------------------------------------

form.addEventListener("click", (event) => {
  // A press on the category that is already chosen goes on too; arrow keys only choose.
  if (event.target.name === "kategori" && event.detail > 0) chooseCategory();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "kategori") return;
  event.preventDefault();
  event.target.checked = true;
  chooseCategory();
});

function chooseCategory() {
  if (when && AHEAD.has(when.chip) !== isPlanned() && when.chip !== "eget") when = null;
  steps.go(nextMissing());
}

const places = new Places({
  places: settings.places,
  memory: `samsyn-platser-${settings.municipality}`,
  texts,
  field: field("plats_text"),
  list: find("[data-places]"),
  icon: find("[data-pin]").content.firstElementChild,
  onChoose: choosePlace,
});

function choosePlace(chosen) {
  if (chosen.plats_text && !checkHere(chosen.plats_text, settings.rules).ok) return say("[data-place-error]", texts.place_stopped);
  where = chosen;
  say("[data-place-error]", "");
  steps.go(nextMissing());
  return undefined;
}

find("[data-ways]").hidden = false;
find("[data-here]").addEventListener("click", () => {
  say("[data-place-error]", texts.looking);
  places.here((message) => say("[data-place-error]", message));
});
find("[data-map]").addEventListener("click", async () => {
  const box = find("[data-map-box]");
  box.hidden = false;
  try {
    const { openMap } = await import("./map.js");
    await openMap(box, settings, places.places, (longitude, latitude) => places.point(longitude, latitude, texts.on_map), () => say("[data-place-error]", texts.nearer));
    find("[data-map]").disabled = true;
    box.scrollIntoView({ block: "center" });
  } catch {
    box.hidden = true;
    say("[data-place-error]", texts.no_map);
  }
});

function showChips() {
  find("[data-past]").hidden = isPlanned();
  find("[data-ahead]").hidden = !isPlanned();
  find("[data-plain]").hidden = true;
  find("[data-span]").hidden = form.querySelector('[name="nar"]:checked')?.value !== "eget";
}

for (const chip of form.querySelectorAll('[name="nar"]')) {
  chip.addEventListener("click", (event) => {
    const name = chip.closest("label").textContent.trim();
    if (chip.value === "eget") {
      showChips();
      if (!field("fran").value) field("fran").value = fieldValue(now());
      field("fran").focus();
    } else if (event.detail > 0) {
      chooseTime(chip.value, name, ...spanOfChip(chip.value, now()));
    }
  });
  chip.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || chip.value === "eget") return;
    event.preventDefault();
    chip.checked = true;
    chooseTime(chip.value, chip.closest("label").textContent.trim(), ...spanOfChip(chip.value, now()));
  });
}

find("[data-time-done]").hidden = false;
find("[data-time-done]").addEventListener("click", () => {
  const [from, to] = [field("fran").value, field("till").value || field("fran").value];
  if (!from) return say("[data-time-error]", texts.no_time);
  if (to < from) return say("[data-time-error]", texts.backwards);
  return chooseTime("eget", `${from.replace("T", " ")} – ${to.replace("T", " ")}`.replaceAll(":", "."), new Date(from), new Date(to));
});

function chooseTime(chip, label, from, to) {
  say("[data-time-error]", "");
  when = { chip, label, from, to };
  steps.go(nextMissing());
}

function showSummary() {
  const rows = [
    [texts.what, chosenCategory().dataset.name, "what"],
    [texts.where, where.label, "where"],
    [texts.when, when.label, "when"],
  ];
  const made = rows.flatMap(([name, value, step]) => {
    const change = Object.assign(document.createElement("button"), { type: "button", textContent: texts.change });
    change.setAttribute("aria-label", `${texts.change}: ${name}`);
    change.addEventListener("click", () => steps.go(step));
    const last = document.createElement("dd");
    last.append(change);
    return [Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value }), last];
  });
  find("[data-summary]").replaceChildren(...made);
  find("[data-summary]").hidden = false;
}

for (const back of document.querySelectorAll("[data-back]")) back.addEventListener("click", () => history.back());

// --- the note ------------------------------------------------------------------------------------

const note = field("text");
const count = find("[data-count]");
count.hidden = false;
const showCount = () => { count.textContent = texts.left.replace("%s", note.maxLength - note.value.length); };
note.addEventListener("input", showCount);

let verdict = { ok: true, messages: [], redirect: "" };
const without = find("[data-without]");
const guard = new Guard({
  field: note,
  box: find("[data-guard]"),
  rules: settings.rules,
  concern: settings.concern,
  ask: askServer,
  onVerdict: (given) => {
    verdict = given;
    without.hidden = given.ok;
    if (given.redirect) showWho();
  },
});

// Who to call: by the hour it is now, not by the hour when the page was fetched.
const who = find("[data-who]");
const showWho = () => { who.open = true; };
who.addEventListener("toggle", () => markWays(who.querySelector("[data-ways-now]"), now()));

async function askServer(text) {
  const headers = { "Content-Type": "application/json" };
  if (settings.csrf) headers["X-CSRFToken"] = form.elements.namedItem("csrfmiddlewaretoken").value;
  const response = await fetch(settings.check, { method: "POST", headers, body: JSON.stringify({ text }), credentials: settings.csrf ? "same-origin" : "omit", cache: "no-store" });
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

// --- sending -------------------------------------------------------------------------------------

function fieldsToSend() {
  const rest = Object.fromEntries(["text", "antal", "polis", "epost"].map((name) => [name, field(name)?.value ?? ""]));
  const place = Object.fromEntries(["plats", "plats_text", "longitud", "latitud"].map((name) => [name, where[name]]));
  return { ...rest, ...place, kategori: chosenCategory().value, nar: when.chip, fran: iso(when.from), till: iso(when.to), enhet: "1", for: settings.organisation, nyckel: key };
}

const addressed = (fields) => ({ key: fields.nyckel, to: settings.send, csrf: settings.csrf, made: Date.now(), fields });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const step = nextMissing();
  if (step !== "send") return steps.go(step);
  if (event.submitter === without) note.value = "";
  const here = checkHere(note.value, settings.rules, settings.concern);
  guard.say(here.ok ? { ...verdict, ...(note.value ? {} : { ok: true, messages: [], redirect: "" }) } : here);
  if (!verdict.ok) return note.focus();
  return sendNow(fieldsToSend());
});

find("[data-nothing]").addEventListener("click", (event) => { event.preventDefault(); steps.go("nothing"); });
find("[data-nothing-yes]").addEventListener("click", () =>
  sendNow({ kategori: "NOLL", enhet: "1", for: settings.organisation, nyckel: key }));

let sending = false;
async function sendNow(fields) {
  if (sending) return;
  sending = true;
  const item = addressed(fields);
  try {
    await keep(item);
  } catch {
    sending = false;
    return say("[data-send-error]", texts.cannot_keep);
  }
  let result = { outcome: "wait" };
  const flushed = flush(settings.send, (sent, given) => { noteHindrance(given); if (sent.key === item.key) result = given; }).catch(() => {});
  askForSync();
  await flushed;
  sending = false;
  if (result.outcome === "refused") {
    await drop(item.key);
    showRefused(result.answer);
  } else {
    showSent(result);
  }
  await showWaiting();
}

function showRefused(answer) {
  if (answer.guard) guard.say(answer.guard);
  const step = { place: "where", when: "when", category: "what" }[Object.keys(answer.problems ?? {})[0]];
  if (step) {
    say({ where: "[data-place-error]", when: "[data-time-error]" }[step] ?? "[data-send-error]", Object.values(answer.problems)[0]);
    if (step === "where") where = null;
    if (step === "when") when = null;
    return steps.go(step);
  }
  say("[data-send-error]", answer.guard ? "" : answer.message);
  return answer.guard ? note.focus() : undefined;
}

let shownKey = "";
function showSent(result) {
  shownKey = key;
  tellSent(result);
  reset();
  steps.replace("sent");
}

function tellSent(result) {
  const isSent = result.outcome === "sent";
  find("[data-sent-title]").textContent = isSent ? texts.sent.replace("%s", result.answer.sent_at) : texts.saved.replace("%s", clock(new Date()));
  find("[data-sent-text]").textContent = isSent ? texts.number.replace("%s", result.answer.number) : result.answer?.message ?? texts[result.outcome] ?? texts.wait;
}

function reset() {
  form.reset();
  key = newKey();
  where = when = null;
  verdict = { ok: true, messages: [], redirect: "" };
  guard.say(verdict);
  say("[data-send-error]", "");
  places.show();
  showCount();
}

find("[data-again]").addEventListener("click", () => steps.replace("what"));

// --- what waits ----------------------------------------------------------------------------------

// What stands in the way besides the network: the link is closed, or the session has ended.
let hindrance = "";
function noteHindrance(result) {
  hindrance = { closed: result.answer?.message, signin: texts.signin }[result.outcome] ?? "";
}

async function showWaiting() {
  const all = await waiting(settings.send).catch(() => []);
  const stuck = all.filter((one) => one.refused);
  const count = all.length - stuck.length;
  const hindered = hindrance && `${hindrance} ${texts.kept.replace("%s", count)}`;
  find("[data-waiting]").textContent = count ? hindered || texts.waiting.replace("%s", count) : "";
  find("[data-stuck]").hidden = !stuck.length;
  find("[data-stuck]").replaceChildren(...stuck.map(stuckRow));
  return count;
}

function stuckRow(item) {
  const row = document.createElement("li");
  row.append(Object.assign(document.createElement("p"), { textContent: `${texts.stuck} ${item.refused.message ?? ""}` }));
  const pair = Object.assign(document.createElement("p"), { className: "r-pair" });
  const press = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: text });
    made.addEventListener("click", async () => { await act(); await tryAgain(); });
    pair.append(made);
  };
  if (item.refused.guard) press(texts.without, () => keep({ ...item, refused: null, fields: { ...item.fields, text: "" } }));
  press(texts.remove, () => drop(item.key));
  row.append(pair);
  return row;
}

// Where the browser has background sync it sends what waits when there is network, also with the page closed.
// Asked for once this page has taken the queue: the worker finds something only if the page goes away.
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration(settings.scope);
  await registration?.sync?.register(SYNC).catch(() => {});
}

async function showReceipts() {
  const last = (await takeReceipts(settings.send).catch(() => [])).at(-1);
  if (last) find("[data-receipt]").textContent = texts.sent_meanwhile.replace("%s", last.sent_at).replace("%s", last.number);
}

async function tryAgain() {
  await showReceipts();
  if (await showWaiting()) {
    askForSync();
    await flush(settings.send, (item, result) => {
      if (item.key === shownKey && steps.current === "sent") tellSent(result);
      noteHindrance(result);
    }).catch(() => {});
    await showWaiting();
  }
}

addEventListener("online", tryAgain);
document.addEventListener("visibilitychange", () => { if (!document.hidden) tryAgain(); });
setInterval(tryAgain, AGAIN);

navigator.serviceWorker?.addEventListener("message", async ({ data }) => {
  if (data.to !== settings.send) return;
  if (data.key === shownKey && steps.current === "sent") tellSent(data.result);
  noteHindrance(data.result);
  await showWaiting();
});
if ("serviceWorker" in navigator) navigator.serviceWorker.register(settings.worker, { scope: settings.scope }).catch(() => {});

find("#for")?.addEventListener("change", (event) => { location.search = `?for=${event.target.value}`; });
showCount();
steps.start("what");
if ("tried" in form.dataset) document.querySelector(".error-summary")?.focus();
document.documentElement.dataset.ready = "1";
tryAgain();
