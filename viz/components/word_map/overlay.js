// What is drawn over the cloud: axes, lines, highlighted words, labels, the shape of a selection.

import { drawAxes } from "./axes.js";
import { labelBudget, labelCandidates } from "./label_candidates.js";
import { Occupied, placeLabel, widened } from "./label_placement.js";
import { readable } from "./payload.js";
import { css, mix, placeColor } from "./theme.js";

const DOT = 5.5;
const PAUSE = 150; // ms between two searches for plain words while the view moves

export class Overlay {
  constructor(canvas) {
    this.canvas = canvas;
    this.ownPen = canvas.getContext("2d");
    this.labels = [];
    this.widths = new Map();
    this.searched = -Infinity;
  }

  /** Draw everything; `moving` while the view moves, `flying` while the words do. */
  draw({ model, camera, theme, moving, flying, ratio, shape, pen }) {
    this.clear(camera, ratio, pen);
    pen = this.pen;
    pen.textBaseline = "alphabetic";
    const occupied = new Occupied();
    for (const taken of drawAxes(pen, model, camera, theme)) occupied.add(taken);
    const dots = this.dots(model, camera, theme);
    for (const { x, y, radius } of dots) {
      occupied.add({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius });
    }
    const lines = new Occupied();
    const linkLabels = this.drawLinks(model, camera, theme, lines);
    const wanted = [...dots, ...linkLabels].filter((dot) => dot.text);
    for (const label of this.plainLabels(model, camera, theme, moving, flying, dots)) {
      wanted.push(label);
    }
    this.place(wanted, camera, occupied, lines, moving);
    for (const label of this.labels) if (!label.must) this.write(label, theme);
    for (const dot of dots) this.drawDot(dot, theme);
    for (const label of this.labels) if (label.must) this.write(label, theme);
    if (shape) this.drawShape(shape, theme);
  }

  /** Begin a picture: on the cloud's own canvas if that has a pen (one picture less to compose),
   * else on the canvas above it. */
  clear(camera, ratio, pen) {
    const { canvas, ownPen } = this;
    const [width, height] = [Math.round(camera.width * ratio), Math.round(camera.height * ratio)];
    if (canvas.width !== width || canvas.height !== height || (pen && this.pen !== pen)) {
      canvas.width = width;
      canvas.height = height;
    } else if (!pen) ownPen.clearRect(0, 0, camera.width, camera.height);
    this.pen = pen ?? ownPen;
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Highlighted words, markers, and the words that are picked or under the pointer. */
  dots(model, camera, theme) {
    const dots = [];
    const add = (name, point, color, text, extra) => {
      const seen = camera.project(point);
      if (!seen || Math.abs(seen[0]) > 1e5 || Math.abs(seen[1]) > 1e5) return;
      dots.push({ name, x: seen[0], y: seen[1], radius: DOT, color, must: true, text,
        ...this.typeset(text, 0.94, 700, theme), ink: mix(color, theme.text, 0.35), ...extra });
    };
    const shown = new Set();
    for (const { index, role, label } of model.highlights) {
      shown.add(index);
      const color = role === "group"
        ? placeColor(theme, model.legend, model.places?.[index] ?? 255)
        : theme.roles[role];
      const ring = index === model.picked;
      add(index, model.place(index), color, readable(label ?? model.words.at(index), 40),
        { index, ring });
    }
    for (const { position, role, label } of model.markers) {
      add(label, position, theme.roles[role], readable(label, 40), { hollow: true });
    }
    if (model.picked !== null && !shown.has(model.picked) && model.picked < model.words.length) {
      shown.add(model.picked);
      add(model.picked, model.place(model.picked), theme.roles.accent,
        readable(model.words.at(model.picked), 40), { index: model.picked, ring: true });
    }
    if (model.hovered !== null) {
      const text = null; // its word is in the tooltip
      add("hovered", model.place(model.hovered), theme.text, text, { ring: true, bare: true });
    }
    return dots;
  }

  /** The plain words worth a label; which they are is looked up now and then while moving. */
  plainLabels(model, camera, theme, moving, flying, dots) {
    const now = performance.now();
    if (!this.candidates || (!flying && (!moving || now - this.searched > PAUSE))) {
      this.candidates = labelCandidates(model.words, model.positions(), camera);
      this.searched = now;
    }
    const taken = new Set(dots.map((dot) => dot.index));
    const quiet = model.quiet();
    const labels = [];
    for (const { index, text } of this.candidates) {
      if (taken.has(index)) continue;
      const seen = camera.project(model.place(index));
      if (!seen || seen[0] < 0 || seen[1] < 0) continue;
      const rank = labels.length;
      const size = quiet ? 0.76 : rank < 8 ? 0.94 : rank < 26 ? 0.84 : 0.76;
      labels.push({ name: index, index, x: seen[0], y: seen[1], radius: 2, must: false, text,
        ...this.typeset(text, size, rank < 8 && !quiet ? 600 : 400, theme),
        ink: quiet ? theme.muted : mix(theme.muted, theme.text, rank < 26 ? 0.8 : 0.45) });
    }
    return labels;
  }

  /** Give room to as many labels as fit. While moving, those that stood keep their side. */
  place(wanted, camera, occupied, lines, moving) {
    const before = new Map(this.labels.map((label) => [label.name, label.side]));
    const plain = wanted.filter((label) => !label.must);
    const order = [
      ...wanted.filter((label) => label.must),
      ...(moving ? [...plain].sort((a, b) => before.has(b.name) - before.has(a.name)) : plain),
    ];
    let room = labelBudget(camera, order.length > plain.length + 1);
    const spacing = Math.sqrt((camera.width * camera.height) / Math.max(room, 1));
    const spread = new Occupied();
    this.labels = [];
    for (const label of order) {
      if (!label.must && room === 0) break;
      const placed = placeLabel({ ...label, side: before.get(label.name) }, occupied, lines, camera);
      if (!placed) continue;
      if (!label.must) {
        if (!spread.isFree(placed.rectangle)) continue;
        spread.add(widened(placed.rectangle, spacing));
        room -= 1;
      }
      occupied.add(placed.rectangle);
      this.labels.push(placed);
    }
  }

  drawLinks(model, camera, theme, lines) {
    const { pen } = this;
    const labels = [];
    for (const { start, end, role, arrow, label, dashed } of model.links) {
      const [from, to] = [start, end].map((place) => camera.project(model.placeOf(place)));
      if (!from || !to) continue;
      const color = theme.roles[role] ?? theme.roles.accent;
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const [ux, uy] = length ? [(to[0] - from[0]) / length, (to[1] - from[1]) / length] : [0, 0];
      const stop = Math.max(length - DOT - 2, 0);
      const tip = [from[0] + ux * stop, from[1] + uy * stop];
      const shaft = Math.max(arrow ? stop - 9 : stop, 0);
      pen.lineCap = "round";
      for (const [width, ink] of [[6, css(theme.background, 0.75)], [2.4, css(color)]]) {
        pen.lineWidth = width;
        pen.strokeStyle = ink;
        pen.setLineDash(dashed ? [7, 7] : []);
        pen.beginPath();
        pen.moveTo(from[0], from[1]);
        pen.lineTo(from[0] + ux * shaft, from[1] + uy * shaft);
        pen.stroke();
      }
      pen.setLineDash([]);
      for (let at = 8; at < Math.min(stop, 3000); at += 10) {
        lines.add({ left: from[0] + ux * at - 3, top: from[1] + uy * at - 3, width: 6, height: 6 });
      }
      if (arrow && stop > 4) this.drawHead(tip, ux, uy, color);
      if (label) {
        const text = readable(label, 40);
        labels.push({ name: `${label} ${labels.length}`, x: (from[0] + to[0]) / 2,
          y: (from[1] + to[1]) / 2, radius: 4, must: true, text,
          ...this.typeset(text, 0.84, 600, theme), ink: mix(color, theme.text, 0.35) });
      }
    }
    return labels;
  }

  drawHead([x, y], ux, uy, color) {
    const { pen } = this;
    pen.fillStyle = css(color);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - ux * 12 - uy * 5.5, y - uy * 12 + ux * 5.5);
    pen.lineTo(x - ux * 12 + uy * 5.5, y - uy * 12 - ux * 5.5);
    pen.fill();
  }

