// The map as a table: highlighted words, and words that are labelled in view.

import { element } from "../shared/dom.js";
import { number } from "./axes.js";
import { PLAIN } from "./label_placement.js";
import { meaningOf } from "./legend.js";

/** Fill the table; `actions` has `pick(index)` and `close()`. */
export function fillTable(holder, model, labels, actions) {
  const title = "Words highlighted and labelled in view";
  const table = element("table", { "aria-label": title });
  const close = element("button", { type: "button", "aria-label": "Close the table" }, "✕");
  close.onclick = actions.close;
  const top = element("div", { class: "top" }, title, close);
  const axes = ["x", "y", "z"].slice(0, model.layout.dimensions);
  const names = axes.map((axis, at) => model.axes[at] ?? axis);
  const colored = model.legend ? [model.legend.groups ? "Group" : model.legend.regions ? "Region" : model.legend.name || "Value"] : [];
  const head = element("tr");
  for (const name of ["Word", "Shown as", ...colored, ...names]) {
    head.append(element("th", { scope: "col" }, name));
  }
  table.append(head);
  for (const { index, shown } of rowsOf(model, labels)) {
    const word = element("button", { type: "button" }, model.words.at(index) || "∅");
    word.onclick = () => actions.pick(index);
    const row = element("tr", {}, element("td", {}, word), element("td", {}, shown));
    if (model.legend) row.append(element("td", {}, colorText(model, index)));
    for (const value of model.coordinates(index)) {
      row.append(element("td", { class: "number" }, Number.isNaN(value) ? "–" : number(value)));
    }
    table.append(row);
  }
  const focused = holder.contains(holder.getRootNode().activeElement);
  holder.replaceChildren(top, table);
  if (focused) holder.focus({ preventScroll: true }); // the focused button was in the old table
}

function rowsOf(model, labels) {
  const rows = model.highlights.filter(({ index }) => !model.isHidden(index)).map(
    ({ index, label }) => ({ index, shown: label ?? "highlighted" }),
  );
  const known = new Set(rows.map((row) => row.index));
  for (const { index, importance } of labels) {
    if (index === undefined || known.has(index)) continue;
    rows.push({ index, shown: importance === PLAIN ? "labelled" : "picked" });
  }
  return rows;
}

function colorText(model, index) {
  if (model.legend.groups || model.legend.regions) return meaningOf(model, index) || "–";
  const value = model.values?.[index];
  return Number.isFinite(value) ? number(value) : "–";
}
