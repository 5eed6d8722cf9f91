// A row of tokens. What comes from texts is always text, never HTML.

export default function ({ data, parentElement, setTriggerValue }) {
  let row = parentElement.querySelector(".strip");
  if (!row) {
    row = document.createElement("div");
    row.className = "strip";
    row.setAttribute("role", "group");
    parentElement.append(row);
  }
  row.setAttribute("aria-label", data.alt);
  row.style.maxHeight = `${data.height}px`;
  const content = JSON.stringify([data.chips, data.pickable]);
  if (row.content !== content) {
    row.content = content;
    // A text that grows is seen at its end, until somebody scrolls back.
    const atEnd = row.scrollTop + row.clientHeight >= row.scrollHeight - 4;
    row.replaceChildren(...data.chips.map((chip, index) => made(chip, index, data.pickable)));
    if (data.follow && atEnd) row.scrollTop = row.scrollHeight;
  }
  // The ring moves as soon as a token is clicked; the page follows.
  row.onclick = (event) => {
    const index = [...row.children].indexOf(event.target.closest("button"));
    if (index < 0) return;
    select(row, index);
    setTriggerValue("picked", { strip: data.strip, index });
  };
  select(row, data.selected);
}

function made([text, below, color, strength, dashed, tip], index, pickable) {
  const chip = document.createElement(pickable ? "button" : "span");
  if (pickable) chip.type = "button";
  chip.className = dashed ? "chip dashed" : "chip";
  if (color) chip.style.setProperty("--color", color);
  chip.style.setProperty("--share", `${Math.round(38 * strength)}%`);
  if (tip) chip.title = tip;
  chip.append(part("bdi", text));
  if (below) chip.append(part("small", below));
  return chip;
}

function part(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function select(row, index) {
  for (const [place, chip] of [...row.children].entries()) {
    const selected = place === index;
    chip.classList.toggle("selected", selected);
    if (chip.localName === "button") chip.setAttribute("aria-pressed", String(selected));
  }
}
