// The scores of words for a moved tip, the scale of a plane, and the sides of labels.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { planeFrame, roundNumbers } from "../../viz/components/arrow_plane/frame.js";
import { pairOf, shortNumber } from "../../viz/components/arrow_plane/pair.js";
import { bestWords } from "../../viz/components/arrow_plane/scores.js";
import { linesOf, placeLabels, pointsAlong } from "../../viz/components/arrow_plane/sides.js";
import { close } from "./close.mjs";

const moved = JSON.parse(readFileSync(`${process.env.PAYLOADS}/moved_tip.json`, "utf-8"));

test("the scores of every metric are those that the server computes", () => {
  for (const { movable, tip, scores } of moved) {
    const best = bestWords(movable, tip, movable.words.length);
    const byIndex = [...best].sort((one, other) => one.index - other.index);
    close(byIndex.map(({ score }) => score), scores, 1e-4);
    const sign = movable.metric === "euclidean" ? 1 : -1;
    for (let i = 1; i < best.length; i++) assert.ok(sign * (best[i].score - best[i - 1].score) >= 0);
  }
});

test("only so many words are returned as asked for", () => {
  assert.equal(bestWords(moved[0].movable, moved[0].tip, 2).length, 2);
});

test("a frame keeps angles, and goes back from pixels to coordinates", () => {
  const frame = planeFrame([[0, 0], [4, 1], [2, -3]], 500, 300, [10, 20, 30, 40]);
  const [x, y] = frame.toPixels([1, -1]);
  close(frame.fromPixels([x, y]), [1, -1]);
  const [x0, y0] = frame.toPixels([0, 0]);
  close([x - x0, y - y0], [frame.scale, frame.scale]); // pixels go down
  for (const point of [[0, 0], [4, 1], [2, -3]]) {
    const [right, down] = frame.toPixels(point);
    assert.ok(right >= 10 - 1e-9 && right <= 470 + 1e-9 && down >= 20 - 1e-9 && down <= 260 + 1e-9);
  }
});

test("one point alone has a place", () => {
  const frame = planeFrame([[2, 2]], 100, 100, [10, 10, 10, 10]);
  assert.ok(frame.toPixels([2, 2]).every((pixel) => pixel > 0 && pixel < 100));
});

test("round numbers are multiples of 1, 2 or 5", () => {
  close(roundNumbers(-1.2, 3.1, 5), [-1, 0, 1, 2, 3]);
  close(roundNumbers(0, 0.9, 4), [0, 0.5]);
});

test("labels do not cover each other or leave the picture", () => {
  const at = [50, 20];
  const labels = [1, 2, 3].map(() => ({ at, width: 30, height: 14 }));
  const centers = placeLabels(labels, [], 100, 60);
  for (const [i, [x, y]] of centers.entries()) {
    assert.ok(x - 15 >= 0 && x + 15 <= 100 && y - 7 >= 0 && y + 7 <= 60, `${x} ${y}`);
    for (const [otherX, otherY] of centers.slice(0, i)) {
      assert.ok(Math.abs(x - otherX) >= 30 || Math.abs(y - otherY) >= 14);
    }
  }
});

test("a label keeps away from what it should not cover", () => {
  const [[x, y]] = placeLabels([{ at: [50, 50], width: 30, height: 14 }], [[50, 34]], 100, 100);
  assert.notDeepEqual([x, y], [50, 34]);
});

test("a label is not crossed by the line that it is beside", () => {
  const line = pointsAlong([60, 200], [60, 0]);
  for (let at = 1; at < line.length; at++) {
    assert.ok(Math.hypot(line[at][0] - line[at - 1][0], line[at][1] - line[at - 1][1]) < 5.01);
  }
  const [[x]] = placeLabels([{ at: [60, 100], width: 80, height: 17 }], line, 220, 200);
  assert.ok(x - 40 > 60 || x + 40 < 60, x);
  assert.deepEqual(pointsAlong([1, 2], [1, 2]), [[1, 2], [1, 2]]);
});

test("a wide label has two lines", () => {
  const width = (text) => text.length;
  assert.deepEqual(linesOf("the same arrow, from woman", width, 20), ["the same arrow,", "from woman"]);
  assert.deepEqual(linesOf("the same arrow, from woman", width, 40), ["the same arrow, from woman"]);
  assert.deepEqual(linesOf("one long label", width, 3), ["one long label"]);
});

test("two arrows: lengths, angle, dot product and shadow by hand", () => {
  const right = pairOf([4, 3], [-3, 4]);
  close([...right.lengths, right.dot, right.angle], [5, 5, 0, 90]);
  close(right.shadow, [0, 0]);
  const wide = pairOf([2, 0], [-1, 1]);
  close([wide.dot, wide.angle], [-2, 135]);
  close(wide.shadow, [-1, 0]);
  close(wide.shadow.map((value) => value * 2)[0], wide.dot); // times the length of the first
});

test("the arc goes from the first arrow to the second, the short way", () => {
  for (const [first, second] of [[[1, 0], [0, 2]], [[0, -3], [-1, -1]], [[-1, 0.1], [-1, -0.1]]]) {
    const { arc } = pairOf(first, second);
    const direction = ([x, y]) => [x / Math.hypot(x, y), y / Math.hypot(x, y)];
    close(direction(arc[0]), direction(first));
    close(direction(arc.at(-1)), direction(second));
    const middle = direction(arc[arc.length >> 1]);
    assert.ok(middle[0] * direction(first)[0] + middle[1] * direction(first)[1] > 0);
  }
});

test("an arrow without length has no angle", () => {
  assert.deepEqual(pairOf([0, 0], [1, 2]).angle, null);
});

test("short numbers have a true minus and no minus zero", () => {
  assert.deepEqual([-1.23456, 26.1149, -0, 1e-12].map(shortNumber), ["−1.235", "26.11", "0", "0"]);
});
