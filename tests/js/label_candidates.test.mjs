// The selection of plain (not highlighted) words that may have a label.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera } from "../../viz/components/word_map/camera.js";
import {
  labelBudget, labelCandidates, MAX_ALL_LABELLED,
} from "../../viz/components/word_map/label_candidates.js";
import { randomNumbers } from "./random_numbers.mjs";

const camera = Object.assign(new Camera(), { width: 1200, height: 600, scale: 100, fitScale: 100 });

/** Words named after their rank, at random positions that extend beyond the picture. */
function cloud(count, name = (index) => `word${index}`) {
  const random = randomNumbers(3);
  const positions = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) positions.set([16 * random() - 8, 8 * random() - 4, 0], 3 * i);
  return { words: { length: count, at: name }, positions };
}

test("of few words, all in view", () => {
  const { words, positions } = cloud(MAX_ALL_LABELLED);
  const visible = Array.from({ length: words.length }, (_, i) => camera.project(
    positions.subarray(3 * i, 3 * i + 3),
  )).filter(([x, y]) => x >= 0 && y >= 0 && x < 1200 && y < 600);
  const found = labelCandidates(words, positions, camera, false);
  assert.equal(found.words.length, visible.length);
  assert.equal(found.all, MAX_ALL_LABELLED);
});

test("of many words, the most frequent four of each cell, the most frequent first", () => {
  const { words, positions } = cloud(20000);
  const { words: found, covered } = labelCandidates(words, positions, camera, false);
  assert.equal(found.length, 4 * 10 * 10); // 4 words in each of 10 by 10 cells
  assert.equal(covered, 1);
  for (let i = 1; i < found.length; i++) assert.ok(found[i].index > found[i - 1].index);
  assert.ok(found[0].index < 20);
});

test("punctuation is left out among many words", () => {
  const { words, positions } = cloud(5000, (index) => (index % 2 ? "," : `word${index}`));
  const { words: found } = labelCandidates(words, positions, camera, false);
  assert.ok(found.length > 0 && found.every(({ text }) => text !== ","));
});

test("there are more labels when zoomed in, fewer behind highlighted words", () => {
  const closer = Object.assign(new Camera(), { ...camera, scale: 6400 });
  const budget = labelBudget(camera, false, 20000);
  assert.ok(labelBudget(closer, false, 20000) > budget);
  assert.ok(labelBudget(camera, true, 20000) < budget);
  assert.equal(labelBudget(closer, true, 20000), labelBudget(closer, false, 20000));
  assert.equal(labelBudget(camera, false, 100), 100);
  assert.equal(labelBudget(camera, true, 100), 100);
});
