"use strict";
(() => {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const table = document.getElementById("rows");
  const body = table.tBodies[0];
  const rows = [...body.rows].map(row => ({
    row, text: row.textContent.toLowerCase(), verdict: row.dataset.v, causes: row.dataset.c.split(" "),
  }));
  const told = tools.dataset;
  const shown = document.createElement("output");
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
  const unique = values => [...new Set(values)].filter(Boolean).sort();
  const search = document.createElement("input");
  search.type = "search";
  labelled(told.search, search);
  const words = new Map(rows.map(one => [one.verdict, one.row.cells[1].textContent]));
  const verdict = choice(told.verdict, unique(words.keys()).map(value => [value, words.get(value)]));
  const cause = choice(told.cause, unique(rows.flatMap(one => one.causes)).map(code => [code, code]));
  tools.append(shown);

  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of rows) {
      const fits = (!verdict.value || one.verdict === verdict.value)
        && (!cause.value || one.causes.includes(cause.value))
        && wanted.every(word => one.text.includes(word));
      one.row.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} / ${rows.length} ${told.shown}`;
  }

  const headers = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator(document.documentElement.lang, {numeric: true});
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    const numeric = header.classList.contains("num");
    button.addEventListener("click", () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      for (const other of headers) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = numeric
        ? row => parseFloat(row.cells[column].textContent) || -1
        : row => row.cells[column].textContent;
      const compare = numeric ? (a, b) => a - b : order.compare;
      const keyed = rows.map(one => [key(one.row), one.row]);
      keyed.sort(([a], [b]) => up ? compare(a, b) : compare(b, a));
      body.append(...keyed.map(([, row]) => row));
    });
  });
  filter();
})();
