// The page works without this. With it, proof and drawing follow what is typed, and nothing typed is left behind by mistake.
(function () {
  "use strict";
  var form = document.getElementById("chart-form");
  var beside = document.getElementById("beside");
  var standing = document.getElementById("standing");
  if (!beside || !window.fetch || !window.FormData) { return; }
  var timer = 0;
  var turn = 0;
  var touched = false;

  // The drawing opens where the step that is being written stands.
  function show(place) {
    var frame = beside.querySelector(".chart-scroll");
    if (!frame) { return; }
    if (place) { frame.scrollLeft = place.left; frame.scrollTop = place.top; return; }
    var here = frame.querySelector(".step.here");
    if (!here) { return; }
    var box = here.getBoundingClientRect();
    var around = frame.getBoundingClientRect();
    frame.scrollLeft += box.left - around.left - (around.width - box.width) / 2;
    frame.scrollTop += box.top - around.top - (around.height - box.height) / 2;
  }

  function put(html) {
    var frame = beside.querySelector(".chart-scroll");
    var place = frame ? { left: frame.scrollLeft, top: frame.scrollTop } : null;
    beside.innerHTML = html;
    show(place);
    var now = beside.querySelector(".beside-now");
    var said = now ? now.getAttribute("data-standing") : "";
    if (standing && said && standing.textContent !== said) { standing.textContent = said; }
  }

  function look() {
    var mine = ++turn;
    beside.setAttribute("aria-busy", "true");
    fetch(beside.getAttribute("data-address"), { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (html) { if (mine === turn) { put(html); } })
      .catch(function () { /* the button that asks the server is still there */ })
      .then(function () { if (mine === turn) { beside.removeAttribute("aria-busy"); } });
  }

  show(null);
  if (!form) { return; }
  form.addEventListener("input", function (event) {
    if (/^new_/.test(event.target.name)) { return; }
    touched = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 500);
  });
  // Another kind of step, or another chart to call, has another form: the server draws it.
  form.addEventListener("change", function (event) {
    var again = document.getElementById("look");
    if (again && /^(kind|calls)$|^field-\d+-kind$/.test(event.target.name)) { touched = false; again.click(); }
  });
  form.addEventListener("submit", function () { touched = false; });
  window.addEventListener("beforeunload", function (event) {
    if (touched) { event.preventDefault(); event.returnValue = ""; }
  });
})();
