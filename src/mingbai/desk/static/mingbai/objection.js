// The objection form: the browser works a moment while one types (decision 0006); files are counted before they are
// sent, so that nothing typed is lost; the receipt can be printed. Without this script the form waits instead.
"use strict";
(() => {
  for (const button of document.querySelectorAll(".print-page")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const form = document.querySelector(".objection-form");
  if (!form) return;
  const work = form.elements.namedItem("work");
  const files = form.elements.namedItem("files");
  const problem = form.querySelector(".form-problem");
  let waiting = false;

  function refuse() {
    const chosen = [...files.files];
    const bytes = chosen.reduce((sum, one) => sum + one.size, 0);
    if (chosen.length > Number(form.dataset.most)) return form.dataset.many;
    return bytes > Number(form.dataset.bytes) ? form.dataset.large : "";
  }

  function show() {
    problem.textContent = refuse();
    problem.hidden = !problem.textContent;
    return problem.hidden;
  }
  files.addEventListener("change", show);

  let busy = false;
  if (window.Worker && form.dataset.bits) {
    const worker = new Worker(form.dataset.worker);
    busy = true;
    const done = (answer) => {
      busy = false;
      work.value = answer;
      if (waiting) form.requestSubmit();
    };
    worker.addEventListener("message", (event) => done(event.data));
    worker.addEventListener("error", () => done(""));
    worker.postMessage({ ticket: form.elements.namedItem("ticket").value, bits: Number(form.dataset.bits) });
  }
  form.addEventListener("submit", (event) => {
    if (!show()) event.preventDefault();
    else if (busy) { waiting = true; event.preventDefault(); }
  });
})();
