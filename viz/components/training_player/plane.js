// The words as points in a plane with fixed axes, interpolated between snapshots.

import { interpolate } from "../shared/animation.js";
import { bytesFromBase64 } from "../shared/base64.js";
import { setAttributes, svg } from "../shared/dom.js";
import { maxLeader, MIN_LEADER, settle, spread } from "./labels.js";
import { textWidth } from "../shared/text_width.js";
import { note } from "./note.js";

const WORD_SIZE = 15; // pixels of the text
const NOTE_SIZE = 13; // pixels of the text of the note
const MARGIN = 6;
const REST_MS = 250; // milliseconds in which labels move to their final positions

export class Plane {
  /** `pick` is called with the index of a word that is clicked. */
  constructor(pick) {
    this.element = svg("svg", { class: "plane" });
    this.element.onclick = ({ target }) => {
      const index = Math.max(this.points.indexOf(target), this.texts.indexOf(target));
      if (index >= 0) pick(index);
    };
    [this.points, this.texts] = [[], []];
    this.offsets = null; // old minus new position of each word in pixels, after the axes change
    this.labels = [];
  }

  /** Set words, colours and snapshots. */
  show(words, colors, legend, track) {
    const sameWords = this.track && JSON.stringify(words) === JSON.stringify(this.words);
    const seen = sameWords ? this.labels.map(({ x, y }) => [x, y]) : null;
    [this.words, this.colors, this.legend] = [words, colors, legend];
    this.track = { ...track, points: new Float32Array(bytesFromBase64(track.points).buffer) };
    /** Whether all words are always at the same point. */
    this.isFlat = this.track.points.every((value, at, all) => value === all[at % 2]);
    this.count = this.track.points.length / (2 * words.length);
    this.oldPositions = seen;
    if (this.width) this.layOut();
  }

  resize(width, height, family) {
    if (this.width === width && this.height === height && this.family === family) return;
    [this.width, this.height, this.family] = [width, height, family];
    this.oldPositions = null;
    if (this.track) this.layOut();
  }

  layOut() {
    cancelAnimationFrame(this.restFrame);
    const { element, words, width, height } = this;
    element.replaceChildren();
    setAttributes(element, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.top = this.drawLegend() + MARGIN;
    const longest = this.track.notes.reduce((one, other) => (other.length > one.length ? other : one), "");
    this.noteText = null;
    const rows = longest ? this.noteOf(longest + leftOut(words.length)).lines : 0;
    this.bottom = height - (rows ? NOTE_SIZE * (1.3 * rows + 0.5) : 0);
    element.append(svg("rect", {
      x: 0.5, y: this.top - 0.5, width: width - 1, height: this.bottom - this.top, rx: 6,
      fill: "none", stroke: "currentColor", "stroke-opacity": 0.25,
    }));
    const kept = this.oldPositions ? this.labels : [];
    this.lines = words.map(() => svg("line", { stroke: "currentColor", "stroke-opacity": 0.5 }));
    this.points = words.map((word, index) => svg(
      "circle", { r: 5.5, fill: this.colors[index], "data-word": word }, svg("title", {}, word),
    ));
    this.texts = words.map((word) => svg("text", {
      "font-size": WORD_SIZE, "text-anchor": "middle", "dominant-baseline": "central",
      fill: "currentColor", "data-word": word,
    }, word));
    this.collapsedText = svg("text", {
      "font-size": WORD_SIZE, "text-anchor": "middle", fill: "currentColor",
    });
    element.append(...this.lines, ...this.points, ...this.texts, this.collapsedText);
    this.labels = words.map((word, index) => {
      const size = { width: textWidth(word, WORD_SIZE, this.family), height: WORD_SIZE * 1.15 };
      const { dx = 0, dy = -WORD_SIZE, homeX = 0, homeY = -WORD_SIZE } = kept[index] ?? {};
      return { x: 0, y: 0, dx, dy, homeX, homeY, ...size };
    });
    this.isFirst = !this.oldPositions;
  }

  /** Draw the names of the run and the groups above the plane; returns their height. */
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

  /** The position of a word at a moment, in pixels. */
  position(index, moment) {
    const { points, low, high } = this.track;
    const last = this.count - 1;
    const before = Math.min(Math.floor(moment), last);
    const after = Math.min(before + 1, last);
    const [from, to] = [before, after].map((at) => 2 * (at * this.words.length + index));
    const [x, y] = [0, 1].map((axis) => {
      const value = interpolate(points[from + axis], points[to + axis], moment - Math.floor(moment));
      return (value - low[axis]) / (high[axis] - low[axis]);
    });
    const inner = this.bottom - this.top;
    return [
      MARGIN + x * (this.width - 2 * MARGIN),
      this.top + MARGIN + (1 - y) * (inner - 2 * MARGIN),
    ];
  }

  /** Draw a moment.
   *
   * `left` is the remaining share of the animation, from 1 to 0. After a change of the axes, the
   * words move from their old positions during the animation. */
  draw(moment, left) {
    if (!this.track || !this.width) return;
    cancelAnimationFrame(this.restFrame);
    this.moment = moment;
    const positions = this.words.map((_, index) => this.position(index, moment));
    if (this.oldPositions) {
      const old = this.oldPositions;
      this.offsets = positions.map(([x, y], index) => [old[index][0] - x, old[index][1] - y]);
      [this.oldPositions, this.left] = [null, 1];
    }
    // A new animation interrupts the last one: continue from the current positions.
    if (this.offsets && left > this.left) {
      this.offsets = this.offsets.map(([right, down]) => [right * this.left, down * this.left]);
    }
    this.left = left;
    if (left <= 0) this.offsets = null;
    for (const [index, [x, y]] of positions.entries()) {
      const [right, down] = this.offsets?.[index] ?? [0, 0];
      this.labels[index].x = x + right * left;
      this.labels[index].y = y + down * left;
    }
    // If all words are at the same point, draw one point and one label, without a group's colour.
    this.isCollapsed = positions.length > 1 && positions.every(([x, y]) => (
      Math.abs(x - positions[0][0]) + Math.abs(y - positions[0][1]) < 0.01
    ));
    if (left > 0) this.belowLegend(() => spread(this.labels, this.width, this.bottom - this.top, 8));
    this.write();
    this.writeNote(moment);
    if (left <= 0) this.rest();
  }

  /** Move the labels to positions with little overlap; the first time without animation. */
  rest() {
    const goals = this.labels.map((label) => ({ ...label }));
    this.belowLegend(() => {
      settle(goals, this.width, this.bottom - this.top);
      for (const goal of goals) [goal.dx, goal.dy] = [goal.homeX, goal.homeY];
      const size = [this.width, this.bottom - this.top];
      spread(goals, ...size, 100, { pull: 0 });
      spread(goals, ...size, 50, { pull: 0, points: false });
    }, goals);
    const from = this.labels.map(({ dx, dy }) => [dx, dy]);
    const during = this.isFirst ? 0 : REST_MS;
    this.isFirst = false;
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
      this.writeNote(this.moment);
      if (share < 1) this.restFrame = requestAnimationFrame(step);
    };
    step(began);
  }

