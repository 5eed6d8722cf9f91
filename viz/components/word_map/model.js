// The content of a map: the words, their positions, the marks and the selection.

import { packIndices } from "./payload.js";

const MAX_SENT = 20000;

export class Model {
  constructor() {
    this.words = null;
    this.layout = null;
    this.from = null; // start positions of the animation; null if the words do not move
    this.mix = 1; // 0 at `from`, 1 at the layout
    this.hovered = null;
    this.picked = null;
    this.near = new Set(); // the words that the camera moved to, which have labels
    this.selection = new Selection(0);
    this.hidden = new Set(); // the names of the hidden groups
    this.outliers = { indices: [], known: new Set() }; // the words outside the initial view
    this.regions = null; // the levels of regions, and the finest region of each word
    this.emphasized = null; // the region whose name stands out: { level, region }
    this.setMarks({
      highlights: [], links: [], markers: [], axes: [], scales: [], legend: null, dim: true,
    });
  }

  /** Replace the words; reset the layout, the selection, and the hovered and the picked word. */
  setWords(list) {
    this.words = list;
    this.layout = this.from = this.hovered = this.picked = null;
    this.near = new Set();
    this.selection = new Selection(list.length);
  }

  /** Set the marks and colours from a message of the page. */
  setMarks({ highlights, links, markers, axes, scales, legend, dim, unit }, colors = null, regions = null) {
    this.highlights = highlights.map(([index, role, label]) => ({ index, role, label }));
    this.links = links.map(([start, end, role, arrow, label, dashed]) => (
      { start, end, role, arrow, label, dashed }
    ));
    this.markers = markers.map(([position, label, role]) => (
      { position: this.positionOf(position), label, role }
    ));
    this.unit = unit ?? "word";
    this.axes = axes;
    this.scales = scales;
    this.legend = legend;
    if (this.regions !== regions) this.emphasized = null;
    this.regions = regions;
    colors = legend?.regions ? regions : colors;
    this.paletteIndices = colors?.paletteIndices ?? null;
    this.values = colors?.values ?? null;
    this.dim = dim;
  }

  /** Whether a word's group is hidden. */
  isHidden(index) {
    return this.hidden.has(this.legend?.groups?.[this.paletteIndices?.[index]]);
  }

  /** The palette index of each word; 255 (no colour) for words of hidden groups. */
  shownPaletteIndices() {
    const { paletteIndices, legend, hidden } = this;
    const off = (legend?.groups ?? []).map((name) => hidden.has(name));
    if (!off.includes(true)) return paletteIndices;
    return paletteIndices.map((index) => (off[index] ? 255 : index));
  }

  positions() {
    return this.layout.positions;
  }

  /** The current position of a word, also during an animation. */
  position(index) {
    const [to, at] = [this.layout.positions, 3 * index];
    if (this.mix === 1 || !this.from) return [to[at], to[at + 1], to[at + 2]];
    return [0, 1, 2].map((k) => this.from[at + k] + (to[at + k] - this.from[at + k]) * this.mix);
  }

  /** The coordinates of a word in the units of the axes, which can differ from its position. */
  coordinates(index) {
    return this.position(index).slice(0, this.layout.dimensions).map((value, axis) => {
      const [middle, factor] = this.scales[axis] ?? [0, 1];
      return middle + factor * value;
    });
  }

  /** The position of a word given by its index, or of a point with two or three coordinates. */
  positionOf(end) {
    return typeof end === "number" ? this.position(end) : [end[0], end[1], end[2] ?? 0];
  }

  /** The current positions of all words, also during an animation: the start of the next one. */
  currentPositions() {
    const to = this.layout.positions;
    if (this.mix === 1 || !this.from) return to;
    return to.map((value, at) => this.from[at] + (value - this.from[at]) * this.mix);
  }

  /** Whether plain words are faint, because others are highlighted or selected. */
  isDimmed() {
    return (this.dim && this.highlights.length > 0) || this.selection.count > 0;
  }

  /** The positions of all marks, which the initial view must include. */
  markedPoints() {
    const ends = this.links.flatMap(({ start, end }) => [start, end]);
    const indices = this.highlights.map(({ index }) => index);
    return [...indices, ...ends].map((end) => this.positionOf(end))
      .concat(this.markers.map(({ position }) => position));
  }
}

/** The words inside the last box or lasso. */
class Selection {
  constructor(count) {
    this.mask = new Uint8Array(count);
    this.count = 0;
    this.indices = [];
  }

  /** Select exactly these words. */
  set(indices) {
    this.mask.fill(0);
    for (const index of indices) this.mask[index] = 1;
    this.indices = indices;
    this.count = indices.length;
  }

  /** The message to Python: the number of selected words and up to MAX_SENT of their indices. */
  message(words) {
    if (this.count === 0) return null;
    const indices = packIndices(this.indices.slice(0, MAX_SENT));
    return { words, count: this.count, indices };
  }
}
