"use strict";
// Choosing rows and marks, hotkeys, the help overlay. Every page works without it, too.
(function () {
  var bench = document.querySelector(".bench");
  var field = null;

  function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }
  function named(row) { return '[data-row="' + CSS.escape(row) + '"]'; }
  function rows() { return all(".rows-table tbody tr"); }
  function chosen() { return document.querySelector(".rows-table tr.chosen"); }
  function bears(mark, row) { return (mark.dataset.rows || mark.dataset.row).split(" ").includes(row); }

  // Within its own pane only: the page itself must not jump.
  function reveal(element, pane) {
    if (!element || !pane) return;
    var inner = element.getBoundingClientRect(), outer = pane.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom) {
      pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
    }
  }

  function show(row, from) {
    all(".rows-table tr, .mark").forEach(function (element) {
      var on = element.matches(".mark") ? bears(element, row) : element.dataset.row === row;
      element.classList.toggle("chosen", on);
      var link = element.querySelector && element.querySelector("[data-choose]");
      if (link) { if (on) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current"); }
    });
    var line = document.querySelector(".rows-table tr" + named(row));
    if (from !== "table") reveal(line, document.querySelector(".rows"));
    if (from !== "page") reveal(document.querySelector(".mark.chosen"), document.querySelector(".source"));
  }

  function choose(row, from) {
    if (!bench) return;
    show(row, from);
    var address = "/documents/" + bench.dataset.document;
    var here = new URL(location.href);
    here.searchParams.set("row", row);
    history.replaceState(null, "", here);
    field = null;
    htmx.ajax("GET", address + "/rows/" + encodeURIComponent(row), { target: "#panel", swap: "innerHTML" });
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !target.closest) return;
    var edit = target.closest('[data-do="edit"]');
    if (edit) {
      setTimeout(function () {
        var first = edit.parentElement.open && edit.parentElement.querySelector("input:not([type=hidden]), textarea");
        if (first) first.focus();
      });
    }
    if (target.matches("[data-select]")) { target.select(); return; }
    if (target.closest("[data-help]")) { document.getElementById("help").showModal(); return; }
    var link = target.closest("[data-choose]"), mark = target.closest(".mark"), line = target.closest(".rows-table tr[data-row]");
    if (!bench || !(link || mark || line)) return;
    if (mark) {
      // A second click goes on to the next row that quotes the same words.
      var all_rows = (mark.dataset.rows || mark.dataset.row).split(" ");
      var now = chosen(), at = now ? all_rows.indexOf(now.dataset.row) : -1;
      choose(all_rows[(at + 1) % all_rows.length], "page");
    } else {
      event.preventDefault();
      choose(link ? link.dataset.choose : line.dataset.row, "table");
    }
  });

  function step(by) {
    var every = rows(), now = every.indexOf(chosen());
    var next = every[Math.min(every.length - 1, Math.max(0, now + by))];
    if (!next) return;
    choose(next.dataset.row, "keys");
    reveal(next, document.querySelector(".rows"));
    next.querySelector("[data-choose]").focus({ preventScroll: true });
  }

  function press(selector) {
    var button = document.querySelector(selector);
    if (button && !button.disabled) button.click();
    return Boolean(button);
  }

  function pick(number) {
    var every = all("#panel .field");
    if (!every[number - 1]) return;
    field = every[number - 1].dataset.field;
    every.forEach(function (each) { each.classList.toggle("picked", each.dataset.field === field); });
    var first = every[number - 1].querySelector("button, summary");
    if (first) first.focus();
  }

  function ofField(action) {
    if (field) press('#panel .field[data-field="' + field + '"] [data-do="' + action + '"]');
  }

  var keys = {
    j: function () { step(1); }, k: function () { step(-1); },
    a: function () { press('main [data-do="accept-row"]'); },
    x: function () { press('main [data-do="reject-row"]'); },
    u: function () { press('main [data-do="undo"]'); },
    s: function () { ofField("accept"); }, r: function () { ofField("reject"); },
    e: function () { ofField("edit"); },
    n: function () { press('[data-do="next"]'); },
    m: function () { if (!press('.add:not([hidden]) [data-do="add"]')) press('[data-do="add-form"]'); },
    v: function () { press('.views [data-do="view"]'); },
    "+": function () { press('[data-zoom="in"]'); }, "=": function () { press('[data-zoom="in"]'); },
    "-": function () { press('[data-zoom="out"]'); }, "0": function () { press('[data-zoom="fit"]'); },
    "/": function () { var box = document.querySelector("[data-search]"); if (box) box.focus(); },
    "?": function () { document.getElementById("help").showModal(); }
  };

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, select, textarea, dialog");
    if (event.key === "Escape" && typing && !event.target.closest("dialog")) {
      var open = event.target.closest("details[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); } else event.target.blur();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[1-5]$/.test(event.key)) { pick(Number(event.key)); return; }
    var act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRF-Token"] = document.body.dataset.csrf;
    // htmx misses the button that was pressed where it stands outside of its form.
    var pressed = event.detail.triggeringEvent && event.detail.triggeringEvent.submitter;
    if (pressed && pressed.name) event.detail.parameters[pressed.name] = pressed.value;
  });
  function say(text) {
    var place = document.getElementById("said");
    place.textContent = text;
    clearTimeout(say.timer);
    say.timer = setTimeout(function () { place.textContent = ""; }, 6000);
  }
  document.addEventListener("taizhang:said", function (event) { say(event.detail.value); });
  document.addEventListener("htmx:sendError", function () { say(document.body.dataset.offline || "网络中断，请重试 | no connection, try again"); });
  document.addEventListener("taizhang:field", function (event) { field = event.detail.value; });

  var drop = document.querySelector(".drop");
  if (drop) {
    var files = drop.querySelector("input[type=file]"), names = drop.querySelector(".picked-files");
    var show_names = function () {
      names.replaceChildren.apply(names, Array.from(files.files).map(function (file) {
        var item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }));
    };
    files.addEventListener("change", show_names);
    ["dragenter", "dragover", "dragleave", "drop"].forEach(function (kind) {
      drop.addEventListener(kind, function (event) {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) {
          files.files = event.dataTransfer.files;
          show_names();
        }
      });
    });
  }

  if (bench) {
    var first = document.querySelector(".rows-table tr.chosen");
    if (first) show(first.dataset.row, "start");
  }
})();
