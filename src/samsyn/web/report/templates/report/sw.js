{% load i18n %}// Keeps the form usable without network, and sends what waits when the network is back and no page is open.
// The queue itself is the page's: the same file, the same lock, the same keys.
importScripts("{{ queue|escapejs }}");

const CACHE = "samsyn-rapport-{{ version }}";
const ASSETS = [{% for address in assets %}
  "{{ address|escapejs }}",{% endfor %}
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(ASSETS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("samsyn-rapport-") && name !== CACHE;
  event.waitUntil((async () => {
    // The form that was last seen moves along, so that a new version never leaves a phone without page.
    const cache = await caches.open(CACHE);
    for (const name of (await caches.keys()).filter(isOld)) {
      const old = await caches.open(name);
      for (const request of await old.keys()) {
        if (isForm(new URL(request.url)) && !(await cache.match(request))) {
          await cache.put(request, await old.match(request));
        }
      }
      await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

const isForm = (url) => /^\/(r\/[\w-]+|rapportera\/)$/.test(url.pathname);

async function formFromNetworkFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await cache.put(request, response.clone());
    if (response.status === 404) await cache.delete(request);
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

async function assetFromCacheFirst(request) {
  const kept = await caches.match(request, { cacheName: CACHE });
  return kept ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && isForm(url)) event.respondWith(formFromNetworkFirst(event.request));
  else if (ASSETS.includes(url.pathname)) event.respondWith(assetFromCacheFirst(event.request));
});

// Tells the open pages what became of a report; tells the queue whether there was anybody to tell.
async function tellPages(item, result) {
  const path = (address) => address.replace(/\/(skicka)?$/, "");
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  const open = pages.filter((one) => path(new URL(one.url).pathname) === path(item.to));
  for (const one of open) one.postMessage({ key: item.key, to: item.to, result });
  return open.length > 0;
}

self.addEventListener("sync", (event) => {
  if (event.tag !== samsynQueue.SYNC) return;
  event.waitUntil(samsynQueue.flushBelow(new URL(self.registration.scope).pathname, tellPages));
});
