"use strict";
// The page picture: a drag over it chooses the characters under it, and it can be made larger.
// What is chosen, here or in the text view, may be added as a row.
(function () {
  var bench = document.querySelector(".bench");
  if (!bench) return;
  var address = "/documents/" + bench.dataset.document;
  var sheets = document.querySelector(".sheets");
  var bar = document.querySelector(".add");
  var selected = null;

  // Zoom

  var steps = [0.75, 1, 1.25, 1.5, 2, 3];
  function zoom(to) {
    var pane = sheets.parentElement, before = pane.scrollHeight;
    var seen = (pane.scrollTop + pane.clientHeight / 2) / before;
    sheets.style.setProperty("--zoom", to);
    sheets.dataset.scale = to;
    document.querySelector(".zoom output").textContent = Math.round(to * 100) + "%";
    pane.scrollTop = seen * pane.scrollHeight - pane.clientHeight / 2;
    sessionStorage.setItem("zoom", to);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-zoom]");
    if (!button) return;
    var now = Number(sheets.dataset.scale || 1), way = button.dataset.zoom;
    if (way === "fit") { zoom(1); return; }
    var further = steps.filter(function (step) { return way === "in" ? step > now : step < now; });
    if (further.length) zoom(way === "in" ? further[0] : further[further.length - 1]);
  });
  var kept = Number(sessionStorage.getItem("zoom"));
  if (steps.includes(kept) && kept !== 1) zoom(kept);

  // Adding what is selected

  function offer(start, end, words) {
    if (!bar) return;
    selected = { start: start, end: end };
    bar.querySelector("q").textContent = words.replace(/\s+/g, "").slice(0, 80);
    bar.hidden = false;
  }
  function withdraw() {
    selected = null;
    if (bar) bar.hidden = true;
    clear();
  }
  function fill_in() {
    if (!selected) return;
    var asked = address + "/add?start=" + selected.start + "&end=" + selected.end;
    htmx.ajax("GET", asked, { target: "#panel", swap: "innerHTML" }).then(function () { bar.hidden = true; });
  }
  if (bar) bar.querySelector("button").addEventListener("click", fill_in);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && selected) withdraw(); });
  document.addEventListener("htmx:afterSwap", function (event) {
    var form = event.target.id === "panel" && event.target.querySelector(".adding form");
    if (!form) { if (event.target.id === "panel") withdraw(); return; }
    if (form.elements.view) form.elements.view.value = document.querySelector(".text") ? "text" : "";
    var first = form.querySelector("input:not([type=hidden]), textarea");
    if (first) first.focus();
    document.getElementById("panel").scrollTop = 0;
  });

  // Words chosen in the text view

  function place(node, offset) {
    var element = node.nodeType === 3 ? node.parentElement : node;
    var part = element.closest && element.closest("[data-start]");
    if (!part || !part.closest(".text")) return null;
    var range = document.createRange();
    range.setStart(part, 0);
    range.setEnd(node, offset);
    return Number(part.dataset.start) + Array.from(range.toString()).length;
  }
  document.addEventListener("selectionchange", function () {
    var chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    var range = chosen.getRangeAt(0);
    var start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    if (start !== null && end !== null && end > start) offer(start, end, chosen.toString());
  });

  // A drag over the page picture

  var lines = {};
  var drag = null;
  function load(page) {
    lines[page] = lines[page] || fetch(address + "/pages/" + page + "/lines.json").then(function (answer) {
      return answer.ok ? answer.json() : [];
    }).then(function (found) {
      lines[page].ready = found.map(function (each) {
        return { start: each[0], top: each[1], bottom: each[2], slope: each[3], edges: each.slice(4) };
      });
      return lines[page].ready;
    });
    return lines[page];
  }
  function paper_at(event) {
    var element = document.elementFromPoint(event.clientX, event.clientY);
    return element && element.closest(".paper");
  }
  function point(paper, event) {
    var svg = paper.querySelector("svg"), box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
    return {
      x: (event.clientX - box.left) * view.width / box.width,
      y: (event.clientY - box.top) * view.height / box.height
    };
  }
  function beyond(value, low, high) { return value < low ? low - value : value > high ? value - high : 0; }
  // The character nearest to a point: the line first, then the place in it.
  function character(found, at) {
    var best = null, least = Infinity;
    found.forEach(function (line) {
      var first = line.edges[0], last = line.edges[line.edges.length - 1];
      var fall = line.slope * (Math.min(Math.max(at.x, first), last) - first);
      var far = 3 * beyond(at.y, line.top + fall, line.bottom + fall) + beyond(at.x, first, last);
      if (far < least) { least = far; best = line; }
    });
    if (!best) return null;
    var index = 0;
    while (index < best.edges.length - 2 && best.edges[index + 1] <= at.x) index += 1;
    return best.start + index;
  }
  function clear() { document.querySelectorAll("rect.picking").forEach(function (each) { each.remove(); }); }
  function mark(paper, found, start, end) {
    var svg = paper.querySelector("svg");
    found.forEach(function (line) {
      var from = Math.max(start, line.start) - line.start, to = Math.min(end, line.start + line.edges.length - 1) - line.start;
      if (from >= to) return;
      var rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      var left = line.edges[from], falls = [left, line.edges[to]].map(function (x) { return line.slope * (x - line.edges[0]); });
      rect.setAttribute("class", "picking");
      rect.setAttribute("x", left);
      rect.setAttribute("y", line.top + Math.min.apply(null, falls));
      rect.setAttribute("width", line.edges[to] - left);
      rect.setAttribute("height", line.bottom - line.top + Math.abs(falls[1] - falls[0]));
      svg.appendChild(rect);
    });
  }
  function draw() {
    clear();
    drag.span = null;
    var from = lines[drag.page] && lines[drag.page].ready, to = lines[drag.last] && lines[drag.last].ready;
    if (!from || !to) return;
    var one = character(from, drag.from), other = character(to, drag.to);
    if (one === null || other === null) return;
    drag.span = { start: Math.min(one, other), end: Math.max(one, other) + 1 };
    document.querySelectorAll(".paper[data-page]").forEach(function (paper) {
      var known = lines[paper.dataset.page];
      if (known && known.ready) mark(paper, known.ready, drag.span.start, drag.span.end);
    });
  }
  sheets.addEventListener("pointerover", function (event) {
    var paper = bar && event.target.closest(".paper[data-page]");
    if (paper) load(paper.dataset.page);
  });
  sheets.addEventListener("pointerdown", function (event) {
    var paper = event.target.closest(".paper[data-page]");
    if (!bar || !paper || event.button !== 0 || event.pointerType === "touch") return;
    var at = point(paper, event);
    drag = { page: paper.dataset.page, last: paper.dataset.page, from: at, to: at, x: event.clientX, y: event.clientY, moved: false };
    load(drag.page);
  });
  document.addEventListener("pointermove", function (event) {
    if (!drag) return;
    drag.moved = drag.moved || Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) > 5;
    if (!drag.moved) return;
    event.preventDefault();
    var paper = paper_at(event);
    if (!paper || !paper.dataset.page) return;
    drag.last = paper.dataset.page;
    drag.to = point(paper, event);
    var now = drag;
    load(drag.last).then(function () { if (drag === now) draw(); });
    draw();
  });
  document.addEventListener("pointerup", function () {
    var done = drag;
    if (!done) return;
    drag = null;
    if (!done.moved) return;
    // The click that ends a drag chooses no row.
    var stop = function (event) { event.stopPropagation(); event.preventDefault(); };
    document.addEventListener("click", stop, true);
    setTimeout(function () { document.removeEventListener("click", stop, true); });
    if (!done.span) return;
    offer(done.span.start, done.span.end, "");
    fill_in();
  });
  document.addEventListener("pointercancel", function () { drag = null; clear(); });
})();
