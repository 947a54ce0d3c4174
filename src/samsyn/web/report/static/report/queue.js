// What waits to be sent: kept on the device until the server has said that it has it. Every report carries
// a key made here, so that sending it again, when the answer was lost, never makes two of one.

const NAME = "samsyn-rapporter";
const STORE = "vantar";
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

export const keep = (item) => inStore("readwrite", (store) => store.put(item));
export const drop = (key) => inStore("readwrite", (store) => store.delete(key));

export async function waiting(to) {
  const all = await inStore("readonly", (store) => store.getAll());
  return all.filter((one) => one.to === to).sort((one, other) => one.made - other.made);
}

export function newKey() {
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
export async function deliver(item) {
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
    tell(item, result);
    if (["wait", "signin", "closed"].includes(result.outcome)) return;
  }
}

// One tab sends at a time; twice would do no harm, but is twice the traffic.
export const flush = (to, tell) =>
  navigator.locks ? navigator.locks.request("samsyn-rapporter", () => sendAll(to, tell)) : sendAll(to, tell);
