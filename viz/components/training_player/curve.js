// A line chart over the number of words trained, with marks at the current moment.

import { interpolate } from "../shared/animation.js";
import { setAttributes, svg } from "../shared/dom.js";
import { ticks } from "../shared/ticks.js";
import { textWidth } from "../shared/text_width.js";
import { note } from "./note.js";

const TEXT_SIZE = 13; // pixels
const [TITLE_HEIGHT, BOTTOM] = [26, 36]; // pixels above and below the curves
const FUTURE_OPACITY = 0.3; // of the part of a curve after the current moment
const NOTE_HEIGHT = 17; // pixels of a line of the note below the title
const NAME_HEIGHT = 17; // pixels; names are shown if there is more than one curve
const MAX_DISTANCE = 40; // pixels from the pointer to the snapshot that it selects
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

let count = 0; // curves created so far, for unique ids

export class Curve {
  /** `choose(snapshot)` is called with the index of the clicked snapshot. */
  constructor(choose) {
    this.element = svg("svg", { class: "curve" });
    this.clipId = `past-${++count}`;
    this.element.addEventListener("pointermove", (event) => this.point(event));
    this.element.addEventListener("pointerleave", () => this.point(null));
    this.element.addEventListener("click", (event) => {
      const snapshot = this.nearest(event);
      if (snapshot !== null) choose(snapshot);
    });
  }

  show(chart) {
    this.chart = chart;
    if (this.width) this.layOut();
  }

  resize(width, height, family) {
    if (this.width === width && this.height === height && this.family === family) return;
    [this.width, this.height, this.family] = [width, height, family];
    if (this.chart) this.layOut();
  }

