// Answers, in a copy of the site as files, what the site itself would look up: words, and the code on a sheet.
// The index comes as scripts, because a page opened from a memory stick may read nothing else.
"use strict";
(() => {
  const box = document.getElementById("copy-answer");
  const root = document.documentElement.dataset.root;
  const asked = new URLSearchParams(location.search);
  const q = (asked.get("q") || "").trim().slice(0, 60);
  const village = /^\d{12}$/.test(asked.get("village") || "") ? asked.get("village") : "";
  const group = /^[a-z]{1,20}$/.test(asked.get("group") || "") ? asked.get("group") : "";
  if (!box || !(q || village || group)) return;
  const line = box.querySelector(".said-here");
  const list = box.querySelector("ul");
  document.querySelectorAll("input[name=q]").forEach((one) => { one.value = q; });
  document.querySelectorAll("main > .section").forEach((one) => { one.hidden = one !== box; });

  function go(path) { location.replace(root + path); }
  function say(text) { line.textContent = text; }

  // Tokens exactly as the index was made: see search/rules/tokens.py.
  function plain(text) {
    text = text.normalize("NFKC").toLowerCase();
    while (/\d,\d{3}(?!\d)/.test(text)) text = text.replace(/(\d),(\d{3})(?!\d)/, "$1$2");
    text = text.replace(/(\d+(?:\.\d+)?)\s*万元?/g, (_all, sum) => String(Math.round(Number(sum) * 1e6) / 100) + " ");
    text = text.replace(/(\d)\s*元/g, "$1 ");
    return text.replace(/(\d{4})年\s*(\d{1,2})月(?:\s*(\d{1,2})日)?/g, (_all, y, m, d) =>
      [y].concat([m, d].filter(Boolean).map((part) => part.padStart(2, "0"))).join("-") + " ");
  }
  function tokens(term, last) {
    const pieces = term.match(/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]+|\d+\.\d+|\d+|[a-z]+[0-9a-z]*/g) || [];
    const found = [];
    pieces.forEach((piece) => {
      if (piece.charCodeAt(0) > 127) {
        for (let at = 0; at + 1 < piece.length; at += 1) found.push({ word: piece.slice(at, at + 2) });
        if (piece.length === 1) found.push({ word: piece, begins: true });
      } else {
        const parts = piece.split(".");
        [parts[0], (parts[1] || "").replace(/0+$/, "")].filter(Boolean).forEach((part) => found.push({ word: part.slice(0, 64) }));
      }
    });
    return found;
  }
  function shard(word, count) {
    let number = 7;
    const signs = word.charCodeAt(0) > 127 ? [...word].slice(0, 1) : [...word].slice(0, 2);
    signs.forEach((sign) => { number = (number * 31 + sign.codePointAt(0)) % 65521; });
    return number % count;
  }

  const waiting = {};
  const loaded = {};
  window.mingbaiFound = (name, content) => { loaded[name] = content; };
  function load(name) {
    if (!waiting[name]) {
      waiting[name] = new Promise((done) => {
        const script = document.createElement("script");
        script.src = root + "find/" + name + ".js";
        // A file that is not there holds nothing: no word of the block begins so.
        script.onload = script.onerror = () => done(loaded[name] || null);
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }
  function orders(steps) { let at = 0; return steps.split(".").map((step) => (at += Number(step))); }

  async function inBlock(block, wanted, about) {
    let left = null;
    for (const one of wanted) {
      const words = (await load("b" + block + "/w" + shard(one.word, about.shards))) || {};
      const held = new Set();
      if (one.begins) Object.keys(words).filter((word) => word.startsWith(one.word)).forEach((word) => orders(words[word]).forEach((at) => held.add(at)));
      else if (words[one.word]) orders(words[one.word]).forEach((at) => held.add(at));
      left = left === null ? held : new Set([...left].filter((at) => held.has(at)));
      if (!left.size) return [];
    }
    return [...left].sort((a, b) => b - a);
  }

  async function search() {
    const about = await load("about");
    const wanted = [].concat(...plain(q).split(/\s+/).filter(Boolean).slice(0, 8).map(tokens));
    if (q && !wanted.length) return [];
    if (village) wanted.push({ word: "0v" + village });
    if (group) wanted.push({ word: "0g" + group });
    const found = [];
    for (let block = about.blocks - 1; block >= 0 && found.length < 50; block -= 1) {
      for (const at of await inBlock(block, wanted, about)) {
        if (found.length === 50) break;
        const lines = (await load("b" + block + "/l" + Math.floor(at / about.lines))) || [];
        const one = lines.find((line) => line[0] === at);
        if (one) found.push(one);
      }
    }
    return found;
  }

  function show(found) {
    say(found.length ? "" : box.dataset.none);
    found.forEach(([, id, place, what, day, sum]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + "p/" + id + "/index.html";
      link.textContent = place + (sum ? " " + sum + " " + box.dataset.yuan : "");
      const small = document.createElement("span");
      small.className = "small";
      small.textContent = what + "　" + day;
      item.append(link, small);
      list.append(item);
    });
  }

  function begin() {
    if (/^\d{6,12}-\d+$/.test(q)) return go("p/" + q + "/index.html");
    if (/^[\w.]+-\d{6,12}-\d{4}-\d+$/.test(q)) return go("cases/" + q + "/index.html");
    if (box.dataset.for === "verify") {
      const found = /\/(p|cases|sheets)\/([\w-]+)\//.exec(q);
      return found ? go(found[1] + "/" + found[2] + "/index.html") : say(box.dataset.unknown);
    }
    say(box.dataset.busy);
    search().then((found) => { show(found); }, () => say(box.dataset.none));
  }

  begin();
})();
