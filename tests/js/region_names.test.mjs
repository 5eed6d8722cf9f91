// The names of regions: which are shown at a zoom, and that they never overlap.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";

import { boundsOf, boxAround, Camera } from "../../viz/components/word_map/camera.js";
import { Occupied } from "../../viz/components/word_map/label_placement.js";
import { decodePayload, readPayload, unpacked } from "../../viz/components/word_map/payload.js";
import { namesInView, placeNames } from "../../viz/components/word_map/region_names.js";
import { regionName, wordsOf } from "../../viz/components/word_map/regions.js";
import { contrast, inkOf, regionColor } from "../../viz/components/word_map/theme.js";
import { close } from "./close.mjs";

const SIZES = { wide: [830, 520], phone: [358, 400] };
const ZOOMS = [1, 2, 4, 8, 16, 32];
const measure = (text, size) => 0.6 * size * text.length;

async function decoded(name) {
  const file = createReadStream(join(process.env.PAYLOADS, `${name}.gz`));
  return decodePayload(readPayload(await unpacked(Readable.toWeb(file))));
}

/** The regions of a random cloud, and a camera from which all of it is seen. */
async function mapOf(dimensions, [width, height]) {
  const regions = await decoded(`regions${dimensions}`);
  const { positions } = await decoded(`cloud${dimensions}`);
  const camera = Object.assign(new Camera(), { width, height });
  const { low, high } = boundsOf(positions);
  const home = camera.fit(boxAround([low, high]), dimensions);
  camera.interpolate(home, home, 1);
  return { regions, positions, camera };
}

const apart = (one, other) =>
  one.left + one.width <= other.left || other.left + other.width <= one.left
  || one.top + one.height <= other.top || other.top + other.height <= one.top;

for (const dimensions of [2, 3]) {
  for (const [kind, size] of Object.entries(SIZES)) {
    test(`names never overlap at six zooms: ${dimensions}D, ${kind}`, async () => {
      const { regions, camera } = await mapOf(dimensions, size);
      const [{ peaks: [peak] }] = regions.levels;
      let before = new Map();
      const levels = [];
      for (const zoom of ZOOMS) {
        camera.scale = camera.fitScale * zoom;
        camera.target = [...peak, 0].slice(0, 3);
        const occupied = { labels: new Occupied() };
        const word = { left: size[0] / 2 - 40, top: size[1] / 2 - 9, width: 80, height: 18 };
        occupied.labels.add(word);
        const names = namesInView(regions, camera);
        const placed = placeNames(names, occupied, camera, measure, { before });
        const rectangles = [word, ...placed.map(({ rectangle }) => rectangle)];
        for (const [index, one] of rectangles.entries()) {
          for (const other of rectangles.slice(0, index)) assert.ok(apart(one, other));
          assert.ok(one.left >= 0 && one.left + one.width <= size[0]);
          assert.ok(one.top >= 0 && one.top + one.height <= size[1]);
        }
        for (const { radius, size: pixels } of placed) {
          assert.ok(radius >= 28 && radius <= 0.6 * Math.min(...size));
          assert.ok(pixels >= 12 && pixels <= 24);
        }
        before = new Map(placed.map(({ key, shift }) => [key, shift]));
        levels.push(placed.map(({ level }) => level));
      }
      assert.ok(levels[0].length >= 4 && levels[0].includes(0));
      const deepest = Math.max(...levels.flat());
      assert.equal(deepest, 2); // names of smaller regions come
      assert.ok(!levels.at(-1).includes(0)); // and those of large ones go
    });
  }
}

test("larger regions come first and have larger names", async () => {
  const { regions, camera } = await mapOf(2, SIZES.wide);
  camera.scale = 3 * camera.fitScale;
  const names = namesInView(regions, camera);
  for (const [index, name] of names.entries()) {
    const previous = names[index - 1];
    if (!previous) continue;
    assert.ok(previous.level <= name.level);
    if (previous.level === name.level) assert.ok(previous.radius >= name.radius);
  }
  assert.ok(new Set(names.map(({ size }) => size)).size > 2);
});

test("an emphasized region is named first, however small it is", async () => {
  const { regions, camera } = await mapOf(2, SIZES.wide);
  const small = { level: 2, region: regions.levels[2].names.length - 1 };
  const [first] = namesInView(regions, camera, small);
  assert.deepEqual([first.level, first.region], [small.level, small.region]);
});

test("a name keeps its side, and in a hasty picture others are left out", async () => {
  const { regions, camera } = await mapOf(2, SIZES.wide);
  const names = namesInView(regions, camera);
  const [{ key }] = names;
  const before = new Map([[key, [3, 8]]]);
  const placed = placeNames(names, { labels: new Occupied() }, camera, measure, { before, hasty: true });
  assert.deepEqual(placed.map((name) => [name.key, name.shift]), [[key, [3, 8]]]);
});

test("every word has its finest region, its colour and the regions around it", async () => {
  const { regions } = await mapOf(2, SIZES.wide);
  const [{ sizes }, , finest] = regions.levels;
  const total = sizes.map((_, region) => wordsOf(regions, 0, region));
  assert.deepEqual(total.map((words) => words.length), sizes);
  assert.deepEqual(total.flat().sort((one, other) => one - other), [...regions.labels.keys()]);
  for (const index of [0, 1, 999]) {
    assert.equal(regions.paletteIndices[index], finest.colors[regions.labels[index]]);
    assert.equal(regionName(regions, index), finest.names[regions.labels[index]]);
  }
});

test("every shade of a region stands out, and every name can be read, on both backgrounds", () => {
  const themes = [
    { background: [255, 255, 255], text: [26, 31, 39] }, { background: [17, 21, 28], text: [233, 237, 242] },
  ];
  for (const [dark, theme] of themes.entries()) {
    const seen = new Set();
    for (let color = 0; color < 32; color++) {
      const shade = regionColor(color, dark);
      seen.add(String(shade));
      assert.ok(contrast(shade, theme.background) >= 3, `${color}, ${dark}`);
      assert.ok(contrast(inkOf(shade, theme), theme.background) >= 4.5, `${color}, ${dark}`);
    }
    assert.equal(seen.size, 32);
  }
  close([contrast([0, 0, 0], [255, 255, 255])], [21]);
});
