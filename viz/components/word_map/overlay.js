// Everything that is drawn over the points: axes, lines, highlighted words, labels, the selection.

import { drawAxes } from "./axes.js";
import { isKnown, isNarrow, labelBudget, labelCandidates, MAX_ALL_LABELLED } from "./label_candidates.js";
import {
  ACCENT, HIGHLIGHTED, NAMED, Occupied, PLAIN, placeLabel, widened,
} from "./label_placement.js";
import { beyondText, wordsBeyond } from "./outside.js";
import { readable } from "./payload.js";
import { namesInView, ON_SCREEN, placeNames } from "./region_names.js";
import { drawDot, drawLinks, drawShape, drawSpot, writeLabel, writeName } from "./strokes.js";
import { inkOf, mix, paletteColor, regionColor } from "./theme.js";

const PAUSE = 150; // ms between two searches for labels while the view moves
const MAX_LARGE = 24; // highlighted words and markers; if there are more, they are smaller
const MAX_LARGE_LABELS = 8; // of plain words
const MAX_VISIBLE_POINTS = 10000; // words; if there are more, single points are too faint to see
const OVERVIEW = 1.15; // zoom up to which words outside the initial view have no labels
const NARROW = 1.1; // times the font size of labels on a narrow picture
const MAX_FAVOURED = 6; // accents, or markers; if there are more, they have no priority

export class Overlay {
  constructor(canvas) {
    this.canvas = canvas;
    this.ownContext = canvas.getContext("2d");
    this.labels = [];
    this.names = []; // of regions
    this.nameSizes = ON_SCREEN;
    this.maxLarge = MAX_LARGE_LABELS;
    this.pointRadius = 2; // of plain words
    this.careful = false; // whether no plain label may cover a point, on maps with few words
    this.edges = []; // texts that count the words outside the picture
    this.widths = new Map();
    this.searched = -Infinity;
  }

  /** Redraw everything: on the canvas of the points if it has a 2D context (one layer less for the
   * browser to composite), else on the canvas above it. */
  draw({ ratio, context, ...picture }) {
    this.clear(picture.camera, ratio, context);
    this.paint(this.context, picture);
  }

  clear(camera, ratio, context) {
    const { canvas, ownContext } = this;
    const [width, height] = [Math.round(camera.width * ratio), Math.round(camera.height * ratio)];
    if (canvas.width !== width || canvas.height !== height || (context && this.context !== context)) {
      canvas.width = width;
      canvas.height = height;
    } else if (!context) ownContext.clearRect(0, 0, camera.width, camera.height);
    canvas.classList.toggle("spare", Boolean(context));
    this.context = context ?? ownContext;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Draw in a context. `moving`: the view moves. `flying`: the words move. `covers`: rectangles
   * where other elements cover the map. */
  paint(context, { model, camera, theme, moving, flying, shape, covers }) {
    context.textBaseline = "alphabetic";
    const occupied = { labels: new Occupied(), lines: new Occupied(), leaders: new Occupied() };
    const hasty = moving && performance.now() - this.searched < PAUSE;
    for (const rectangle of covers) occupied.labels.add(rectangle);
    for (const rectangle of drawAxes(context, model, camera, theme)) occupied.labels.add(rectangle);
    const dots = this.dots(model, camera, theme);
    for (const { x, y, radius } of dots) occupied.labels.add(squareAround(x, y, radius));
    const links = this.links(model, camera, theme);
    drawLinks(context, links, theme);
    for (const { from, to } of links) occupied.lines.addLine(from, to);
    this.edges = this.placeEdges(model, camera, theme);
    for (const { rectangle } of this.edges) occupied.labels.add(rectangle);
    const names = this.regionNames(model, camera, theme);
    const wanted = [
      ...dots.filter((dot) => dot.text), ...this.linkLabels(links, theme),
      ...this.plainLabels(model, camera, theme, { moving, flying, hasty, names }, dots),
    ];
    const crowded = model.words.length > MAX_VISIBLE_POINTS && !model.isDimmed();
    if (model.words.length <= MAX_ALL_LABELLED) {
      for (let index = 0; index < model.words.length; index++) {
        const seen = camera.project(model.position(index));
        if (seen) occupied.lines.add(squareAround(seen[0], seen[1], Math.max(4, this.pointRadius)));
      }
    }
    const isFirst = (label) => label.importance !== PLAIN || label.near;
    const before = this.labels;
    this.labels = [];
    const place = (some) => this.placeLabels(some, before, camera, theme, occupied, moving, hasty);
    place(wanted.filter(isFirst));
    this.placeNames(names, model, camera, theme, occupied, hasty);
    place(wanted.filter((label) => !isFirst(label)));
    for (const label of this.labels) {
      if (label.importance !== PLAIN) continue;
      if (crowded) drawSpot(context, label, theme); // the point alone is too faint
      writeLabel(context, label, theme);
    }
    for (const name of [...this.names].reverse()) writeName(context, name, theme);
    for (const edge of this.edges) writeLabel(context, edge, theme);
    for (const dot of dots) drawDot(context, dot, theme);
    const marked = this.labels.filter((label) => label.importance !== PLAIN);
    for (const label of marked.reverse()) writeLabel(context, label, theme);
    if (shape) drawShape(context, shape, theme);
  }

  /** Highlighted words, markers, and the words that are picked or under the pointer. */
  dots(model, camera, theme) {
    const dots = [];
    const { highlights, markers } = model;
    const many = highlights.length + markers.length > MAX_LARGE;
    const accents = highlights.filter(({ role }) => role === "accent");
    const favoured = accents.length <= MAX_FAVOURED;
    const named = markers.length > MAX_FAVOURED ? HIGHLIGHTED : NAMED;
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
        ? paletteColor(theme, model.legend, model.paletteIndices?.[index] ?? 255)
        : theme.roles[role];
      const ring = index === model.picked;
      add(index, model.position(index), color, readable(label ?? model.words.at(index), 40),
        { index, ring, importance: ring || (favoured && role === "accent") ? ACCENT : HIGHLIGHTED });
    }
    for (const { position, role, label } of markers) {
      add(label, position, theme.roles[role], readable(label, 40),
        { hollow: true, importance: named });
    }
    if (model.picked !== null && !shown.has(model.picked) && model.picked < model.words.length) {
      add(model.picked, model.position(model.picked), theme.roles.accent,
        readable(model.words.at(model.picked), 40),
        { index: model.picked, ring: true, importance: ACCENT });
    }
    if (model.hovered !== null) {
      const text = null; // the tooltip shows the word
      add("hovered", model.position(model.hovered), theme.text, text,
        { ring: true, bare: true, importance: ACCENT });
    }
    rankWithinColors(dots);
    return dots.sort((one, other) => other.importance - one.importance);
  }

