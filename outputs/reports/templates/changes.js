"use strict";
// Filters. Without script every row is shown; buttons of one line widen, the two lines narrow.
document.querySelectorAll(".report").forEach(function (report) {
  var toolbar = report.querySelector(".toolbar");
  if (!toolbar) return;
  var status = report.querySelector(".status");
  var reset = report.querySelector(".reset");
  var buttons = Array.from(toolbar.querySelectorAll("button[aria-pressed]"));
  var rows = Array.from(report.querySelectorAll("tr.change"));
  var groups = Array.from(report.querySelectorAll(".group"));

  function pressed(by) {
    var line = toolbar.querySelector('[data-by="' + by + '"]');
    return line ? Array.from(line.querySelectorAll('[aria-pressed="true"]')) : [];
  }

  function keeps(row, by, chosen) {
    var has = row.dataset[by].split(" ");
    return !chosen.length || chosen.some(function (button) { return has.includes(button.value); });
  }

  function apply() {
    var kinds = pressed("kinds"), fields = pressed("fields");
    var chosen = kinds.concat(fields), shown = 0;
    rows.forEach(function (row) {
      row.hidden = !(keeps(row, "kinds", kinds) && keeps(row, "fields", fields));
      if (!row.hidden) shown += 1;
    });
    groups.forEach(function (group) {
      var left = group.querySelectorAll("tr.change:not([hidden])").length;
      var count = group.querySelector("h3 .count"), total = count.dataset.total;
      count.textContent = chosen.length ? left + " / " + total + " 项" : total + " 项";
      group.hidden = left === 0;
      if (group.tagName === "DETAILS") group.open = chosen.length > 0 && left > 0;
    });
    var words = chosen.map(function (button) { return button.firstChild.textContent.trim(); });
    status.textContent = chosen.length
      ? "筛选“" + words.join("、") + "”：显示 " + shown + " 项，共 " + rows.length + " 项"
      : "共 " + rows.length + " 项";
    reset.hidden = chosen.length === 0;
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  });
  reset.addEventListener("click", function () {
    buttons.forEach(function (button) { button.setAttribute("aria-pressed", "false"); });
    apply();
  });
  toolbar.hidden = false;
});
