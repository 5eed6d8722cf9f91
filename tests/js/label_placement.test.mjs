// The placement of labels on the word map: without overlap, important labels first.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ACCENT, HIGHLIGHTED, Occupied, PLAIN, placeLabel,
} from "../../viz/components/word_map/label_placement.js";
import { randomNumbers } from "./random_numbers.mjs";

const CAMERA = { width: 800, height: 500 };
const SIZE = { radius: 4, width: 70, height: 18, rank: 100 };

function nothing() {
  return { labels: new Occupied(), lines: new Occupied(), leaders: new Occupied() };
}

function apart(one, other) {
  return one.left + one.width <= other.left || other.left + other.width <= one.left
    || one.top + one.height <= other.top || other.top + other.height <= one.top;
}

test("a rectangle is free until something overlaps it", () => {
  const occupied = new Occupied();
  occupied.add({ left: 100, top: 100, width: 50, height: 20 });
  assert.ok(!occupied.isFree({ left: 140, top: 110, width: 50, height: 20 }));
  assert.ok(occupied.isFree({ left: 150, top: 100, width: 50, height: 20 })); // touching is allowed
  assert.ok(occupied.isFree({ left: 100, top: 300, width: 50, height: 20 }));
});

test("a line occupies the squares along it", () => {
  const occupied = new Occupied();
  occupied.addLine([0, 0], [200, 0]);
  assert.ok(!occupied.isFree({ left: 90, top: -5, width: 20, height: 10 }));
  assert.ok(occupied.isFree({ left: 90, top: 10, width: 20, height: 10 }));
  assert.ok(!occupied.isFreeLine([100, -50], [100, 50], 0));
});

test("the first choice is to the right of the point", () => {
  const placed = placeLabel({ ...SIZE, x: 400, y: 250, importance: PLAIN }, nothing(), CAMERA);
  assert.equal(placed.rectangle.left, 400 + SIZE.radius + 3);
  assert.equal(placed.rectangle.top, 250 - SIZE.height / 2);
  assert.equal(placed.leader, null);
});

test("outside the picture there is no label", () => {
  const label = { ...SIZE, x: -20, y: 250, importance: ACCENT };
  assert.equal(placeLabel(label, nothing(), CAMERA), null);
});

test("labels of random words never overlap and stay inside", () => {
  const random = randomNumbers(7);
  const occupied = nothing();
  const placed = [];
  for (let i = 0; i < 300; i++) {
    const label = { ...SIZE, x: 800 * random(), y: 500 * random(), importance: i < 20 ? HIGHLIGHTED : PLAIN };
    const result = placeLabel(label, occupied, CAMERA);
    if (!result) continue;
    occupied.labels.add(result.rectangle);
    placed.push(result.rectangle);
  }
  assert.ok(placed.length > 60 && placed.length < 300);
  for (const [index, one] of placed.entries()) {
    for (const other of placed.slice(0, index)) assert.ok(apart(one, other));
    assert.ok(one.left >= 0 && one.left + one.width <= 800);
    assert.ok(one.top >= 0 && one.top + one.height <= 500);
  }
});

test("where all is full a plain label is left out, an accent is placed nevertheless", () => {
  const occupied = nothing();
  occupied.labels.add({ left: 0, top: 0, width: 800, height: 500 });
  const label = { ...SIZE, x: 400, y: 250 };
  assert.equal(placeLabel({ ...label, importance: PLAIN }, occupied, CAMERA), null);
  assert.ok(placeLabel({ ...label, importance: ACCENT }, occupied, CAMERA));
});

test("an important label goes further out and gets a line to its point", () => {
  const occupied = nothing();
  occupied.labels.add({ left: 300, top: 200, width: 200, height: 100 });
  const label = { ...SIZE, x: 400, y: 250 };
  assert.equal(placeLabel({ ...label, importance: PLAIN }, occupied, CAMERA), null);
  const placed = placeLabel({ ...label, importance: ACCENT }, occupied, CAMERA);
  assert.ok(placed.leader);
  const { left, top, width, height } = placed.rectangle;
  const [x, y] = placed.leader;
  assert.ok(x >= left && x <= left + width && y >= top && y <= top + height);
});

test("a label stays on its side, and in a hasty picture it stays there or goes", () => {
  const label = { ...SIZE, x: 400, y: 250, importance: PLAIN };
  const occupied = nothing();
  occupied.labels.add({ left: 405, top: 240, width: 40, height: 20 }); // blocks the right side
  const first = placeLabel(label, occupied, CAMERA);
  const again = placeLabel({ ...label, spot: first.spot }, nothing(), CAMERA);
  assert.deepEqual(again.rectangle, first.rectangle);
  assert.equal(placeLabel(label, nothing(), CAMERA, true), null); // it had no previous spot
  assert.deepEqual(
    placeLabel({ ...label, spot: first.spot }, nothing(), CAMERA, true).rectangle, first.rectangle,
  );
});
