// A row of tokens.

import { element } from "../shared/dom.js";

export default function ({ data, parentElement, setTriggerValue }) {
  let row = parentElement.querySelector(".strip");
  if (!row) {
    row = element("div", { class: "strip", role: "group" });
    parentElement.append(row);
  }
  row.setAttribute("aria-label", data.alt);
  row.style.maxHeight = `${data.height}px`;
  const content = JSON.stringify([data.chips, data.pickable]);
  if (row.content !== content) {
    row.content = content;
    // While the text grows, keep its end in view unless the reader has scrolled back.
    const atEnd = row.scrollTop + row.clientHeight >= row.scrollHeight - 4;
    row.replaceChildren(...data.chips.map((chip) => chipElement(chip, data.pickable)));
    if (data.follow && atEnd) row.scrollTop = row.scrollHeight;
  }
  // Move the ring immediately, without waiting for the run of the page.
  row.onclick = (event) => {
    const index = [...row.children].indexOf(event.target.closest("button"));
    if (index < 0) return;
    select(row, index);
    setTriggerValue("picked", { strip: data.strip, index });
  };
  select(row, data.selected);
}

function chipElement([text, below, color, strength, dashed, tip], pickable) {
  const chip = element(pickable ? "button" : "span", {
    class: dashed ? "chip dashed" : "chip", type: pickable ? "button" : null, title: tip || null,
  }, element("bdi", {}, text), below ? element("small", {}, below) : "");
  if (color) chip.style.setProperty("--color", color);
  chip.style.setProperty("--share", `${Math.round(38 * strength)}%`);
  return chip;
}

/** Put the ring around one token. */
function select(row, selected) {
  for (const [index, chip] of [...row.children].entries()) {
    chip.classList.toggle("selected", index === selected);
    if (chip.localName === "button") chip.setAttribute("aria-pressed", index === selected);
  }
}
