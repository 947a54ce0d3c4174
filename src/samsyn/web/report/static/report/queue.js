// What waits to be sent: kept on the device until the server has said that it has it. Every report carries
// a key made here, so that sending it again, when the answer was lost, never makes two of one.
//
// Read in two ways: by the page as a module, and by the service worker as a plain script, since not every
// browser lets a service worker be a module. Hence one name on the global object, and no exports.

globalThis.samsynQueue = (() => {
  const NAME = "samsyn-rapporter";
  const STORE = "vantar";
  const SYNC = "samsyn-rapporter";
  const LATEST = 20_000;

  function opened() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function inStore(mode, work) {
    const base = await opened();
    try {
      return await new Promise((resolve, reject) => {
        // Strict: "sparat" is said only when the report would survive the phone going dark.
        const transaction = base.transaction(STORE, mode, { durability: "strict" });
        const request = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      base.close();
    }
  }

  const keep = (item) => inStore("readwrite", (store) => store.put(item));
  const drop = (key) => inStore("readwrite", (store) => store.delete(key));

  const everything = () => inStore("readonly", (store) => store.getAll());

  async function waiting(to) {
    const all = await everything();
    return all.filter((one) => one.to === to && !one.sent).sort((one, other) => one.made - other.made);
  }

  // What was sent while no page was open: shown once, then dropped. Nothing of the report itself is left in it.
  async function takeReceipts(to) {
    const all = (await everything()).filter((one) => one.to === to && one.sent);
    for (const one of all) await drop(one.key);
    return all.map((one) => one.sent);
  }

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  async function headersFor(item) {
    const headers = { "Content-Type": "application/json" };
    if (!item.csrf) return headers;
    const response = await fetch(item.csrf, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
    if (!response.ok) return null;
    return { ...headers, "X-CSRFToken": (await response.json()).token };
  }

  // What became of one try: sent, refused (must be mended), closed, signin, or wait.
  async function deliver(item) {
    let response;
    let answer = {};
    try {
      const headers = await headersFor(item);
      if (!headers) return { outcome: "signin" };
      response = await fetch(item.to, {
        method: "POST",
        headers,
        body: JSON.stringify(item.fields),
        credentials: item.csrf ? "same-origin" : "omit",
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout?.(LATEST),
      });
      answer = await response.json();
    } catch {
      if (!response || response.ok || response.status >= 500) return { outcome: "wait" };
    }
    if (response.ok) return { outcome: "sent", answer };
    if (response.type === "opaqueredirect") return { outcome: "signin" };
    if (response.status === 404) return { outcome: "closed", answer };
    if ([403, 415, 422].includes(response.status)) return { outcome: "refused", answer };
    return { outcome: "wait", answer };
  }

  async function sendAll(to, tell) {
    for (const item of await waiting(to)) {
      if (item.refused) continue;
      const result = await deliver(item);
      if (result.outcome === "sent") await drop(item.key);
      if (result.outcome === "refused") await keep({ ...item, refused: result.answer });
      await tell(item, result);
      if (["wait", "signin", "closed"].includes(result.outcome)) return;
    }
  }

  // One page or worker sends at a time; twice would do no harm, but is twice the traffic.
  const flush = (to, tell) =>
    navigator.locks ? navigator.locks.request(NAME, () => sendAll(to, tell)) : sendAll(to, tell);

  // Sends everything below an address with no page open. An error asks the browser to try again later.
  async function flushBelow(scope, tell) {
    const addresses = new Set((await everything()).map((one) => one.to).filter((to) => to.startsWith(scope)));
    let isWaiting = false;
    for (const to of addresses) {
      await flush(to, async (item, result) => {
        isWaiting ||= result.outcome === "wait";
        if (!(await tell(item, result)) && result.outcome === "sent") {
          await keep({ key: item.key, to: item.to, made: item.made, sent: result.answer });
        }
      });
    }
    if (isWaiting) throw new Error("Still waiting");
  }

  return { SYNC, drop, flush, flushBelow, keep, newKey, takeReceipts, waiting };
})();
