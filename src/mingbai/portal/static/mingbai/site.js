// Makes public pages easier where the browser can: my village, reading aloud, meanings on the spot, pages without a
// network. Nothing here is needed to read a page, and nothing it keeps leaves the device.
"use strict";
(() => {
  const MINE = "mingbai-village";
  // In a copy of the site as files, the way up to its folder; every page there is named in full.
  const COPY = document.documentElement.dataset.root;
  const at = (path) => (COPY || "/") + path + (COPY ? "index.html" : "");
  const kept = () => { try { return JSON.parse(localStorage.getItem(MINE)) || null; } catch (_) { return null; } };
  const keep = (it) => { try { it ? localStorage.setItem(MINE, JSON.stringify(it)) : localStorage.removeItem(MINE); } catch (_) { /* private window */ } };

  function offerMine() {
    const button = document.querySelector(".keep-village");
    if (!button || !window.localStorage) return;
    const here = { code: button.dataset.code, name: button.dataset.name };
    const show = () => {
      const mine = (kept() || {}).code === here.code;
      button.setAttribute("aria-pressed", String(mine));
      button.textContent = mine ? button.dataset.kept : button.dataset.keep;
    };
    button.addEventListener("click", () => { keep((kept() || {}).code === here.code ? null : here); show(); });
    button.hidden = false;
    show();
  }

  function showMine() {
    const line = document.querySelector(".my-village");
    const mine = kept();
    if (!line || !mine || !/^\d{12}$/.test(mine.code)) return;
    const link = line.querySelector("a");
    link.href = at("v/" + mine.code + "/");
    link.textContent = mine.name;
    line.hidden = false;
  }

  // What a reader would hear: headings, sentences, entries and rows, in the order of the page.
  function spoken() {
    const parts = document.querySelectorAll("main h1, main h2, main h3, main p, main li, main dt, main dd, main tr");
    const said = [];
    for (const one of parts) {
      if (one.closest("[hidden], details:not([open]), .tools, nav, form") || one.offsetParent === null) continue;
      if (one.querySelector("p, li, dt, dd, tr, h3")) continue;
      const text = (one.innerText || "").replace(/\s+/g, "，").trim();
      if (text) said.push(text);
    }
    return said;
  }

  function offerReading() {
    const button = document.querySelector(".read-aloud");
    const speech = window.speechSynthesis;
    if (!button || !speech || !window.SpeechSynthesisUtterance) return;
    let reading = false;
    const show = () => { button.textContent = reading ? button.dataset.stop : button.dataset.read; button.setAttribute("aria-pressed", String(reading)); };
    const stop = () => { reading = false; speech.cancel(); show(); };
    button.addEventListener("click", () => {
      if (reading) return stop();
      const texts = spoken();
      reading = texts.length > 0;
      texts.forEach((text, place) => {
        const one = new SpeechSynthesisUtterance(text);
        one.lang = document.documentElement.lang;
        one.rate = 0.9;
        if (place === texts.length - 1) one.onend = stop;
        speech.speak(one);
      });
      show();
    });
    addEventListener("pagehide", stop);
    button.hidden = false;
    show();
  }

  let meanings = null;
  async function meaning(id) {
    if (!meanings) {
      const answer = await fetch(at("words/"), { credentials: "same-origin" });
      meanings = new DOMParser().parseFromString(await answer.text(), "text/html");
    }
    const entry = meanings.getElementById(id);
    return entry && entry.querySelector("dd").textContent.trim();
  }

  function explainHere() {
    document.addEventListener("click", async (event) => {
      const link = event.target.closest && event.target.closest("a.word");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const open = document.getElementById("meaning");
      if (open) open.remove();
      if (open && open.dataset.of === link.hash) return link.removeAttribute("aria-expanded");
      let text = "";
      try { text = await meaning(link.hash.slice(1)); } catch (_) { /* no network: the page itself may be kept */ }
      if (!text) { location.href = link.href; return; }
      const note = document.createElement("span");
      note.id = "meaning";
      note.className = "meaning";
      note.setAttribute("role", "status");
      note.dataset.of = link.hash;
      note.textContent = text;
      link.setAttribute("aria-expanded", "true");
      const title = link.closest(".section-title");
      if (title && title.nextElementSibling) title.nextElementSibling.insertAdjacentElement("afterbegin", note);
      else (link.closest("h1") || link).insertAdjacentElement("afterend", note);
    });
  }

  function withoutNetwork() {
    const line = document.querySelector(".offline");
    const show = () => { if (line) line.hidden = navigator.onLine !== false; };
    addEventListener("online", show);
    addEventListener("offline", show);
    show();
    if (!COPY && navigator.serviceWorker && window.isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
  }

  // The site remembers large print in a cookie; a copy has nobody to ask, so the device does.
  function largePrintInCopy() {
    const form = document.querySelector(".large-print");
    if (!COPY || !form || !window.localStorage) return;
    const root = document.documentElement;
    const button = form.querySelector("button");
    const show = () => {
      const large = localStorage.getItem("mingbai-large") === "1";
      root.classList.toggle("large", large);
      button.textContent = large ? form.dataset.standard : form.dataset.large;
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      localStorage.setItem("mingbai-large", localStorage.getItem("mingbai-large") === "1" ? "0" : "1");
      show();
    });
    show();
  }

  // A copy says on one place until when its data go, so that its pages need not change with it.
  function untilWhen() {
    const line = document.querySelector(".data-until");
    if (!COPY || !line || !line.hidden) return;
    window.mingbaiCopy = (text) => { line.textContent = text; line.hidden = !text; };
    const script = document.createElement("script");
    script.src = COPY + "about.js";
    document.head.appendChild(script);
  }

  untilWhen();
  largePrintInCopy();
  offerMine();
  showMine();
  offerReading();
  explainHere();
  withoutNetwork();
})();