  /** The labels of plain words. While the view moves, new ones are searched once per PAUSE. */
  plainLabels(model, camera, theme, { moving, flying, hasty, names }, dots) {
    const sameView = this.layout === model.layout && this.rows === camera.rows();
    const current = sameView && !this.searchedMoving;
    if (!this.candidates || !(current || hasty || flying)) {
      this.candidates = labelCandidates(model.words, model.positions(), camera, moving);
      [this.layout, this.rows, this.searchedMoving] = [model.layout, camera.rows(), moving];
    }
    if (!hasty) this.searched = performance.now();
    const shown = hasty && new Set(this.labels.map(({ name }) => name));
    const marked = new Set(dots.map((dot) => dot.index));
    const dimmed = model.isDimmed();
    const labels = [];
    const larger = isNarrow(camera) && model.words.length > MAX_ALL_LABELLED ? NARROW : 1;
    let rank = -1;
    for (const { index, text } of this.candidates.words) {
      if (marked.has(index)) continue;
      const near = model.near.has(index);
      if (!near && camera.zoom <= OVERVIEW && model.outliers.known.has(index)) continue;
      if (dimmed && !near && !isKnown(index, camera, model.words.length)) continue;
      rank += 1;
      if (shown && !shown.has(index)) continue;
      const seen = camera.project(model.position(index));
      if (!seen) continue;
      const large = rank < this.maxLarge && names.length === 0; // beside the names of regions, all are small
      const size = near ? 0.9 : dimmed ? 0.8 : large ? 1.02 : rank < 26 ? 0.9 : 0.82;
      labels.push({ name: index, index, x: seen[0], y: seen[1], radius: this.pointRadius,
        importance: PLAIN, text, rank: near ? rank - model.words.length : rank, near,
        ...this.typeset(text, size * larger, large && !dimmed ? 600 : 400, theme),
        ink: dimmed && !near ? theme.muted : mix(theme.muted, theme.text, near || rank < 26 ? 0.9 : 0.6), careful: this.careful });
    }
    return labels;
  }

