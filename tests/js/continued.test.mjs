// What is offered while a word is typed.

import assert from "node:assert/strict";
import test from "node:test";

import { continued } from "../../viz/components/word_completion/continued.js";

const WORDS = ["the", "man", "woman", "women", "wombat", "wonder", "won", "München", "well-known"];

test("the last word of an expression is continued", () => {
  assert.deepEqual(continued("king - man + wom", WORDS), [
    "king - man + woman", "king - man + women", "king - man + wombat",
  ]);
  assert.deepEqual(continued("(king-wom", ["woman"]), []); // one word with a hyphen is sought
  assert.deepEqual(continued("(king - wom", ["woman"]), ["(king - woman"]);
  assert.deepEqual(continued("cat, dog; WOn", WORDS), ["cat, dog; WOnder"]);
  assert.deepEqual(continued("well-k", WORDS), ["well-known"]);
  assert.deepEqual(continued("mün", WORDS), ["münchen"]);
});

test("nothing is offered for one letter, a whole word or no word", () => {
  for (const line of ["", "w", "king - ", "wombat", "xyz", "2.5", "king -"]) {
    assert.deepEqual(continued(line, WORDS), [], line);
  }
});

test("eight words are offered at most, in their order", () => {
  const many = Array.from({ length: 100 }, (_, number) => `word${number}`);
  assert.deepEqual(continued("word", many), many.slice(0, 8));
});
