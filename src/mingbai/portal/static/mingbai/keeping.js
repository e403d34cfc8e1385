// Keeps the public pages a reader has seen, on his device only, so that they open again where there is no network.
// What is done under a name (desk, objections, votes, quotes) is never kept; nor is anything that was looked for.
"use strict";
const STORE = "mingbai-pages-1";
const MOST = 80;
const PATIENCE = 8000;
const PUBLIC = /^\/($|v\/|powers\/|cases\/|meetings\/|p\/|contracts\/|words\/|static\/)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = event.request.method === "GET" && url.origin === self.location.origin;
  if (ours && PUBLIC.test(url.pathname)) event.respondWith(answer(event.request, url));
});

async function answer(request, url) {
  const cache = await caches.open(STORE);
  const known = await cache.match(request, { ignoreVary: true });
  // A file of style or script bears its content in its name: what is kept is what is there.
  if (known && url.pathname.startsWith("/static/")) return known;
  const network = fetch(request).then((response) => keep(cache, request, response));
  if (!known) return network;
  const late = new Promise((done) => setTimeout(() => done(known), PATIENCE));
  return Promise.race([network.catch(() => known), late]);
}

async function keep(cache, request, response) {
  if (response.ok && response.type === "basic") {
    await cache.put(request, response.clone());
    const all = await cache.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((one) => cache.delete(one)));
  }
  return response;
}
