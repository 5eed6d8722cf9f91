// Numbers over the words trained, with a mark where the run is seen.

import { interpolate } from "../shared/animation.js";
import { setAttributes, svg } from "../shared/dom.js";
import { ticks } from "../shared/ticks.js";
import { textWidth } from "./text_width.js";

const TICK_SIZE = 13; // pixels of the text
const [TITLE, BOTTOM] = [26, 36];
const TO_COME = 0.3; // opacity of what lies after the moment seen
const NAME = 17; // pixels of a curve's name, if there is more than one
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

let curves = 0;

export class Curve {
  /** `pick` is called with the snapshot that was clicked. */
  constructor(pick) {
    this.element = svg("svg", { class: "curve" });
    this.seen = `seen-${++curves}`;
    this.element.addEventListener("pointermove", (event) => this.tell(event));
    this.element.addEventListener("pointerleave", () => this.tell(null));
    this.element.addEventListener("click", (event) => {
      const at = this.nearest(event);
      if (at !== null) pick(at);
    });
  }

  show(curve) {
    this.curve = curve;
    if (this.width) this.layOut();
  }

  resize(width, height, family) {
    if (this.width === width && this.height === height && this.family === family) return;
    [this.width, this.height, this.family] = [width, height, family];
    if (this.curve) this.layOut();
  }

