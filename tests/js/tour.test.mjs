// The regions that a tour visits.

import assert from "node:assert/strict";
import { test } from "node:test";

import { stopsOf } from "../../viz/components/word_map/tour.js";

const LEVELS = [
  { names: ["a", "b", "c"], sizes: [50, 30, 20], kept: [1, 1, 1], parents: [0, 0, 0] },
  {
    names: ["one", "two", "three", "four", "five, six", "12, 13"],
    sizes: [28, 22, 16, 14, 12, 8], kept: [0.2, 0.9, 0.8, 0.9, 0.3, 0.9], parents: [0, 0, 1, 1, 2, 2],
  },
  { names: ["x"], sizes: [100], kept: [1], parents: [0] },
];

test("the largest that hold together, one of each region of the first level", () => {
  assert.deepEqual(stopsOf({ levels: LEVELS }), [
    { level: 1, region: 1 }, { level: 1, region: 2 }, // 5 has no letters in its name
  ]);
});

test("of a single level, the largest of it", () => {
  const stops = stopsOf({ levels: LEVELS.slice(0, 1) });
  assert.deepEqual(stops, [0, 1, 2].map((region) => ({ level: 0, region })));
});

test("five at most", () => {
  const names = Array.from({ length: 12 }, (_, region) => `region${region}`);
  const level = { names, sizes: names.map((_, at) => 99 - at), kept: names.map(() => 0.5),
    parents: names.map(() => 0) };
  assert.deepEqual(stopsOf({ levels: [level] }).map(({ region }) => region), [0, 1, 2, 3, 4]);
});
