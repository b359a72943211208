// The page is complete without this. It adds filters and groups, opens what a link leads to, and changes the theme.
"use strict";
(function () {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });
  dark.addEventListener("change", nameTheme);
  nameTheme();

  const list = document.getElementById("list");
  const form = document.getElementById("filters");
  const found = list ? Array.from(list.querySelectorAll(".finding")) : [];
  const clear = () => {
    form.reset();
    show();
  };

  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.classList.contains("finding") && target.hidden) clear();
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
    if (target.matches(".finding, .practice, .tasks > li")) {
      const place = target.tagName === "DETAILS" ? target.querySelector("summary") : target;
      if (place === target) target.tabIndex = -1;
      place.focus({ preventScroll: true });
    }
  }
  addEventListener("hashchange", reveal);

  // Without the part of the page that was opened in it, a print would lack the folded parts.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("main details:not([open])"));
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });

  if (!form) { reveal(); return; }
  const fields = {
    search: document.getElementById("search"),
    pillar: document.getElementById("pillar"),
    rule: document.getElementById("rule"),
    group: document.getElementById("group"),
  };
  const boxes = Array.from(form.querySelectorAll("input[name=severity]"));
  const said = document.getElementById("shown");
  const texts = new Map();
  const textOf = (each) => {
    if (!texts.has(each)) texts.set(each, `${each.textContent} ${each.dataset.task}`.toLowerCase());
    return texts.get(each);
  };
  let groupedBy = "severity";

  function regroup() {
    groupedBy = fields.group.value;
    const groups = new Map();
    for (const each of found) {
      const name = each.dataset[groupedBy] || "the whole unit";
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(each);
    }
    const ordered = Array.from(groups);
    if (groupedBy === "file") ordered.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const made = document.createDocumentFragment();
    for (const [name, members] of ordered) {
      const section = document.createElement("section");
      const heading = document.createElement("h3");
      const number = document.createElement("span");
      section.className = "group";
      number.className = "quiet";
      const shown = groupedBy === "severity" || groupedBy === "pillar" ? name.charAt(0).toUpperCase() + name.slice(1) : name;
      heading.append(shown, " ", number);
      section.append(heading, ...members);
      made.append(section);
    }
    list.replaceChildren(made);
  }

  function show() {
    if (fields.group.value !== groupedBy) regroup();
    const words = fields.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((each) => each.checked).map((each) => each.value));
    let number = 0;
    for (const each of found) {
      const data = each.dataset;
      const matches = severities.has(data.severity)
        && (!fields.pillar.value || data.pillar === fields.pillar.value)
        && (!fields.rule.value || data.rule === fields.rule.value)
        && words.every((word) => textOf(each).includes(word));
      each.hidden = !matches;
      number += matches;
    }
    for (const group of list.children) {
      const members = group.querySelectorAll(".finding:not([hidden])").length;
      group.hidden = !members;
      group.querySelector("h3 .quiet").textContent = `(${members})`;
    }
    said.textContent = number === found.length ? `${number} findings` : `${number} of ${found.length} findings`;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  let waiting = 0;
  fields.search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("change", show);
  document.getElementById("clear").addEventListener("click", clear);
  show();
  reveal();
})();
