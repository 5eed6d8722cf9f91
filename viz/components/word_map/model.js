// The content of a map: words, their positions and marks, and what is selected.

import { packIndices } from "./payload.js";

const MAX_SENT = 20000;

export class Model {
  constructor() {
    this.words = null;
    this.layout = null;
    this.from = null; // positions from which the words fly; null while they rest
    this.mix = 1; // 0 at `from`, 1 at the layout
    this.hovered = null;
    this.picked = null;
    this.selection = new Selection(0);
    this.hidden = new Set(); // the names of the hidden groups
    this.setMarks({
      highlights: [], links: [], markers: [], axes: [], scales: [], legend: null, dim: true,
    });
  }

  /** Take other words; marks and selection of the old ones no longer mean anything. */
  setWords(list) {
    this.words = list;
    this.layout = this.from = this.hovered = this.picked = null;
    this.selection = new Selection(list.length);
  }

  /** Take the marks and colours of a scene message. */
  setMarks({ highlights, links, markers, axes, scales, legend, dim }, colors = null) {
    this.highlights = highlights.map(([index, role, label]) => ({ index, role, label }));
    this.links = links.map(([start, end, role, arrow, label, dashed]) => (
      { start, end, role, arrow, label, dashed }
    ));
    this.markers = markers.map(([position, label, role]) => (
      { position: this.positionOf(position), label, role }
    ));
    this.axes = axes;
    this.scales = scales;
    this.legend = legend;
    this.paletteIndices = colors?.paletteIndices ?? null;
    this.values = colors?.values ?? null;
    this.dim = dim;
  }

  /** Whether a word's group is hidden. */
  isHidden(index) {
    return this.hidden.has(this.legend?.groups?.[this.paletteIndices?.[index]]);
  }

  /** The palette index of each word; words of hidden groups have none. */
  shownPaletteIndices() {
    const { paletteIndices, legend, hidden } = this;
    const off = (legend?.groups ?? []).map((name) => hidden.has(name));
    if (!off.includes(true)) return paletteIndices;
    return paletteIndices.map((index) => (off[index] ? 255 : index));
  }

  positions() {
    return this.layout.positions;
  }

  /** The position of a word now, flying or not. */
  position(index) {
    const [to, at] = [this.layout.positions, 3 * index];
    if (this.mix === 1 || !this.from) return [to[at], to[at + 1], to[at + 2]];
    return [0, 1, 2].map((k) => this.from[at + k] + (to[at + k] - this.from[at + k]) * this.mix);
  }

  /** The coordinates of a word on the axes, which can differ from where it is drawn. */
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

  /** All positions as they are now: the start of a flight that interrupts another. */
  currentPositions() {
    const to = this.layout.positions;
    if (this.mix === 1 || !this.from) return to;
    return to.map((value, at) => this.from[at] + (value - this.from[at]) * this.mix);
  }

  /** Whether plain words fade behind others. */
  isDimmed() {
    return (this.dim && this.highlights.length > 0) || this.selection.count > 0;
  }

  /** Positions of all marks: they have to be in view at first. */
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

  /** The message to Python: how many are selected, and the first of them. */
  message(words) {
    if (this.count === 0) return null;
    const indices = packIndices(this.indices.slice(0, MAX_SENT));
    return { words, count: this.count, indices };
  }
}
