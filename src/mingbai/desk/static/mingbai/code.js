// A page that asks for a code: a printed square leads here with the code behind the #, which no browser sends to a server.
// It is put into the field and taken out of the address at once. Without this script the code is typed.
"use strict";
(() => {
  for (const button of document.querySelectorAll(".print-page")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const field = document.querySelector("input.code-field");
  const code = decodeURIComponent(location.hash.slice(1)).slice(0, 60);
  if (!field || !/^[0-9A-Za-z-]{16,}$/.test(code)) return;
  if (!field.value) field.value = code;
  history.replaceState(null, "", location.pathname);
})();
