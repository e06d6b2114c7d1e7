"use strict";
// A line and its place on the page are marked together, by pointer and by keyboard.
(() => {
  const pairs = new Map();
  for (const each of document.querySelectorAll("[data-line]")) {
    const number = each.dataset.line;
    pairs.set(number, [...(pairs.get(number) || []), each]);
  }
  let marked = [];
  const mark = (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-line]") : null;
    if (!target) return;
    for (const each of marked) each.classList.remove("marked");
    marked = pairs.get(target.dataset.line) || [];
    for (const each of marked) each.classList.add("marked");
  };
  document.addEventListener("pointerover", mark);
  document.addEventListener("focusin", mark);
})();
