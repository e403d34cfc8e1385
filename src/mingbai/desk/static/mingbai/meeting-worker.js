// Keeps one meeting's page so that it opens in a hall without a network. Its reach is that page; it answers from what
// it kept only when the network does not, keeps it for three days at most, and forgets it on signing out.
"use strict";
const page = new URL(self.registration.scope).pathname;
const store = `mingbai-meeting ${page}`;
const DAYS = 3;
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keepAll(event.data.keep));
  if (event.data.forget) event.waitUntil(caches.delete(store).then(() => self.registration.unregister()));
});
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === page || url.pathname.startsWith("/static/")) event.respondWith(networkFirst(request));
});

async function keepAll(addresses) {
  const cache = await caches.open(store);
  await Promise.all(addresses.map(async (one) => keep(cache, one, await fetch(one, { redirect: "manual" }))));
}

async function keep(cache, request, response) {
  if (response.ok && response.type === "basic") await cache.put(bare(request), response.clone());
  return response;
}

async function networkFirst(request) {
  const cache = await caches.open(store);
  const kept = await fresh(await cache.match(bare(request)));
  const network = fetch(request).then((response) => keep(cache, request, response));
  if (!kept) return network;
  const late = new Promise((done) => setTimeout(() => done(kept), PATIENCE));
  return Promise.race([network.catch(() => kept), late]);
}

async function fresh(response) {
  if (!response) return null;
  const made = Date.parse(response.headers.get("Date") || "");
  return made && Date.now() - made > DAYS * 86400000 ? null : response;
}

// The address without what stands behind ? and #.
function bare(request) {
  const url = new URL(typeof request === "string" ? request : request.url, self.location.href);
  return url.origin + url.pathname;
}
