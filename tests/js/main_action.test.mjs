// What the main button of the training player does.

import assert from "node:assert/strict";
import test from "node:test";

import { mainAction, mainLabel } from "../../viz/components/training_player/main_action.js";

const labelAt = (snapshot, newest, running, over) => (
  mainLabel(mainAction(snapshot, newest, running, over), newest)
);

test("before anything is trained it trains", () => {
  assert.equal(mainAction(0, 0, false, false), "train");
  assert.equal(labelAt(0, 0, false, false), "Train");
});

test("while a run is played it pauses", () => {
  assert.equal(mainAction(3, 9, true, false), "pause");
  assert.equal(labelAt(0, 0, true, false), "Pause");
});

test("in the middle it goes on", () => {
  assert.equal(mainAction(9, 9, false, false), "train");
  assert.equal(mainAction(3, 9, false, true), "train");
  assert.equal(labelAt(9, 9, false, false), "Go on");
});

test("at the end, and back at the start, it plays again", () => {
  assert.equal(mainAction(9, 9, false, true), "again");
  assert.equal(mainAction(0, 9, false, false), "again");
  assert.equal(labelAt(9, 9, false, true), "Play again");
});

test("a run that ended at once can only be trained", () => {
  assert.equal(mainAction(0, 0, false, true), "train");
});