  noteOf(sentence) {
    const middle = (this.bottom ?? this.height) + NOTE_SIZE;
    return note(sentence, { y: middle, width: this.width, size: NOTE_SIZE, family: this.family });
  }

  /** Write the note of the nearest snapshot below the plane. */
  writeNote(moment) {
    const about = this.track.notes[Math.min(Math.round(moment), this.count - 1)] ?? "";
    const sentence = about + (this.hidden ? leftOut(this.hidden) : "");
    if (sentence === this.noteText) return;
    this.element.querySelector("g.note")?.remove();
    if (sentence) this.element.append(this.noteOf(sentence));
    this.noteText = sentence;
  }

  /** Call a function with the labels' y measured from the lower edge of the legend. */
  belowLegend(layOut, labels = this.labels) {
    for (const label of labels) label.y -= this.top;
    layOut();
    for (const label of labels) label.y += this.top;
  }

  /** Move points, words and lines to their current positions. */
  write() {
    const leaders = this.labels.map(({ dx, dy, width, height }) => [
      Math.min(Math.max(0, dx - width / 2), dx + width / 2),
      Math.min(Math.max(0, dy - height / 2), dy + height / 2),
    ]);
    const lengths = leaders.map(([right, down]) => Math.hypot(right, down));
    const limit = maxLeader(lengths);
    this.hidden = this.isCollapsed ? 0 : lengths.filter((length) => length > limit).length;
    for (const [index, { x, y, dx, dy }] of this.labels.entries()) {
      const [right, down] = leaders[index];
      move(this.points[index], { cx: x, cy: y });
      this.points[index].style.fill = this.isCollapsed ? "currentColor" : "";
      move(this.texts[index], { x: x + dx, y: y + dy });
      const isShown = !this.isCollapsed && lengths[index] <= limit;
      this.texts[index].style.display = isShown ? "" : "none";
      const far = isShown && lengths[index] > MIN_LEADER;
      move(this.lines[index], { x1: x, y1: y, x2: x + right, y2: y + down });
      this.lines[index].style.display = far ? "" : "none";
    }
    this.collapsedText.textContent = this.isCollapsed ? `all ${this.words.length} words` : "";
    move(this.collapsedText, { x: this.labels[0].x, y: this.labels[0].y - WORD_SIZE });
  }
}

/** A sentence about labels that are not shown. */
function leftOut(count) {
  return ` ${count} ${count > 1 ? "names do" : "name does"} not fit.`;
}

function move(element, coordinates) {
  for (const [name, value] of Object.entries(coordinates)) {
    element.setAttribute(name, value.toFixed(1));
  }
}
