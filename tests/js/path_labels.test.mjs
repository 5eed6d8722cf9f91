// The labels of a small picture.

import assert from "node:assert/strict";
import { test } from "node:test";

import { placedLabels } from "../../viz/components/path_picture/labels.js";

test("a label stands beside its point, on the other side at the edge", () => {
  const [[left], [right]] = placedLabels([[50, 50], [330, 100]], [40, 40], 340, 144);
  assert.ok(left > 50);
  assert.ok(right < 330);
});

test("labels do not cover one another, and one without room is left out", () => {
  const points = Array.from({ length: 12 }, (_, index) => [170 + index, 70 + (index % 3)]);
  const placed = placedLabels(points, points.map(() => 120), 340, 144);
  const boxes = placed.filter(Boolean).map(([x, y]) => [x - 60, y, x + 60, y + 16]);
  assert.ok(boxes.length > 1);
  assert.ok(boxes.length < 12);
  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) {
      assert.ok(one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1]);
    }
  }
});

test("the first labels have a place even among points", () => {
  const points = [[170, 72]];
  for (let x = 10; x < 340; x += 6) for (let y = 6; y < 144; y += 6) points.push([x, y]);
  const widths = points.map(() => 60);
  assert.equal(placedLabels(points, widths, 340, 144)[0], null);
  assert.notEqual(placedLabels(points, widths, 340, 144, 1)[0], null);
});
