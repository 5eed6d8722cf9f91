// Which word is under the pointer, and which are inside a shape.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera } from "../../viz/components/word_map/camera.js";
import {
  closestWords, denseNear, meanNear, nearestWord, surrounds, wordsInside,
} from "../../viz/components/word_map/picking.js";
import { close } from "./close.mjs";

const camera = Object.assign(new Camera(), { width: 400, height: 400, scale: 100, fitScale: 100 });
const POSITIONS = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0, NaN, NaN, NaN, 5, 5, 0]);

test("the nearest word within reach", () => {
  assert.equal(nearestWord(POSITIONS, camera, 203, 198, 12), 0);
  assert.equal(nearestWord(POSITIONS, camera, 290, 200, 12), 1);
  assert.equal(nearestWord(POSITIONS, camera, 250, 250, 12), -1);
});

test("words inside a box, none beyond the picture", () => {
  const box = [[150, 50], [350, 50], [350, 250], [150, 250]];
  assert.deepEqual(wordsInside(POSITIONS, camera, box), [0, 1, 2]);
  const all = [[-9e3, -9e3], [9e3, -9e3], [9e3, 9e3], [-9e3, 9e3]];
  assert.deepEqual(wordsInside(POSITIONS, camera, all), [0, 1, 2]);
});

test("inside a polygon with a notch", () => {
  const arrow = [[0, 0], [10, 5], [0, 10], [4, 5]];
  assert.ok(surrounds(arrow, 6, 5));
  assert.ok(!surrounds(arrow, 2, 5));
  assert.ok(!surrounds(arrow, 11, 5));
});

test("the closest words, without those that have no position", () => {
  assert.deepEqual(closestWords(POSITIONS, 1, 2), [1, 0]);
  const [itself, , , last, ...more] = closestWords(POSITIONS, 0, 9);
  assert.deepEqual([itself, last, more], [0, 4, []]);
});

test("the mean of the words near a place in the picture", () => {
  close(meanNear(POSITIONS, camera, 200, 200, 10), [0, 0, 0]);
  close(meanNear(POSITIONS, camera, 250, 150, 100), [1 / 3, 1 / 3, 0]); // as far from all three
  assert.equal(meanNear(POSITIONS, camera, 60, 340, 10), null);
  assert.equal(meanNear(POSITIONS, camera, 700, -300, 100), null); // that word is not in the picture
});

test("a dense place is among words, not between two heaps", () => {
  const heaps = Float32Array.from({ length: 60 }, (_, at) => [at < 33 ? -1 : 1, 0, 0][at % 3]);
  const [x] = denseNear(heaps, camera, 200, 200, 100);
  assert.ok(Math.abs(Math.abs(x) - 1) < 0.01, `${x}`);
  const [mean] = meanNear(heaps, camera, 200, 200, 100);
  assert.ok(Math.abs(mean) < 0.5, `${mean}`);
  assert.equal(denseNear(heaps, camera, -900, 200, 10), null);
});
