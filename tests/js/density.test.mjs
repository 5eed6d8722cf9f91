// The shading under the points.

import assert from "node:assert/strict";
import { test } from "node:test";

import { densityAlpha, densityImage, densityPlace } from "../../viz/components/word_map/density.js";
import { boundsOf, Camera } from "../../viz/components/word_map/camera.js";
import { close } from "./close.mjs";
import { randomNumbers } from "./random_numbers.mjs";

/** Two clouds: a red one on the left, and a blue one with a third of its words on the right. */
function clouds(count) {
  const random = randomNumbers(5);
  const positions = new Float32Array(3 * count);
  const styles = new Uint8Array(4 * count);
  for (let i = 0; i < count; i++) {
    const right = i % 4 === 3;
    positions.set([(right ? 8 : 0) + random(), 2 * random(), 0], 3 * i);
    styles[4 * i] = right ? 1 : 0;
  }
  positions.set([NaN, NaN, NaN], 0);
  return { positions, styles };
}

const PALETTE = new Uint8Array(1024);
PALETTE.set([200, 0, 0, 255, 0, 0, 200, 255]);

function pixelAt({ pixels, columns, rows, low, high }, x, y) {
  const column = Math.floor(((x - low[0]) / (high[0] - low[0])) * columns);
  const row = Math.floor(((high[1] - y) / (high[1] - low[1])) * rows);
  return [...pixels.subarray(4 * (row * columns + column)).subarray(0, 4)];
}

test("it is dense where words are, in their colour, and empty elsewhere", () => {
  const { positions, styles } = clouds(4000);
  const image = densityImage(positions, styles, PALETTE, boundsOf(positions), 0);
  const [left, middle, right] = [0.5, 4.5, 8.5].map((x) => pixelAt(image, x, 1));
  close(left.slice(0, 3), [200, 0, 0], 1);
  close(right.slice(0, 3), [0, 0, 200], 1);
  assert.equal(middle[3], 0);
  assert.ok(left[3] > right[3] && right[3] > 20 && left[3] < 100);
});

test("few words, or words on a line, have none", () => {
  const { positions, styles } = clouds(500);
  assert.equal(densityImage(positions, styles, PALETTE, boundsOf(positions), 0), null);
  const many = clouds(2000);
  for (let at = 1; at < many.positions.length; at += 3) many.positions[at] = 0;
  const bounds = boundsOf(many.positions);
  assert.equal(densityImage(many.positions, many.styles, PALETTE, bounds, 0), null);
});

test("it moves with the camera and fades from near", () => {
  const camera = Object.assign(new Camera(), { width: 800, height: 500, scale: 50, fitScale: 50 });
  const { left, top, width, height } = densityPlace({ low: [-2, -1], high: [4, 3] }, camera);
  close([left, top, width, height], [300, 100, 300, 200]);
  assert.equal(densityAlpha(1, false), 1);
  assert.ok(densityAlpha(1, true) < 1);
  assert.ok(densityAlpha(5, false) < 0.5);
  assert.equal(densityAlpha(100, false), 0);
});