  layOut() {
    const { element, curve, width, height, family } = this;
    setAttributes(element, { width, height, viewBox: `0 0 ${width} ${height}` });
    element.replaceChildren();
    const known = curve.lines.flatMap((line) => line.y.filter((value) => value !== null));
    const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 1];
    const room = (high - low || 1) * 0.08;
    [this.low, this.high] = [low - room, high + room];
    const stops = ticks(this.low, this.high, 4);
    this.left = Math.max(32, ...stops.map((value) => textWidth(tick(value), TICK_SIZE, family))) + 8;
    const { lines } = curve;
    this.top = TITLE + (lines.length > 1 ? NAME * lines.length : 0);
    this.title = text(0, TICK_SIZE, "", "start", { "font-weight": 600 });
    element.append(this.title);
    this.names = lines.length > 1 ? lines.map((each, row) => this.drawName(each, row)) : [];
    for (const value of known.length ? stops : []) {
      const y = this.up(value);
      element.append(line(this.left, y, width, y), text(this.left - 6, y, tick(value), "end"));
    }
    for (const value of ticks(0, curve.end, width < 360 ? 3 : 5)) {
      const x = this.across(value);
      element.append(
        line(x, this.top, x, height - BOTTOM),
        text(x, height - BOTTOM + 11, compact.format(value), x > width - 20 ? "end" : "middle"),
      );
    }
    element.append(text((this.left + width) / 2, height - 8, "words trained", "middle"));
    if (!known.length) {
      const middle = [(this.left + width) / 2, (this.top + height - BOTTOM) / 2];
      element.append(text(...middle, "measured from the first step on", "middle"));
    }
    const clip = svg("clipPath", { id: this.seen });
    this.past = svg("rect", { x: 0, y: 0, height });
    clip.append(this.past);
    element.append(clip);
    this.marks = curve.lines.map((each) => this.drawLine(each));
    this.pointer = svg("line", {
      y1: this.top, y2: height - BOTTOM, stroke: "currentColor", "stroke-dasharray": "3 3", visibility: "hidden",
    });
    element.append(this.pointer);
    this.draw(this.moment ?? 0);
  }

  drawLine({ x, y, color, good }) {
    const known = x.map((_, at) => at).filter((at) => y[at] !== null);
    const path = known.map((at) => `${this.across(x[at]).toFixed(1)},${this.up(y[at]).toFixed(1)}`);
    for (const looks of [{ opacity: TO_COME }, { "clip-path": `url(#${this.seen})` }]) {
      const group = svg("g", looks);
      group.append(svg("polyline", {
        points: path.join(" "), fill: "none", stroke: color, "stroke-width": 2,
        "stroke-linejoin": "round",
      }));
      for (const at of known.filter((place) => good[place])) {
        group.append(svg("circle", {
          cx: this.across(x[at]), cy: this.up(y[at]), r: 3.5, fill: this.curve.good,
        }));
      }
      this.element.append(group);
    }
    const mark = svg("circle", { r: 7, fill: color, stroke: "currentColor", "stroke-width": 2 });
    this.element.append(mark);
    return mark;
  }

  drawName({ color }, row) {
    const y = TITLE + NAME * (row + 0.4);
    const name = text(16, y, "", "start");
    this.element.append(svg("circle", { cx: 6, cy: y, r: 5, fill: color }), name);
    return name;
  }

  across(words) {
    return interpolate(this.left + 8, this.width - 10, words / this.curve.end);
  }

  up(value) {
    const share = (value - this.low) / (this.high - this.low);
    return interpolate(this.height - BOTTOM, this.top, share);
  }

  /** Move the marks to a moment between two snapshots. */
  draw(moment) {
    this.moment = moment;
    if (!this.marks) return;
    this.past.setAttribute("width", this.across(this.wordsAt(moment)).toFixed(1));
    for (const [index, { x, y }] of this.curve.lines.entries()) {
      const before = Math.min(Math.floor(moment), x.length - 1);
      const after = Math.min(before + 1, x.length - 1);
      const share = moment - Math.floor(moment);
      const height = y[before] === null || y[after] === null
        ? y[before] ?? y[after] : interpolate(y[before], y[after], share);
      const mark = this.marks[index];
      mark.style.display = height === null ? "none" : "";
      if (height === null) continue;
      mark.setAttribute("cx", this.across(interpolate(x[before], x[after], share)).toFixed(1));
      mark.setAttribute("cy", this.up(height).toFixed(1));
    }
    if (this.pointer.getAttribute("visibility") === "hidden") this.write(Math.round(moment));
  }

  /** Return how many words the curve that is furthest has trained at a moment. */
  wordsAt(moment) {
    return Math.max(...this.curve.lines.map(({ x }) => {
      const before = Math.min(Math.floor(moment), x.length - 1);
      return interpolate(x[before], x[Math.min(before + 1, x.length - 1)], moment - Math.floor(moment));
    }));
  }

  /** Say the numbers of a snapshot: beside the title, or beside the name of each curve. */
  write(at) {
    const said = this.curve.lines.map(({ y, notes }) => {
      const place = Math.min(at, y.length - 1);
      return y[place] === null ? "" : ` ${exact(y[place])}${notes[place] ?? ""}`;
    });
    this.title.textContent = this.curve.title + (this.names.length ? "" : said[0]);
    for (const [row, name] of this.names.entries()) {
      name.textContent = `${this.curve.lines[row].name}:${said[row] || " unknown"}`;
    }
  }

  tell(event) {
    const at = event === null ? null : this.nearest(event);
    if (!this.marks) return;
    this.pointer.setAttribute("visibility", at === null ? "hidden" : "visible");
    this.write(at ?? Math.round(this.moment));
    if (at === null) return;
    const x = this.across(this.curve.lines[0].x[at]);
    this.pointer.setAttribute("x1", x);
    this.pointer.setAttribute("x2", x);
    this.write(at);
  }

  nearest(event) {
    if (!this.marks) return null;
    const from = event.clientX - this.element.getBoundingClientRect().left;
    const distances = this.curve.lines[0].x.map((words) => Math.abs(this.across(words) - from));
    const least = Math.min(...distances);
    return least < 40 ? distances.indexOf(least) : null;
  }
}

function text(x, y, content, anchor, more = {}) {
  return svg("text", {
    x, y, "font-size": TICK_SIZE, "text-anchor": anchor, "dominant-baseline": "central",
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
