// The same as a table: what is highlighted and which words are labelled in view.

import { number } from "./axes.js";
import { element } from "./panel.js";

/** Fill the table; `pick(index)` is called for a word that is pressed. */
export function fillTable(holder, model, labels, pick) {
  const table = element("table");
  table.append(element("caption", "", "Words highlighted and labelled in view"));
  const axes = ["x", "y", "z"].slice(0, model.layout.dimensions);
  const names = axes.map((axis, at) => model.axes[at] ?? axis);
  const head = element("tr");
  for (const name of ["Word", "Shown as", ...names]) {
    head.append(element("th", "", name, { scope: "col" }));
  }
  table.append(head);
  const rows = model.highlights.map(({ index, label }) => (
    { index, shown: label ?? "highlighted" }
  ));
  const known = new Set(rows.map((row) => row.index));
  for (const { index, must } of labels) {
    if (index === undefined || known.has(index)) continue;
    rows.push({ index, shown: must ? "picked" : "labelled" });
  }
  for (const { index, shown } of rows) {
    const row = element("tr");
    const word = element("button", "", model.words.at(index) || "∅", { type: "button" });
    word.onclick = () => pick(index);
    const cell = element("td");
    cell.append(word);
    row.append(cell, element("td", "", shown));
    for (const value of model.place(index).slice(0, axes.length)) {
      row.append(element("td", "", Number.isNaN(value) ? "–" : number(value)));
    }
    table.append(row);
  }
  holder.replaceChildren(table);
}
