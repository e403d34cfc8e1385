// Dragging the four corners of a paper. The numbers below the picture are the form; this only writes them.
"use strict";
(() => {
  const net = document.querySelector(".corner-net");
  if (!net) return;
  const box = net.viewBox.baseVal, frame = net.querySelector("polygon");
  const circles = [...net.querySelectorAll("circle")];
  const field = (circle, side) => document.getElementById(circle.dataset.corner + side);
  const within = (value, most) => Math.min(most, Math.max(0, value));
  const draw = () => frame.setAttribute("points", circles.map((one) => `${one.getAttribute("cx")},${one.getAttribute("cy")}`).join(" "));
  const place = (circle, x, y) => { circle.setAttribute("cx", x); circle.setAttribute("cy", y); draw(); };
  for (const circle of circles) {
    circle.addEventListener("pointerdown", (event) => { circle.setPointerCapture(event.pointerId); event.preventDefault(); });
    circle.addEventListener("pointermove", (event) => {
      if (!circle.hasPointerCapture(event.pointerId)) return;
      const seen = net.getBoundingClientRect();
      const x = within((event.clientX - seen.left) / seen.width, 1), y = within((event.clientY - seen.top) / seen.height, 1);
      place(circle, x * box.width, y * box.height);
      field(circle, "x").value = (x * 100).toFixed(1);
      field(circle, "y").value = (y * 100).toFixed(1);
    });
    for (const side of ["x", "y"]) field(circle, side).addEventListener("input", () => {
      const x = parseFloat(field(circle, "x").value), y = parseFloat(field(circle, "y").value);
      if (x >= 0 && x <= 100 && y >= 0 && y <= 100) place(circle, (x * box.width) / 100, (y * box.height) / 100);
    });
  }
})();
