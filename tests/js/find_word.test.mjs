// Finding a typed word on the map.

import assert from "node:assert/strict";
import { test } from "node:test";

import { indexOfWord } from "../../viz/components/word_map/find_word.js";

const WORDS = ["king", "King", "paris", "new york"];

test("a word is found as it is typed, else in small letters", () => {
  assert.equal(indexOfWord(WORDS, "King"), 1);
  assert.equal(indexOfWord(WORDS, " PARIS "), 2);
  assert.equal(indexOfWord(WORDS, "New York"), 3);
});

test("nothing typed, and a word that is not there, are found nowhere", () => {
  assert.equal(indexOfWord([...WORDS, ""], "  "), -1);
  assert.equal(indexOfWord(WORDS, "queen"), -1);
});
