// Sentences in a picture, broken into lines.

import { svg } from "../shared/dom.js";
import { textWidth } from "../shared/text_width.js";

/** Break a sentence into lines that are at most `width` wide, as `measure(text)` tells. */
export function wrap(sentence, width, measure) {
  const lines = [];
  for (const word of sentence.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

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
