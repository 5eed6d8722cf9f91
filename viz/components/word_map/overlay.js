// What is drawn over the cloud: axes, lines, highlighted words, labels, the shape of a selection.

import { drawAxes } from "./axes.js";
import { FEW, isKnown, labelBudget, labelCandidates } from "./label_candidates.js";
import { ACCENT, LIT, NAMED, Occupied, PLAIN, placeLabel, widened } from "./label_placement.js";
import { readable } from "./payload.js";
import { drawDot, drawLinks, drawShape, drawSpot, writeLabel } from "./strokes.js";
import { mix, placeColor } from "./theme.js";

const PAUSE = 150; // ms between two searches for plain words while the view moves
const MANY = 24; // highlighted words beyond which each is drawn smaller
const CROWD = 10000; // words beyond which points are too faint to be seen alone
const FAVOURED = 6; // accents and markers up to which each is more important than the rest

export class Overlay {
  constructor(canvas) {
    this.canvas = canvas;
    this.ownPen = canvas.getContext("2d");
    this.labels = [];
    this.widths = new Map();
    this.searched = -Infinity;
  }

  /** Draw everything anew, on the cloud's own canvas if that has a pen (one picture less to
   * compose), else on the canvas above it. */
  draw({ ratio, pen, ...picture }) {
    this.clear(picture.camera, ratio, pen);
    this.paint(this.pen, picture);
  }

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

  /** Draw with any pen; `moving` while the view moves, `flying` while the words do, `covers` are
   * the rectangles that something else lies on. */
  paint(pen, { model, camera, theme, moving, flying, shape, covers }) {
    pen.textBaseline = "alphabetic";
    const taken = { labels: new Occupied(), lines: new Occupied(), leaders: new Occupied() };
    const hasty = moving && performance.now() - this.searched < PAUSE;
    for (const rectangle of covers) taken.labels.add(rectangle);
    for (const rectangle of drawAxes(pen, model, camera, theme)) taken.labels.add(rectangle);
    const dots = this.dots(model, camera, theme);
    for (const { x, y, radius } of dots) taken.labels.add(square(x, y, radius));
    const links = this.links(model, camera, theme);
    drawLinks(pen, links, theme);
    for (const { from, to } of links) taken.lines.addLine(from, to);
    const wanted = [
      ...dots.filter((dot) => dot.text), ...this.linkLabels(links, theme),
      ...this.plainLabels(model, camera, theme, { moving, flying, hasty }, dots),
    ];
    const crowded = model.words.length > CROWD && !model.quiet();
    if (model.words.length <= FEW) {
      for (let index = 0; index < model.words.length; index++) {
        const seen = camera.project(model.place(index));
        if (seen) taken.lines.add(square(seen[0], seen[1], 4));
      }
    }
    this.place(wanted, camera, taken, moving, hasty);
    for (const label of this.labels) {
      if (label.importance !== PLAIN) continue;
      if (crowded) drawSpot(pen, label, theme); // among so many, its point is too faint to be seen
      writeLabel(pen, label, theme);
    }
    for (const dot of dots) drawDot(pen, dot, theme);
    const marked = this.labels.filter((label) => label.importance !== PLAIN);
    for (const label of marked.reverse()) writeLabel(pen, label, theme);
    if (shape) drawShape(pen, shape, theme);
  }

  /** Highlighted words, markers, and the words that are picked or under the pointer. */
  dots(model, camera, theme) {
    const dots = [];
    const { highlights, markers } = model;
    const many = highlights.length + markers.length > MANY;
    const accents = highlights.filter(({ role }) => role === "accent").length;
    const named = markers.length > FAVOURED ? LIT : NAMED;
    const add = (name, point, color, text, extra) => {
      const seen = camera.project(point);
      if (!seen || Math.abs(seen[0]) > 1e5 || Math.abs(seen[1]) > 1e5) return;
      const accent = extra.importance === ACCENT;
      const [size, weight] = accent ? [1.06, 700] : many ? [0.86, 600] : [1, 650];
      dots.push({ name, x: seen[0], y: seen[1], radius: accent || !many ? 5.5 : 4.5, color, text,
        ...this.typeset(text, size, weight, theme), ink: mix(color, theme.text, 0.35), ...extra });
    };
    const shown = new Set();
    for (const { index, role, label } of highlights) {
      shown.add(index);
      if (role === "group" && model.isHidden(index)) continue;
      const color = role === "group"
        ? placeColor(theme, model.legend, model.places?.[index] ?? 255)
        : theme.roles[role];
      const ring = index === model.picked;
      add(index, model.place(index), color, readable(label ?? model.words.at(index), 40),
        { index, ring, importance: ring || (role === "accent" && accents <= FAVOURED) ? ACCENT : LIT });
    }
    for (const { position, role, label } of markers) {
      add(label, position, theme.roles[role], readable(label, 40),
        { hollow: true, importance: named });
    }
    if (model.picked !== null && !shown.has(model.picked) && model.picked < model.words.length) {
      add(model.picked, model.place(model.picked), theme.roles.accent,
        readable(model.words.at(model.picked), 40),
        { index: model.picked, ring: true, importance: ACCENT });
    }
    if (model.hovered !== null) {
      const text = null; // its word is in the tooltip
      add("hovered", model.place(model.hovered), theme.text, text,
        { ring: true, bare: true, importance: ACCENT });
    }
    giveTurns(dots);
    return dots.sort((one, other) => other.importance - one.importance);
  }