  /** Place as many labels as fit. While the view moves, existing labels come first. If `hasty`,
   * only accents can be new. */
  placeLabels(wanted, last, camera, theme, occupied, moving, hasty) {
    const before = new Map(last.map((label) => [label.name, label.spot]));
    const late = ({ name }) => (moving && !before.has(name) ? 1 : 0);
    const order = [...wanted].sort((one, other) =>
      one.importance - other.importance || late(one) - late(other) || one.rank - other.rank);
    const marked = [...order, ...this.labels].filter(({ importance }) => importance !== PLAIN);
    const dimmed = marked.length > 1;
    let room = this.budget(camera, theme, dimmed);
    if (this.names.length) room = Math.max(4, room - this.names.length);
    const area = camera.width * camera.height * this.candidates.covered;
    const few = this.candidates.all <= MAX_ALL_LABELLED;
    const spacing = few ? 0 : Math.sqrt(area / Math.max(room, 1));
    const spread = new Occupied();
    for (const label of order) {
      const plain = label.importance === PLAIN;
      if (plain && !label.near && room === 0) break;
      const placed = placeLabel({ ...label, spot: before.get(label.name) }, occupied, camera, hasty);
      if (!placed) continue;
      if (plain && !label.near) {
        if (!spread.isFree(placed.rectangle)) continue;
        spread.add(widened(placed.rectangle, spacing));
        room -= 1;
      }
      occupied.labels.add(placed.rectangle);
      if (placed.leader) occupied.leaders.addLine([placed.x, placed.y], placed.leader);
      this.labels.push(placed);
    }
  }

  /** The maximum number of plain labels. */
  budget(camera, _theme, dimmed) {
    return labelBudget(camera, dimmed, this.candidates.all);
  }

  /** The texts at the edges that count the words outside. */
  placeEdges(model, camera, theme) {
    if (model.mix < 1) return [];
    return wordsBeyond(model.outliers, model.positions(), camera).map((edge) => {
      const text = beyondText(edge, model.unit);
      const type = this.typeset(text, 0.84, 600, theme);
      const inside = (value, size, all) => Math.max(4, Math.min(value - size / 2, all - size - 4));
      const rectangle = { left: inside(edge.x, type.width, camera.width),
        top: inside(edge.y, type.height, camera.height), width: type.width, height: type.height };
      return { ...edge, text, ...type, rectangle, ink: theme.muted };
    });
  }

  /** The names of regions that may be drawn; none while the words move. */
  regionNames({ regions, emphasized, mix: share }, camera, theme) {
    if (!regions || share < 1) return [];
    const scale = theme.size / 16;
    return namesInView(regions, camera, emphasized).map((name) => (
      { ...name, size: name.size * scale }
    ));
  }

  placeNames(names, model, camera, theme, occupied, hasty) {
    const { regions, emphasized, legend } = model;
    const before = new Map(this.names.map(({ key, shift }) => [key, shift]));
    const faded = model.isDimmed() || emphasized !== null;
    const style = (size) => ({ font: `700 ${size}px ${theme.family}`, spacing: size * 0.03 });
    const measure = (text, size) => this.measure(text, style(size).font, style(size).spacing);
    const options = { before, hasty, spacing: this.nameSizes.spacing };
    this.names = placeNames(names, occupied, camera, measure, options).map((name) => {
      const color = regionColor(regions.levels[name.level].colors[name.region], theme.dark);
      const ink = faded && !name.stands ? theme.muted : legend?.regions ? inkOf(color, theme) : theme.text;
      return { ...name, ...style(name.size), ink };
    });
  }

  /** The lines and arrows, with their ends projected to the screen. */
  links(model, camera, theme) {
    const seen = model.links.map((link) => {
      const [from, to] = [link.start, link.end].map((end) => camera.project(model.positionOf(end)));
      return { ...link, from, to, color: theme.roles[link.role] ?? theme.roles.accent };
    });
    return seen.filter(({ from, to }) => from && to);
  }

  linkLabels(links, theme) {
    return links.filter(({ label }) => label).map(({ from, to, label, color }, at) => {
      const text = readable(label, 40);
      return { name: `${label} ${at}`, x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2,
        radius: 4, importance: NAMED, rank: 0, text, ...this.typeset(text, 0.84, 600, theme),
        ink: mix(color, theme.text, 0.35) };
    });
  }

  /** The font of a text and its size; widths are cached, since measuring is slow. */
  typeset(text, size, weight, theme) {
    if (!text) return {};
    const pixels = Math.round(theme.size * size * 2) / 2;
    const font = `${weight} ${pixels}px ${theme.family}`;
    const width = this.measure(text, font) + 4;
    return { font, width, height: pixels * 1.24, baseline: pixels * 0.95 };
  }

  /** The width of a text, with so many pixels after each letter. */
  measure(text, font, spacing = 0) {
    const key = `${font} ${text}`;
    if (this.widths.size > 4000) this.widths.clear();
    if (!this.widths.has(key)) {
      this.ownContext.font = font;
      this.widths.set(key, this.ownContext.measureText(text).width);
    }
    return this.widths.get(key) + spacing * text.length;
  }
}

/** Rank the dots within each colour, to label the first of every colour before any second one. */
function rankWithinColors(dots) {
  const ranks = new Map();
  for (const dot of dots) {
    const color = String(dot.color);
    dot.rank = ranks.get(color) ?? 0;
    ranks.set(color, dot.rank + 1);
  }
}

function squareAround(x, y, radius) {
  return { left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius };
}