  layOut() {
    const { element, chart, width, height, family } = this;
    setAttributes(element, { width, height, viewBox: `0 0 ${width} ${height}` });
    element.replaceChildren();
    const known = chart.lines.flatMap((line) => line.y.filter((value) => value !== null));
    const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 1];
    const margin = (high - low || 1) * 0.08;
    [this.low, this.high] = [low - margin, high + margin];
    const yTicks = ticks(this.low, this.high, 4);
    this.left = Math.max(32, ...yTicks.map((value) => textWidth(tick(value), TEXT_SIZE, family))) + 8;
    const { lines } = chart;
    const explained = note(chart.note, { y: TITLE_HEIGHT + 2, width, size: TEXT_SIZE, family });
    this.namesTop = TITLE_HEIGHT + NOTE_HEIGHT * explained.lines;
    this.top = this.namesTop + (lines.length > 1 ? NAME_HEIGHT * lines.length : 0);
    this.title = text(0, TEXT_SIZE, "", "start", { "font-weight": 600 });
    element.append(this.title, explained);
    this.names = lines.length > 1 ? lines.map((each, row) => this.drawName(each, row)) : [];
    for (const value of known.length ? yTicks : []) {
      const y = this.up(value);
      element.append(line(this.left, y, width, y), text(this.left - 6, y, tick(value), "end"));
    }
    for (const value of ticks(0, chart.end, width < 360 ? 3 : 5)) {
      const x = this.across(value);
      element.append(
        line(x, this.top, x, height - BOTTOM),
        text(x, height - BOTTOM + 11, compact.format(value), x > width - 20 ? "end" : "middle"),
      );
    }
    element.append(text((this.left + width) / 2, height - 8, "words trained", "middle"));
    if (!known.length) {
      const middle = [(this.left + width) / 2, (this.top + height - BOTTOM) / 2];
      element.append(text(...middle, chart.empty, "middle"));
    }
    const clip = svg("clipPath", { id: this.clipId });
    this.past = svg("rect", { x: 0, y: 0, height });
    clip.append(this.past);
    element.append(clip);
    this.marks = chart.lines.map((each) => this.drawLine(each));
    this.pointer = svg("line", {
      y1: this.top, y2: height - BOTTOM, stroke: "currentColor", "stroke-dasharray": "3 3", visibility: "hidden",
    });
    element.append(this.pointer);
    this.draw(this.moment ?? 0);
  }

  drawLine({ x, y, color, good }) {
    const known = x.map((_, index) => index).filter((index) => y[index] !== null);
    const points = known.map((index) => (
      `${this.across(x[index]).toFixed(1)},${this.up(y[index]).toFixed(1)}`
    ));
    for (const attributes of [{ opacity: FUTURE_OPACITY }, { "clip-path": `url(#${this.clipId})` }]) {
      const group = svg("g", attributes);
      group.append(svg("polyline", {
        points: points.join(" "), fill: "none", stroke: color, "stroke-width": 2,
        "stroke-linejoin": "round",
      }));
      for (const index of known.filter((snapshot) => good[snapshot])) {
        group.append(svg("circle", {
          cx: this.across(x[index]), cy: this.up(y[index]), r: 3.5, fill: this.chart.good,
        }));
      }
      this.element.append(group);
    }
    const mark = svg("circle", { r: 7, fill: color, stroke: "currentColor", "stroke-width": 2 });
    this.element.append(mark);
    return mark;
  }

  drawName({ color }, row) {
    const y = this.namesTop + NAME_HEIGHT * (row + 0.4);
    const name = text(16, y, "", "start");
    this.element.append(svg("circle", { cx: 6, cy: y, r: 5, fill: color }), name);
    return name;
  }

  across(words) {
    return interpolate(this.left + 8, this.width - 10, words / this.chart.end);
  }

  up(value) {
    const share = (value - this.low) / (this.high - this.low);
    return interpolate(this.height - BOTTOM, this.top, share);
  }

  /** Move the marks to a moment; a fractional moment is between two snapshots. */
  draw(moment) {
    this.moment = moment;
    if (!this.marks) return;
    this.past.setAttribute("width", this.across(this.wordsAt(moment)).toFixed(1));
    for (const [index, { x, y }] of this.chart.lines.entries()) {
      const before = Math.min(Math.floor(moment), x.length - 1);
      const after = Math.min(before + 1, x.length - 1);
      const share = moment - Math.floor(moment);
      const height = y[before] === null || y[after] === null
        ? y[before] ?? y[after] : interpolate(y[before], y[after], share);
      const mark = this.marks[index];
      mark.style.display = height === null ? "none" : "";
      if (height === null) continue;
      setAttributes(mark, {
        cx: this.across(interpolate(x[before], x[after], share)).toFixed(1),
        cy: this.up(height).toFixed(1),
      });
    }
    if (this.pointer.getAttribute("visibility") === "hidden") this.write(Math.round(moment));
  }

  /** The number of words trained at a moment, the maximum over all runs. */
  wordsAt(moment) {
    return Math.max(...this.chart.lines.map(({ x }) => {
      const before = Math.min(Math.floor(moment), x.length - 1);
      return interpolate(x[before], x[Math.min(before + 1, x.length - 1)], moment - Math.floor(moment));
    }));
  }

  /** Write the values at a snapshot beside the title or, for several curves, beside each name. */
  write(snapshot) {
    const texts = this.chart.lines.map(({ y, notes }) => {
      const index = Math.min(snapshot, y.length - 1);
      return y[index] === null ? "" : ` ${exact(y[index])}${notes[index] ?? ""}`;
    });
    this.title.textContent = this.chart.title + (this.names.length ? "" : texts[0]);
    for (const [row, name] of this.names.entries()) {
      name.textContent = `${this.chart.lines[row].name}:${texts[row] || " unknown"}`;
    }
  }

  /** Show the values at the pointer, or at the current moment if no snapshot is near. */
  point(event) {
    if (!this.marks) return;
    const snapshot = event === null ? null : this.nearest(event);
    this.pointer.setAttribute("visibility", snapshot === null ? "hidden" : "visible");
    this.write(snapshot ?? Math.round(this.moment));
    if (snapshot === null) return;
    const x = this.across(this.chart.lines[0].x[snapshot]);
    setAttributes(this.pointer, { x1: x, x2: x });
  }

  /** The index of the snapshot nearest to the pointer; null if none is near. */
  nearest(event) {
    if (!this.marks) return null;
    const x = event.clientX - this.element.getBoundingClientRect().left;
    const distances = this.chart.lines[0].x.map((words) => Math.abs(this.across(words) - x));
    const least = Math.min(...distances);
    return least < MAX_DISTANCE ? distances.indexOf(least) : null;
  }
}

function text(x, y, content, anchor, more = {}) {
  return svg("text", {
    x, y, "font-size": TEXT_SIZE, "text-anchor": anchor, "dominant-baseline": "central",
    fill: "currentColor", ...more,
  }, content);
}

function line(x1, y1, x2, y2) {
  return svg("line", { x1, y1, x2, y2, stroke: "currentColor", "stroke-opacity": 0.18 });
}

function tick(value) {
  return Math.abs(value) < 10000 ? String(value) : compact.format(value);
}

function exact(value) {
  return Math.abs(value) < 10000 ? value.toFixed(3) : compact.format(value);
}
