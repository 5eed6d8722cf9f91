// The scores of words for a moved tip, the scale of a plane, and the sides of labels.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { planeFrame, roundNumbers } from "../../viz/components/arrow_plane/frame.js";
import { bestWords } from "../../viz/components/arrow_plane/scores.js";
import { placeLabels } from "../../viz/components/arrow_plane/sides.js";
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
