// The marks of selected words in a notebook.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAX_MARKED, markSelected } from "../../viz/components/word_map/selected_marks.js";

const KING = [3, "group", "King"];

test("a few selected words are marked, each once, after the highlights", () => {
  const marks = markSelected([KING], [1, 3, 7]);
  assert.deepEqual(marks, [KING, [1, "accent", null], [7, "accent", null]]);
});

test("of many selected words none is marked", () => {
  const many = Array.from({ length: MAX_MARKED + 1 }, (_, index) => index);
  assert.deepEqual(markSelected([KING], many), [KING]);
  assert.equal(markSelected([], many.slice(1)).length, MAX_MARKED);
});
