// The guard while one writes: simple rules on the device at once, the server's judgement when there is network.

const PAUSE = 500;

const digits = (text) => text.replace(/\D/g, "");

function passesLuhn(text) {
  const ten = digits(text).slice(-10);
  if (ten.length < 10) return false;
  let sum = 0;
  for (let index = 0; index < 10; index += 1) {
    const product = Number(ten[index]) * (index % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === 0;
}

// Coordination numbers and the like are judged by the server; this only stops the plainest at once.
export function checkHere(text, rules, concern) {
  const messages = [];
  for (const rule of rules) {
    const matches = text.match(new RegExp(rule.pattern, rule.flags)) ?? [];
    if (matches.some((one) => rule.check !== "luhn10" || passesLuhn(one))) {
      messages.push(`${rule.why} ${rule.suggestion}`);
    }
  }
  // A worry for one person is shown the way at once, also where there is no network.
  const isConcern = concern ? new RegExp(concern.pattern, "iu").test(text) : false;
  return { ok: messages.length === 0 && !isConcern, messages, redirect: isConcern ? concern.words : "" };
}

export class Guard {
  constructor({ field, box, rules, concern, ask, onVerdict }) {
    Object.assign(this, { field, box, rules, concern, ask, onVerdict });
    this.turn = 0;
    field.addEventListener("input", () => this.read());
  }

  read() {
    const text = this.field.value;
    const here = checkHere(text, this.rules, this.concern);
    const turn = (this.turn += 1);
    clearTimeout(this.timer);
    if (!here.ok || !text.trim()) return this.say(here);
    this.timer = setTimeout(async () => {
      const there = await this.ask(text).catch(() => null);
      if (turn === this.turn) this.say(there ?? here);
    }, PAUSE);
    return undefined;
  }

  say(verdict) {
    const lines = [...verdict.messages, verdict.redirect].filter(Boolean);
    this.box.classList.toggle("warn", verdict.ok);
    this.box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    this.field.setAttribute("aria-invalid", String(!verdict.ok));
    this.onVerdict(verdict);
  }
}
