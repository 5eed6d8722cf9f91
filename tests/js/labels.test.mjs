// The labels of the training player: beside their points, without overlap, inside the picture.

import assert from "node:assert/strict";
import { test } from "node:test";

import { maxLeader, MIN_LEADER, settle, spread } from "../../viz/components/training_player/labels.js";
import { randomNumbers } from "./random_numbers.mjs";

const [WIDTH, HEIGHT] = [600, 400];

function labelAt(x, y) {
  return { x, y, width: 60, height: 17, dx: 0, dy: -15, homeX: 0, homeY: -15 };
}

function overlap(one, other) {
  const across = (one.width + other.width) / 2 - Math.abs(one.x + one.dx - other.x - other.dx);
  const down = (one.height + other.height) / 2 - Math.abs(one.y + one.dy - other.y - other.dy);
  return Math.min(across, down);
}

/** Place the labels as the player does at the end of an animation. */
function rest(labels) {
  settle(labels, WIDTH, HEIGHT);
  for (const label of labels) [label.dx, label.dy] = [label.homeX, label.homeY];
  spread(labels, WIDTH, HEIGHT, 100, { pull: 0 });
  spread(labels, WIDTH, HEIGHT, 50, { pull: 0, points: false });
}

test("a label alone stands above its point", () => {
  const label = labelAt(300, 200);
  rest([label]);
  assert.equal(label.dx, 0);
  assert.ok(label.dy + label.height / 2 < 0);
});

test("at the upper edge it stands elsewhere, inside the picture", () => {
  const label = labelAt(300, 4);
  rest([label]);
  assert.ok(label.y + label.dy - label.height / 2 >= 0);
});

for (const seed of [1, 2, 3]) {
  test(`thirty labels do not overlap and stay inside: seed ${seed}`, () => {
    const random = randomNumbers(seed);
    const labels = Array.from({ length: 30 }, () => labelAt(WIDTH * random(), HEIGHT * random()));
    rest(labels);
    for (const [index, one] of labels.entries()) {
      for (const other of labels.slice(0, index)) assert.ok(overlap(one, other) < 1);
      assert.ok(one.x + one.dx - one.width / 2 > -1e-6);
      assert.ok(one.x + one.dx + one.width / 2 < WIDTH + 1e-6);
      assert.ok(one.y + one.dy - one.height / 2 > -1e-6);
      assert.ok(one.y + one.dy + one.height / 2 < HEIGHT + 1e-6);
    }
  });
}

test("words at the same position are pushed apart", () => {
  const labels = Array.from({ length: 6 }, () => labelAt(300, 200));
  rest(labels);
  for (const [index, one] of labels.entries()) {
    for (const other of labels.slice(0, index)) assert.ok(overlap(one, other) < 1);
  }
});

test("without others a label glides home", () => {
  const label = { ...labelAt(300, 200), dx: 80, dy: -60 };
  settle([label], WIDTH, HEIGHT);
  spread([label], WIDTH, HEIGHT, 200);
  assert.ok(Math.hypot(label.dx - label.homeX, label.dy - label.homeY) < 1);
});

test("a few labels far from their points are left out, of a knot all with lines", () => {
  const limit = maxLeader([5, 12, 20, 25, 60]);
  assert.ok(limit >= 25 && limit < 60);
  assert.equal(maxLeader([5, 20, 60, 70, 80]), MIN_LEADER);
  assert.equal(maxLeader([]), maxLeader([1]));
});
