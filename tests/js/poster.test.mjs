// Posters: their parts on the sheet, and that names and words on them are readable and apart.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";

import { boundsOf, boxAround, Camera } from "../../viz/components/word_map/camera.js";
import { Model } from "../../viz/components/word_map/model.js";
import { outliersOf } from "../../viz/components/word_map/outside.js";
import { decodePayload, readPayload, unpacked } from "../../viz/components/word_map/payload.js";
import { PosterOverlay } from "../../viz/components/word_map/poster_overlay.js";
import { posterPlan } from "../../viz/components/word_map/poster_plan.js";
import { SvgContext } from "../../viz/components/word_map/svg_context.js";
import { paperTheme } from "../../viz/components/word_map/theme.js";

const POINT = 96 / 72;
const LEAST = 6 * POINT; // no smaller text is readable on paper
const measure = (text, size) => 0.6 * size * text.length;
const NOTES = ["Vectors: GloVe.", "Layout: t-SNE, perplexity 30, seed 0."];

/** A canvas that measures texts; there is none in node. */
function ruler() {
  return { font: "", measureText(text) {
    return { width: measure(text, Number(/([\d.]+)px/.exec(this.font)[1])) };
  } };
}

const planOf = (paper, landscape, title = "20,000 words", notes = NOTES, count = 20000) =>
  posterPlan(paper, landscape, { title, notes }, count, () => 40, measure);

for (const [paper, short, long] of [["A4", 210, 297], ["A3", 297, 420], ["A2", 420, 594]]) {
  for (const landscape of [false, true]) {
    test(`everything is on the sheet: ${paper}, ${landscape ? "landscape" : "portrait"}`, () => {
      const hard = ["<b>&\"'", "x".repeat(200), "many words ".repeat(100), ""];
      for (const text of ["20,000 words", ...hard]) {
        const plan = planOf(paper, landscape, text, [...NOTES, ...hard, ...hard, ...hard]);
        assert.deepEqual(plan.millimetres, landscape ? [long, short] : [short, long]);
        const { width, height, margin, inner, title, notes, legend, map } = plan;
        assert.ok(Math.abs(width - plan.millimetres[0] * (96 / 25.4)) < 1e-6);
        for (const { lines, size } of [title, notes]) {
          assert.ok(size >= LEAST);
          for (const line of lines) assert.ok(measure(line, size) <= inner + 2 * size);
        }
        const titleEnd = margin + title.lines.length * title.line;
        assert.ok(titleEnd <= legend.top && legend.top + 40 * plan.scale <= map.top);
        assert.ok(map.top + map.height < notes.top);
        assert.ok(notes.top + notes.lines.length * notes.line <= height - margin + 1e-6);
        assert.ok(map.height > 0.5 * height && map.width > 0.85 * width);
      }
    });
  }
}

async function decoded(name) {
  const file = createReadStream(join(process.env.PAYLOADS, `${name}.gz`));
  return decodePayload(readPayload(await unpacked(Readable.toWeb(file))));
}

/** A poster of a random cloud: its names and labels, and the font sizes in the drawing. */
async function drawn(paper, count = null) {
  const [layout, regions] = await Promise.all([decoded("cloud2"), decoded("regions2")]);
  const few = count !== null;
  if (few) Object.assign(layout, { positions: layout.positions.slice(0, 3 * count), shown: count });
  const words = Array.from({ length: layout.shown }, (_, index) => `word${index}`);
  const plan = planOf(paper, true, "Words", NOTES, layout.shown);
  const model = new Model();
  model.setWords(words);
  model.layout = layout;
  const marks = { highlights: [], links: [], markers: [], axes: [], scales: [], dim: true };
  model.setMarks({ ...marks, legend: few ? null : { regions: true } }, null, few ? null : regions);
  const bounds = boundsOf(layout.positions);
  model.outliers = outliersOf(layout.positions, bounds);
  const { width, height } = plan.map;
  const camera = Object.assign(new Camera(), { width, height });
  const home = camera.fit(boxAround([bounds.low, bounds.high]), 2, 10);
  camera.interpolate(home, home, 1);
  const overlay = new PosterOverlay({ getContext: ruler }, plan.names, layout.shown);
  const context = new SvgContext(ruler());
  const picture = { model, camera, theme: paperTheme(plan.size), covers: [] };
  overlay.paint(context, { ...picture, moving: false, flying: false });
  const texts = context.parts.filter((part) => part.startsWith("<text"));
  const sizes = texts.map((text) => Number(/font-size="([\d.]+)"/.exec(text)[1]));
  return { ...plan, names: overlay.names, labels: overlay.labels, sizes };
}

const apart = (one, other) =>
  one.left + one.width <= other.left || other.left + other.width <= one.left
  || one.top + one.height <= other.top || other.top + other.height <= one.top;

function assertApart({ names, labels, map }) {
  const rectangles = [...names, ...labels].map(({ rectangle }) => rectangle);
  for (const [index, one] of rectangles.entries()) {
    for (const other of rectangles.slice(0, index)) assert.ok(apart(one, other));
    assert.ok(one.left >= 0 && one.left + one.width <= map.width);
    assert.ok(one.top >= 0 && one.top + one.height <= map.height);
  }
}

test("names and words are apart and readable, and a larger paper has more of both", async () => {
  const posters = await Promise.all(["A4", "A3", "A2"].map((paper) => drawn(paper)));
  for (const poster of posters) {
    assertApart(poster);
    assert.ok(Math.min(...poster.sizes) >= LEAST);
    assert.deepEqual([...new Set(poster.names.map(({ level }) => level))].sort(), [0, 1, 2]);
    const most = [0, 1, 2].map((wanted) =>
      Math.max(...poster.names.filter(({ level }) => level === wanted).map(({ size }) => size)));
    assert.ok(most[0] > most[1] && most[1] > most[2]); // larger regions have larger names
  }
  for (const [index, larger] of posters.slice(1).entries()) {
    assert.ok(larger.names.length > posters[index].names.length);
  }
  assert.ok(posters[2].labels.length > posters[0].labels.length);
});

test("ten words without regions all have a large label", async () => {
  for (const paper of ["A4", "A2"]) {
    const poster = await drawn(paper, 10);
    assertApart(poster);
    assert.equal(poster.names.length, 0);
    assert.equal(poster.labels.length, 10);
    assert.ok(Math.min(...poster.sizes) >= 14 * POINT);
  }
});
