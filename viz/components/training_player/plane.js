// Words in a plane whose axes stand still, at any moment between two snapshots.

import { interpolate } from "../shared/animation.js";
import { bytesFromBase64 } from "../shared/base64.js";
import { setAttributes, svg } from "../shared/dom.js";
import { settle, spread } from "./labels.js";
import { textWidth } from "./text_width.js";

const WORD_SIZE = 15; // pixels of the text
const MARGIN = 6;
const FAR = 14; // pixels from a point to its word from which a line joins them
const REST = 250; // milliseconds in which words find their best places when all stands still

export class Plane {
  constructor() {
    this.element = svg("svg", { class: "plane" });
    this.moved = null; // what is still to glide after the axes changed: (2 N) pixels
    this.labels = [];
  }

  /** Take over words, colours and snapshots. */
  show(words, colors, legend, track) {
    const before = this.track && JSON.stringify(words) === JSON.stringify(this.words);
    const seen = before ? this.labels.map(({ x, y }) => [x, y]) : null;
    [this.words, this.colors, this.legend] = [words, colors, legend];
    this.track = { ...track, points: new Float32Array(bytesFromBase64(track.points).buffer) };
    this.count = this.track.points.length / (2 * words.length);
    this.seen = seen;
    if (this.width) this.layOut();
  }

  resize(width, height, family) {
    if (this.width === width && this.height === height && this.family === family) return;
    [this.width, this.height, this.family] = [width, height, family];
    this.seen = null;
    if (this.track) this.layOut();
  }

