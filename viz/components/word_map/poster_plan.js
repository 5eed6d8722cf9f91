// The parts of a poster and the sizes of its texts, in CSS pixels (96 in an inch).

import { wrap } from "../shared/wrap.js";
import { readable } from "./payload.js";

/** The width and height of papers in millimetres, upright. */
export const PAPERS = { A4: [210, 297], A3: [297, 420], A2: [420, 594] };
const MILLIMETRE = 96 / 25.4;
const POINT = 96 / 72;
const PAPER_MARGIN = 10; // millimetres, on A4
const LEGEND_INDENT = 12; // pixels before its first letter
const LONGEST_WORD = 48; // letters; longer words are cut
const MAX_NOTE = 400; // letters
const MAX_NOTE_LINES = 8;
const ONE_LINE = 0.7; // of the largest size, down to which a title stays on one line
const TITLE_LINE = 1.15; // height of a line, times the font size
const NOTE_LINE = 1.4;

/** The parts of a poster: the `title`, the `legend`, the `map`, the `notes` at the foot; the sizes of
 * the `names` of regions, and the font size of words (`size`).
 *
 * `texts` has a `title` and a list of `notes`. `legendHeight(width)` is the height of the legend and
 * `measure(text, size, weight)` the width of a text. `count` is the number of words on the map. */
export function posterPlan(paper, landscape, texts, count, legendHeight, measure) {
  const sides = PAPERS[paper];
  const millimetres = landscape ? [sides[1], sides[0]] : sides;
  const [width, height] = millimetres.map((side) => side * MILLIMETRE);
  const scale = sides[0] / PAPERS.A4[0]; // a larger paper has larger texts, and room for more
  const margin = PAPER_MARGIN * MILLIMETRE * scale ** 0.7;
  const inner = width - 2 * margin;
  const title = fitted(cut(texts.title, MAX_NOTE), inner, 20 * POINT * scale, measure);
  const noteSize = 7 * POINT * scale ** 0.8;
  const lines = texts.notes.flatMap((note) =>
    wrap(cut(note, MAX_NOTE), inner, (text) => measure(text, noteSize, 400)));
  const notes = { size: noteSize, lines: shortened(lines, MAX_NOTE_LINES), line: NOTE_LINE * noteSize };
  const legend = legendHeight(inner / scale) * scale;
  const gap = 0.4 * margin;
  const legendTop = margin + title.lines.length * title.line + (legend ? 0.2 * gap : 0);
  const mapTop = legendTop + legend + gap;
  notes.top = height - margin - notes.lines.length * notes.line;
  return {
    width, height, millimetres, scale, margin, inner, title, notes,
    legend: { left: margin - LEGEND_INDENT * scale, top: legendTop, width: inner / scale },
    map: { left: margin, top: mapTop, width: inner, height: notes.top - gap - mapTop },
    names: nameSizes(scale),
    size: wordSize(scale, count),
  };
}

/** The names of regions on a paper, as ON_SCREEN in region_names.js. */
function nameSizes(scale) {
  const sizes = (points, power) => points.map((point) => point * POINT * scale ** power);
  return {
    leastRadius: 14, smallest: sizes([11, 8, 6.4], 0.7), largest: sizes([21, 13, 9], 0.8), spacing: 8,
  };
}

/** The font size that those of the words are shares of; larger if the words are few. */
function wordSize(scale, count) {
  const few = Math.max(0, 3 - Math.log10(Math.max(count, 10))) / 2; // 1 for ten words, 0 for 1,000
  return 9 * POINT * (1 + 1.1 * few) * scale ** (0.4 + 0.4 * few);
}

/** A text in at most two lines, as large as it fits. */
function fitted(text, width, size, measure) {
  let lines = [];
  for (let smaller = size; smaller > 0.45 * size; smaller *= 0.93) {
    const widthOf = (some) => measure(some, smaller, 700);
    lines = wrap(text, width, widthOf);
    const most = smaller > ONE_LINE * size ? 1 : 2;
    if (lines.length <= most && lines.every((line) => widthOf(line) <= width)) {
      return { lines, size: smaller, line: TITLE_LINE * smaller };
    }
  }
  return { lines: shortened(lines, 3), size: 0.45 * size, line: TITLE_LINE * 0.45 * size };
}

/** A text without very long words, which could not be broken into lines. */
function cut(text, length) {
  const words = readable(text, length).split(/\s+/).filter(Boolean);
  return words.map((word) => readable(word, LONGEST_WORD)).join(" ");
}

function shortened(lines, count) {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, count - 1), `${lines[count - 1]} …`];
}