  /** The plain words worth a label; which they are is looked up now and then while moving. */
  plainLabels(model, camera, theme, { moving, flying, hasty }, dots) {
    const known = this.layout === model.layout && this.rows === camera.rows() && !this.hurried;
    if (!this.candidates || !(known || hasty || flying)) {
      this.candidates = labelCandidates(model.words, model.positions(), camera, moving);
      [this.layout, this.rows, this.hurried] = [model.layout, camera.rows(), moving];
    }
    if (!hasty) this.searched = performance.now();
    const stood = hasty && new Set(this.labels.map(({ name }) => name));
    const taken = new Set(dots.map((dot) => dot.index));
    const quiet = model.quiet();
    const labels = [];
    let rank = -1;
    for (const { index, text } of this.candidates.found) {
      if (taken.has(index)) continue;
      if (quiet && !isKnown(index, camera, model.words.length)) continue;
      rank += 1;
      if (stood && !stood.has(index)) continue;
      const seen = camera.project(model.place(index));
      if (!seen) continue;
      const size = quiet ? 0.8 : rank < 8 ? 1.02 : rank < 26 ? 0.9 : 0.82;
      labels.push({ name: index, index, x: seen[0], y: seen[1], radius: 2, importance: PLAIN,
        text, turn: rank,
        ...this.typeset(text, size, rank < 8 && !quiet ? 600 : 400, theme),
        ink: quiet ? theme.muted : mix(theme.muted, theme.text, rank < 26 ? 0.9 : 0.6) });
    }
    return labels;
  }

  /** Give room to as many labels as fit; while moving, first to those that stood, and in a hasty
   * picture to no others. */
  place(wanted, camera, taken, moving, hasty) {
    const before = new Map(this.labels.map((label) => [label.name, label.stood]));
    const late = ({ name }) => (moving && !before.has(name) ? 1 : 0);
    const order = [...wanted].sort((one, other) =>
      one.importance - other.importance || late(one) - late(other) || one.turn - other.turn);
    const quiet = order.filter(({ importance }) => importance !== PLAIN).length > 1;
    let room = labelBudget(camera, quiet, this.candidates.all);
    const area = camera.width * camera.height * this.candidates.covered;
    const few = this.candidates.all <= FEW;
    const spacing = few ? 0 : Math.sqrt(area / Math.max(room, 1));
    const spread = new Occupied();
    this.labels = [];
    for (const label of order) {
      const plain = label.importance === PLAIN;
      if (plain && room === 0) break;
      const placed = placeLabel({ ...label, stood: before.get(label.name) }, taken, camera, hasty);
      if (!placed) continue;
      if (plain) {
        if (!spread.isFree(placed.rectangle)) continue;
        spread.add(widened(placed.rectangle, spacing));
        room -= 1;
      }
      taken.labels.add(placed.rectangle);
      if (placed.leader) taken.leaders.addLine([placed.x, placed.y], placed.leader);
      this.labels.push(placed);
    }
  }

  /** Lines and arrows, and their texts. */
  links(model, camera, theme) {
    const seen = model.links.map((link) => {
      const [from, to] = [link.start, link.end].map((place) => camera.project(model.placeOf(place)));
      return { ...link, from, to, color: theme.roles[link.role] ?? theme.roles.accent };
    });
    return seen.filter(({ from, to }) => from && to);
  }

  linkLabels(links, theme) {
    return links.filter(({ label }) => label).map(({ from, to, label, color }, at) => {
      const text = readable(label, 40);
      return { name: `${label} ${at}`, x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2,
        radius: 4, importance: NAMED, turn: 0, text, ...this.typeset(text, 0.84, 600, theme),
        ink: mix(color, theme.text, 0.35) };
    });
  }

  /** The font of a text and the room it takes; widths are kept, measuring is slow. */
  typeset(text, size, weight, theme) {
    if (!text) return {};
    const pixels = Math.round(theme.size * size * 2) / 2;
    const font = `${weight} ${pixels}px ${theme.family}`;
    const key = `${font} ${text}`;
    if (this.widths.size > 4000) this.widths.clear();
    if (!this.widths.has(key)) {
      this.ownPen.font = font;
      this.widths.set(key, this.ownPen.measureText(text).width);
    }
    const width = this.widths.get(key) + 4;
    return { font, width, height: pixels * 1.24, baseline: pixels * 0.95 };
  }
}

/** The first word of each colour is labelled before the second of any. */
function giveTurns(dots) {
  const turns = new Map();
  for (const dot of dots) {
    const color = String(dot.color);
    dot.turn = turns.get(color) ?? 0;
    turns.set(color, dot.turn + 1);
  }
}

function square(x, y, radius) {
  return { left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius };
}
