// What a map shows: words, where they are, how they are marked.

import { Selection } from "./selection.js";

export class Model {
  constructor() {
    this.words = null;
    this.layout = null;
    this.from = null; // positions the words fly from; null while they stand
    this.mix = 1; // 0 at `from`, 1 at the layout
    this.hovered = null;
    this.picked = null;
    this.selection = new Selection(0);
    this.hidden = new Set(); // the names of the groups that are switched off
    this.setMarks({ highlights: [], links: [], markers: [], axes: [], legend: null, dim: true });
  }

  /** Other words: nothing that was marked means anything any more. */
  setWords(list) {
    this.words = list;
    this.layout = this.from = this.hovered = this.picked = null;
    this.selection = new Selection(list.length);
  }

  /** The small message of a scene, with names for the values in it. */
  setMarks({ highlights, links, markers, axes, legend, dim }, colors = null) {
    this.highlights = highlights.map(([index, role, label]) => ({ index, role, label }));
    this.links = links.map(([start, end, role, arrow, label, dashed]) => (
      { start, end, role, arrow, label, dashed }
    ));
    this.markers = markers.map(([place, label, role]) => (
      { position: this.placeOf(place), label, role }
    ));
    this.axes = axes;
    this.legend = legend;
    this.places = colors?.places ?? null;
    this.values = colors?.values ?? null;
    this.dim = dim;
  }

  /** Whether a word's group is switched off. */
  isHidden(index) {
    return this.hidden.has(this.legend?.groups?.[this.places?.[index]]);
  }

  /** The places in the palette as they are shown: without the groups that are switched off. */
  shownPlaces() {
    const { places, legend, hidden } = this;
    const off = (legend?.groups ?? []).map((name) => hidden.has(name));
    return off.includes(true) ? places.map((place) => (off[place] ? 255 : place)) : places;
  }

  positions() {
    return this.layout.positions;
  }

  /** Where a word is now, flying or not. */
  place(index) {
    const [to, at] = [this.layout.positions, 3 * index];
    if (this.mix === 1 || !this.from) return [to[at], to[at + 1], to[at + 2]];
    return [0, 1, 2].map((k) => this.from[at + k] + (to[at + k] - this.from[at + k]) * this.mix);
  }

  /** A word's place, or the point itself. */
  placeOf(place) {
    return typeof place === "number" ? this.place(place) : [place[0], place[1], place[2] ?? 0];
  }

  /** All positions as they are now: where another flight starts that interrupts this one. */
  frozen() {
    const to = this.layout.positions;
    if (this.mix === 1 || !this.from) return to;
    return to.map((value, at) => this.from[at] + (value - this.from[at]) * this.mix);
  }

  /** Whether plain words stand back behind others. */
  quiet() {
    return (this.dim && this.highlights.length > 0) || this.selection.count > 0;
  }

  /** The points that should be in view at first, besides the cloud. */
  marked() {
    const ends = this.links.flatMap(({ start, end }) => [start, end]);
    const indices = this.highlights.map(({ index }) => index);
    return [...indices, ...ends].map((place) => this.placeOf(place))
      .concat(this.markers.map(({ position }) => position));
  }
}
