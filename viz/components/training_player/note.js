// A sentence in a picture, broken into lines.

import { svg } from "../shared/dom.js";
import { textWidth } from "../shared/text_width.js";
import { wrap } from "../shared/wrap.js";

/** A group with a sentence in quiet letters; `y` is the middle of its first line. */
export function note(sentence, { x = 0, y, width, size, family }) {
  const lines = wrap(sentence, width, (text) => textWidth(text, size, family));
  const group = svg("g", { class: "note" });
  for (const [row, text] of lines.entries()) {
    group.append(svg("text", {
      x, y: y + row * size * 1.3, "font-size": size, "dominant-baseline": "central",
      fill: "currentColor", "fill-opacity": 0.75,
    }, text));
  }
  group.lines = lines.length;
  return group;
}
