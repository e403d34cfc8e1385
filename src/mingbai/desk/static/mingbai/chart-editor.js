// The proof and the drawing follow what is typed: the form is sent as it stands, a piece of the page comes back.
(function () {
  "use strict";
  var form = document.getElementById("chart-form");
  var place = document.getElementById("proof");
  if (!form || !place || !window.fetch || !window.FormData) { return; }
  var timer = 0;
  var turn = 0;
  function refresh() {
    var mine = ++turn;
    place.setAttribute("aria-busy", "true");
    fetch(place.getAttribute("data-proof"), { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (html) { if (mine === turn) { place.innerHTML = html; } })
      .catch(function () { /* the button below still asks the server */ })
      .then(function () { if (mine === turn) { place.removeAttribute("aria-busy"); } });
  }
  form.addEventListener("input", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, 600);
  });
})();
