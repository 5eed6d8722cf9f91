// What is drawn over the cloud: axes, lines, highlighted words, labels, the shape of a selection.

import { drawAxes } from "./axes.js";
import { labelBudget, labelCandidates } from "./label_candidates.js";
import { Occupied, placeLabel, widened } from "./label_placement.js";
import { readable } from "./payload.js";
import { drawArrow, drawDot, drawShape, writeLabel } from "./strokes.js";
import { mix, placeColor } from "./theme.js";

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
    for (const label of this.labels) if (!label.must) writeLabel(pen, label, theme);
    for (const dot of dots) drawDot(pen, dot, theme);
    for (const label of this.labels) if (label.must) writeLabel(pen, label, theme);
    if (shape) drawShape(pen, shape, theme);
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
    canvas.classList.toggle("spare", Boolean(pen));
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
        ...this.typeset(text, 1, 700, theme), ink: mix(color, theme.text, 0.35), ...extra });
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
    const fresh = this.layout === model.layout && this.rows === camera.rows();
    if (!this.candidates || (!flying && !fresh && (!moving || now - this.searched > PAUSE))) {
      this.candidates = labelCandidates(model.words, model.positions(), camera);
      [this.layout, this.rows, this.searched] = [model.layout, camera.rows(), now];
    }
    const taken = new Set(dots.map((dot) => dot.index));
    const quiet = model.quiet();
    const labels = [];
    for (const { index, text } of this.candidates.found) {
      if (taken.has(index)) continue;
      const seen = camera.project(model.place(index));
      if (!seen || seen[0] < 0 || seen[1] < 0) continue;
      const rank = labels.length;
      const size = quiet ? 0.8 : rank < 8 ? 1.02 : rank < 26 ? 0.9 : 0.82;
      labels.push({ name: index, index, x: seen[0], y: seen[1], radius: 2, must: false, text,
        ...this.typeset(text, size, rank < 8 && !quiet ? 600 : 400, theme),
        ink: quiet ? theme.muted : mix(theme.muted, theme.text, rank < 26 ? 0.9 : 0.6) });
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
    let room = labelBudget(camera, order.length > plain.length + 1, this.candidates.all);
    const area = camera.width * camera.height * this.candidates.covered;
    const spacing = Math.sqrt(area / Math.max(room, 1));
    const spread = new Occupied();
    this.labels = [];
    for (const label of order) {
      if (!label.must && room === 0) break;
      const standing = { ...label, side: before.get(label.name) };
      const placed = placeLabel(standing, occupied, lines, camera);
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
      const look = { color, arrow, dashed, gap: DOT + 2 };
      const { length, ux, uy } = drawArrow(pen, from, to, look, theme);
      for (let at = 8; at < Math.min(length, 3000); at += 10) {
        lines.add({ left: from[0] + ux * at - 3, top: from[1] + uy * at - 3, width: 6, height: 6 });
      }
      if (label) {
        const text = readable(label, 40);
        labels.push({ name: `${label} ${labels.length}`, x: (from[0] + to[0]) / 2,
          y: (from[1] + to[1]) / 2, radius: 4, must: true, text,
          ...this.typeset(text, 0.84, 600, theme), ink: mix(color, theme.text, 0.35) });
      }
    }
    return labels;
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
    const width = this.widths.get(key) + 4;
    return { font, width, height: pixels * 1.24, baseline: pixels * 0.95 };
  }
}