  drawDot({ x, y, radius, color, ring, hollow, bare }, theme) {
    const { pen } = this;
    const circle = (size) => {
      pen.beginPath();
      pen.arc(x, y, size, 0, 2 * Math.PI);
    };
    if (!bare) {
      circle(radius + 1.8);
      pen.fillStyle = css(theme.background);
      pen.fill();
      circle(radius);
      pen.fillStyle = css(hollow ? theme.background : color);
      pen.fill();
    }
    if (hollow || ring) {
      circle(hollow ? radius - 1 : radius + 4);
      pen.lineWidth = hollow ? 2.5 : 2;
      pen.strokeStyle = css(color);
      pen.stroke();
    }
  }

  write({ text, font, rectangle, baseline, ink, leader, x, y }, theme) {
    const { pen } = this;
    const { left, top, width, height } = rectangle;
    if (leader) {
      pen.lineWidth = 1;
      pen.strokeStyle = css(ink, 0.6);
      pen.beginPath();
      pen.moveTo(x, y);
      const nearest = (value, low, size) => Math.max(low, Math.min(low + size, value));
      pen.lineTo(nearest(x, left, width), nearest(y, top, height));
      pen.stroke();
    }
    pen.font = font;
    pen.textAlign = "left";
    pen.lineJoin = "round";
    pen.lineWidth = 3.6;
    pen.strokeStyle = css(theme.background, 0.9);
    const place = [Math.round(left) + 2, Math.round(top + baseline)];
    pen.strokeText(text, ...place);
    pen.fillStyle = css(ink);
    pen.fillText(text, ...place);
  }

  drawShape(shape, theme) {
    const { pen } = this;
    pen.beginPath();
    for (const [x, y] of shape) pen.lineTo(x, y);
    pen.closePath();
    pen.fillStyle = css(theme.roles.accent, 0.1);
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = css(theme.roles.accent);
    pen.stroke();
  }

  /** The font of a text and the room it takes; widths are kept, measuring is slow. */
  typeset(text, size, weight, theme) {
    if (!text) return {};
    const pixels = Math.round(theme.size * size * 2) / 2;
    const font = `${weight} ${pixels}px ${theme.family}`;
    const key = `${font} ${text}`;
    if (this.widths.size > 4000) this.widths.clear();
    if (!this.widths.has(key)) {
      this.pen.font = font;
      this.widths.set(key, this.pen.measureText(text).width);
    }
    return { font, width: this.widths.get(key) + 4, height: pixels * 1.24, baseline: pixels * 0.95 };
  }
}
