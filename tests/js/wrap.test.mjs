// Sentences in a picture, broken into lines.

import assert from "node:assert/strict";
import test from "node:test";

import { wrap } from "../../viz/components/shared/wrap.js";

const length = (text) => text.length;

test("lines are as long as fits", () => {
  assert.deepEqual(wrap("one two three four", 8, length), ["one two", "three", "four"]);
});

test("a word that is too long has a line of its own", () => {
  assert.deepEqual(wrap("a incomprehensible b", 5, length), ["a", "incomprehensible", "b"]);
});

test("no sentence has no lines", () => {
  assert.deepEqual(wrap("", 5, length), []);
});
