// Finds a number that makes the SHA-256 (FIPS 180-4) of "ticket:number" begin with so many zero bits.
// Own arithmetic: crypto.subtle answers one hash at a time and is missing where a page came without TLS.
"use strict";
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((one) => n % one)) PRIMES.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 0x100000000) | 0;
const K = Int32Array.from(PRIMES, (one) => fraction(Math.cbrt(one)));
const START = PRIMES.slice(0, 8).map((one) => fraction(Math.sqrt(one)));
const W = new Int32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

function block(state, bytes, at) {
  for (let i = 0; i < 16; i += 1) {
    const p = at + i * 4;
    W[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15];
    const b = W[i - 2];
    W[i] = (W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] = (state[place] + word) | 0; });
}

// The first 32 bits of the digest of plain ASCII; no more are needed for up to 32 zero bits.
function head(text) {
  const length = text.length;
  const bytes = new Uint8Array(((length + 8 >> 6) + 1) * 64);
  for (let i = 0; i < length; i += 1) bytes[i] = text.charCodeAt(i);
  bytes[length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, length * 8);
  const state = START.slice();
  for (let at = 0; at < bytes.length; at += 64) block(state, bytes, at);
  return state[0] >>> 0;
}

addEventListener("message", (event) => {
  const { ticket, bits } = event.data;
  let number = 0;
  while (head(`${ticket}:${number}`) >>> (32 - bits)) number += 1;
  postMessage(String(number));
});