  layOut() {
    cancelAnimationFrame(this.resting);
    const { element, words, width, height } = this;
    element.replaceChildren();
    setAttributes(element, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.top = this.drawLegend() + MARGIN;
    element.append(svg("rect", {
      x: 0.5, y: this.top - 0.5, width: width - 1, height: height - this.top, rx: 6,
      fill: "none", stroke: "currentColor", "stroke-opacity": 0.25,
    }));
    const kept = this.seen ? this.labels : [];
    this.lines = words.map(() => svg("line", { stroke: "currentColor", "stroke-opacity": 0.45 }));
    this.points = words.map((word, index) => svg(
      "circle", { r: 5.5, fill: this.colors[index], "data-word": word }, svg("title", {}, word),
    ));
    this.texts = words.map((word) => svg("text", {
      "font-size": WORD_SIZE, "text-anchor": "middle", "dominant-baseline": "central",
      fill: "currentColor", "pointer-events": "none",
    }, word));
    this.together = svg("text", { "font-size": WORD_SIZE, "text-anchor": "middle", fill: "currentColor" });
    element.append(...this.lines, ...this.points, ...this.texts, this.together);
    this.labels = words.map((word, index) => {
      const size = { width: textWidth(word, WORD_SIZE, this.family), height: WORD_SIZE * 1.15 };
      const { dx = 0, dy = -WORD_SIZE, homeX = 0, homeY = -WORD_SIZE } = kept[index] ?? {};
      return { x: 0, y: 0, dx, dy, homeX, homeY, ...size };
    });
    this.fresh = !this.seen;
  }

  /** The names of the groups above the picture; returns how much room they take. */
  drawLegend() {
    let [x, y] = [0, WORD_SIZE];
    if (this.track.name) {
      this.element.append(svg("text", {
        x, y, "font-size": WORD_SIZE, "font-weight": 600, fill: "currentColor",
      }, this.track.name));
      y += WORD_SIZE * 1.6;
    }
    const named = this.legend.filter(([name]) => name);
    for (const [name, color] of named) {
      const width = textWidth(name, WORD_SIZE, this.family) + 34;
      if (x && x + width > this.width) [x, y] = [0, y + WORD_SIZE * 1.5];
      this.element.append(
        svg("circle", { cx: x + 7, cy: y - WORD_SIZE * 0.35, r: 5.5, fill: color }),
        svg("text", { x: x + 17, y, "font-size": WORD_SIZE, fill: "currentColor" }, name),
      );
      x += width;
    }
    return y + WORD_SIZE * (named.length ? 0.4 : -1.2);
  }

  /** Where a word is at a moment, in pixels. */
  place(index, moment) {
    const { points, low, high } = this.track;
    const last = this.count - 1;
    const before = Math.min(Math.floor(moment), last);
    const after = Math.min(before + 1, last);
    const [from, to] = [before, after].map((at) => 2 * (at * this.words.length + index));
    const [x, y] = [0, 1].map((axis) => {
      const value = interpolate(points[from + axis], points[to + axis], moment - Math.floor(moment));
      return (value - low[axis]) / (high[axis] - low[axis]);
    });
    const inner = this.height - this.top;
    return [
      MARGIN + x * (this.width - 2 * MARGIN),
      this.top + MARGIN + (1 - y) * (inner - 2 * MARGIN),
    ];
  }

  /** Draw a moment.
   *
   * `left` is the share of the way still to go after the axes changed, so that words glide on from
   * where they were seen. */
  draw(moment, left) {
    if (!this.track || !this.width) return;
    cancelAnimationFrame(this.resting);
    const places = this.words.map((_, index) => this.place(index, moment));
    if (this.seen) {
      const seen = this.seen;
      this.moved = places.map(([x, y], index) => [seen[index][0] - x, seen[index][1] - y]);
      [this.seen, this.left] = [null, 1];
    }
    // Something new is asked for on the way: what is left of the way begins here.
    if (this.moved && left > this.left) {
      this.moved = this.moved.map(([right, down]) => [right * this.left, down * this.left]);
    }
    this.left = left;
    if (left <= 0) this.moved = null;
    for (const [index, [x, y]] of places.entries()) {
      const [right, down] = this.moved?.[index] ?? [0, 0];
      this.labels[index].x = x + right * left;
      this.labels[index].y = y + down * left;
    }
    this.one = places.length > 1 && places.every(([x, y]) => (
      Math.abs(x - places[0][0]) + Math.abs(y - places[0][1]) < 0.01
    ));
    if (left > 0) this.below(() => spread(this.labels, this.width, this.height - this.top, 8));
    this.write();
    if (left <= 0) this.rest();
  }

  /** Let words glide to where they cover each other least; the first time they are there at once. */
  rest() {
    const goals = this.labels.map((label) => ({ ...label }));
    this.below(() => {
      settle(goals, this.width, this.height - this.top);
      for (const goal of goals) [goal.dx, goal.dy] = [goal.homeX, goal.homeY];
      const size = [this.width, this.height - this.top];
      spread(goals, ...size, 100, { pull: 0 });
      spread(goals, ...size, 50, { pull: 0, points: false });
    }, goals);
    const from = this.labels.map(({ dx, dy }) => [dx, dy]);
    const during = this.fresh ? 0 : REST;
    this.fresh = false;
    const began = performance.now();
    const step = (now) => {
      const share = during ? Math.min(Math.max((now - began) / during, 0), 1) : 1;
      for (const [index, label] of this.labels.entries()) {
        const goal = goals[index];
        [label.homeX, label.homeY] = [goal.homeX, goal.homeY];
        label.dx = interpolate(from[index][0], goal.dx, share);
        label.dy = interpolate(from[index][1], goal.dy, share);
      }
      this.write();
      if (share < 1) this.resting = requestAnimationFrame(step);
    };
    step(began);
  }

  /** Do something with labels whose heights count from below the legend. */
  below(act, labels = this.labels) {
    for (const label of labels) label.y -= this.top;
    act();
    for (const label of labels) label.y += this.top;
  }

  /** Put points and words where they are now. */
  write() {
    for (const [index, { x, y, dx, dy, width, height }] of this.labels.entries()) {
      move(this.points[index], { cx: x, cy: y });
      this.points[index].style.fill = this.one ? "currentColor" : ""; // of no group alone
      move(this.texts[index], { x: x + dx, y: y + dy });
      this.texts[index].style.display = this.one ? "none" : "";
      const right = Math.min(Math.max(0, dx - width / 2), dx + width / 2);
      const down = Math.min(Math.max(0, dy - height / 2), dy + height / 2);
      const far = !this.one && Math.hypot(right, down) > FAR;
      move(this.lines[index], { x1: x, y1: y, x2: x + right, y2: y + down });
      this.lines[index].style.display = far ? "" : "none";
    }
    this.together.textContent = this.one ? `all ${this.words.length} words` : "";
    move(this.together, { x: this.labels[0].x, y: this.labels[0].y - WORD_SIZE });
  }
}

function move(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value.toFixed(1));
  }
}
