// A heat map of one vector: a row of coloured cells for each run, interpolated between snapshots.

import { interpolate } from "../shared/animation.js";
import { bytesFromBase64 } from "../shared/base64.js";
import { setAttributes, svg } from "../shared/dom.js";
import { textWidth } from "../shared/text_width.js";

const NAME_SIZE = 14; // pixels of the text
const CELL_HEIGHT = 26; // pixels

export class Strip {
  constructor() {
    this.element = svg("svg", { class: "strip" });
    this.moment = 0;
  }

  show(strip) {
    this.strip = strip;
    this.rows = strip.rows.map(({ values }) => new Float32Array(bytesFromBase64(values).buffer));
    if (this.width) this.layOut();
  }

  resize(width, height, family) {
    if (this.width === width && this.family === family) return;
    [this.width, this.family] = [width, family];
    if (this.strip) this.layOut();
  }

  layOut() {
    const { element, strip, width } = this;
    const names = strip.rows.map(({ name }) => name);
    const left = Math.max(...names.map((name) => textWidth(name, NAME_SIZE, this.family))) + 8;
    const height = NAME_SIZE * 1.7 + strip.rows.length * (CELL_HEIGHT + 4);
    setAttributes(element, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.cell.style.height = `${height}px`;
    element.replaceChildren(svg("text", {
      x: 0, y: NAME_SIZE, "font-size": 13, "font-weight": 600, fill: "currentColor",
    }, strip.title));
    const across = (width - left) / strip.count;
    this.cells = names.map((name, row) => {
      const y = NAME_SIZE * 1.7 + row * (CELL_HEIGHT + 4);
      element.append(svg("text", {
        x: 0, y: y + CELL_HEIGHT / 2, "font-size": NAME_SIZE, "dominant-baseline": "central",
        fill: "currentColor",
      }, name));
      return Array.from({ length: strip.count }, (_, at) => {
        const cell = svg("rect", {
          x: left + at * across, y, width: across + 0.3, height: CELL_HEIGHT,
        });
        const tip = svg("title");
        cell.append(tip);
        element.append(cell);
        return { cell, tip };
      });
    });
    this.draw(this.moment);
  }

  draw(moment) {
    this.moment = moment;
    if (!this.cells) return;
    const { count, largest, scale } = this.strip;
    for (const [row, cells] of this.cells.entries()) {
      const values = this.rows[row];
      const last = values.length / count - 1;
      const before = Math.min(Math.floor(moment), last) * count;
      const after = Math.min(Math.floor(moment) + 1, last) * count;
      for (const [at, { cell, tip }] of cells.entries()) {
        const value = interpolate(values[before + at], values[after + at], moment - Math.floor(moment));
        cell.setAttribute("fill", colorOf(value / largest, scale));
        tip.textContent = `number ${at + 1}: ${value.toFixed(3)}`;
      }
    }
  }
}

/** The colour of a number from -1 to 1 on a scale of evenly spaced colours [red, green, blue]. */
function colorOf(value, scale) {
  const at = Math.min(Math.max((value + 1) / 2, 0), 1) * (scale.length - 1);
  const below = Math.min(Math.floor(at), scale.length - 2);
  const mixed = scale[below].map((from, each) => interpolate(from, scale[below + 1][each], at - below));
  return `rgb(${mixed.map(Math.round).join(",")})`;
}
