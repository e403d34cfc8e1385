// While a request is typed: what it counts together with, from the server, without saving anything. Without this
// script the button “看看合计” does the same with a page.
"use strict";
(() => {
  const place = document.querySelector("[data-together]");
  if (!place || !window.fetch) return;
  const form = place.closest("form");
  const button = place.querySelector("button");
  const names = ["project_kind", "amount", "way"];
  let timer = 0;
  let last = "";
  let turn = 0;

  const typed = () => {
    const data = new FormData(form);
    return names.map((name) => [name, data.get(name) || ""]);
  };

  async function ask() {
    const values = typed();
    const key = JSON.stringify(values);
    if (key === last) return;
    last = key;
    turn += 1;
    const mine = turn;
    const body = new URLSearchParams(values);
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    try {
      const answer = await fetch(button.formAction, { method: "POST", body, headers: { "X-Piece": "together" } });
      if (!answer.ok || mine !== turn) return;
      place.querySelector("[data-together-said]").innerHTML = await answer.text();
    } catch {
      last = "";
    }
  }

  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });
})();
