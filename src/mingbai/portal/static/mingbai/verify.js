// Checks one publication on the reader's own device: content, place in the log, signature of the log's head.
// Formats: RFC 6962 section 2 (hashes 0x00 leaf, 0x01 node), C2SP tlog-checkpoint and signed-note.
"use strict";
(() => {
  const box = document.querySelector(".verify");
  const button = box && box.querySelector("button");
  if (!button || !window.crypto || !crypto.subtle || !window.fetch) return;

  const hex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const base64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const utf8 = (text) => new TextEncoder().encode(text);
  const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const same = (a, b) => a.length === b.length && a.every((one, place) => one === b[place]);
  const show = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");

  async function included(given, root) {
    let node = await sha256(join([0], base64(given.statement)));
    let here = given.index;
    let last = given.size - 1;
    if (!(here >= 0 && here <= last)) return false;
    for (const sibling of given.hashes.map(hex)) {
      if (last === 0) return false;
      if (here % 2 === 1 || here === last) {
        node = await sha256(join([1], sibling, node));
        while (here % 2 === 0 && here !== 0) { here /= 2; last = Math.floor(last / 2); }
      } else {
        node = await sha256(join([1], node, sibling));
      }
      here = Math.floor(here / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && same(node, root);
  }

  // true, false, or null where the browser knows no Ed25519
  async function signed(note, vkey) {
    const cut = note.lastIndexOf("\n\n");
    const text = note.slice(0, cut + 1);
    const [name, digest, key] = vkey.trim().split("\n")[0].split("+");
    const raw = base64(key);
    let publicKey;
    try {
      publicKey = await crypto.subtle.importKey("raw", raw.slice(1), { name: "Ed25519" }, false, ["verify"]);
    } catch { return null; }
    for (const line of note.slice(cut + 2).split("\n")) {
      const [dash, who, encoded] = line.split(" ");
      if (dash !== "\u2014" || who !== name) continue;
      const signature = base64(encoded);
      if (show(signature.slice(0, 4)) !== digest) continue;
      return crypto.subtle.verify({ name: "Ed25519" }, publicKey, signature.slice(4), utf8(text));
    }
    return false;
  }

  async function verify() {
    const given = await (await fetch(box.dataset.src, { cache: "no-store" })).json();
    const vkey = await (await fetch(box.dataset.vkey, { cache: "no-store" })).text();
    const statement = JSON.parse(new TextDecoder().decode(base64(given.statement)));
    const digest = show(await sha256(join(hex(given.salt), base64(given.body))));
    if (statement.digest !== digest || statement.id !== given.id) return [false, box.dataset.changed];
    const [, size, root] = given.checkpoint.split("\n");
    if (Number(size) !== given.size || !(await included(given, base64(root)))) return [false, box.dataset.missing];
    const valid = await signed(given.checkpoint, vkey);
    if (valid === false) return [false, box.dataset.forged];
    return [true, box.dataset.same + (valid ? box.dataset.signed : box.dataset.unsigned)];
  }

  const result = box.querySelector(".verify-result");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    result.className = "verify-result";
    result.textContent = box.dataset.running;
    let answer;
    try { answer = await verify(); } catch { answer = [false, box.dataset.failed]; }
    result.className = `verify-result said${answer[0] ? " calm" : ""}`;
    result.textContent = answer[1];
    button.disabled = false;
  });
})();
