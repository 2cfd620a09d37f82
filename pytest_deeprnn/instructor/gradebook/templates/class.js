"use strict";
(() => {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const told = tools.dataset;
  const table = document.getElementById("rows");
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];

  // é is found by e, and by é however it is composed
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...body.rows].map(row => ({
    row,
    text: plain(row.textContent),
    verdict: row.cells[1].className,
    causes: [...row.lastElementChild.children].map(code => code.textContent),
  }));

  const labelled = (name, field) => {
    const label = document.createElement("label");
    label.append(name, field);
    tools.append(label);
    field.addEventListener("input", filter);
    return field;
  };
  const choice = (name, values) => {
    const field = document.createElement("select");
    field.append(new Option(told.all, ""), ...values.map(([value, text]) => new Option(text, value)));
    return labelled(name, field);
  };
  const unique = values => [...new Set(values)].sort();
  const search = document.createElement("input");
  search.type = "search";
  labelled(told.search, search);
  const words = new Map(rows.map(one => [one.verdict, one.row.cells[1].textContent]));
  const verdict = choice(told.verdict, unique(words.keys()).map(value => [value, words.get(value)]));
  const cause = choice(told.cause, unique(rows.flatMap(one => one.causes)).map(code => [code, code]));
  const shown = document.createElement("output");
  tools.append(shown);

  // Rows out of sight are laid out when the browser has time, so that screen readers find them too.
  // Those that come back or move wait for it again, or each key would lay out the whole class.
  const idle = window.requestIdleCallback ?? setTimeout;
  let turn = 0;
  function layOut(mine, from = 0) {
    if (mine !== turn) return;
    const some = [...body.rows].slice(from, from + 40);
    for (const row of some) row.className = "laid";
    if (some.length) idle(() => layOut(mine, from + 40));
  }
  function changed() {
    const mine = ++turn;
    setTimeout(() => layOut(mine), 500); // who types goes on typing
  }

  function filter() {
    const wanted = plain(search.value).split(/\s+/);
    let count = 0;
    for (const one of rows) {
      const fits = (!verdict.value || one.verdict === verdict.value)
        && (!cause.value || one.causes.includes(cause.value))
        && wanted.every(word => one.text.includes(word));
      if (one.row.hidden === fits) {
        one.row.hidden = !fits;
        one.row.className = "";
      }
      count += fits;
    }
    shown.textContent = `${count} / ${rows.length} ${told.shown}`;
    changed();
  }

  // what a column is sorted by: first failed and last passed checks, numbers, or words
  const order = new Intl.Collator(document.documentElement.lang, {numeric: true});
  const worst = ["f", "b", "e", "s", ""];
  const byNumber = (a, b) => a - b;
  const kinds = {
    check: [cell => worst.indexOf(cell.className), byNumber],
    num: [cell => parseFloat(cell.textContent), byNumber],
    "": [cell => cell.textContent, order.compare],
  };
  const isNothing = key => key === "" || Number.isNaN(key); // no grade is not a low one: it is last

  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    const [keyOf, compare] = kinds[header.className];
    button.addEventListener("click", () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      for (const other of headers) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      const keyed = rows.map(({row}) => [keyOf(row.cells[column]), row]);
      keyed.sort(([a], [b]) => isNothing(a) - isNothing(b) || (up ? compare(a, b) : compare(b, a)));
      for (const {row} of rows) row.className = "";
      body.replaceChildren(...keyed.map(([, row]) => row));
      changed();
    });
  });
  filter();
})();
