// JavaScript decodes what Python encodes, and encodes `packed.json`, which Python decodes.
//
// test_scripts.py writes the fixtures to the folder in the environment variable PAYLOADS.

import assert from "node:assert/strict";
import { createReadStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";

import {
  decodePayload, packIndices, unpackIndices, readable, readPayload, unpacked,
} from "../../viz/components/word_map/payload.js";
import { close } from "./close.mjs";

const folder = process.env.PAYLOADS;
const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));

async function decoded(name) {
  const file = createReadStream(join(folder, `${name}.gz`));
  return decodePayload(readPayload(await unpacked(Readable.toWeb(file))));
}

test("words", async () => {
  const { kind, id, list } = await decoded("words");
  assert.deepEqual([kind, id], ["words", "words:hard"]);
  assert.deepEqual(Array.from({ length: list.length }, (_, i) => list.at(i)), expected.words);
  for (const [index, word] of expected.words.entries()) assert.equal(list.indexOf(word), index);
  assert.equal(list.indexOf("not there"), -1);
});

for (const dimensions of [2, 3]) {
  test(`a layout in ${dimensions}D; a word without a position is NaN`, async () => {
    const { positions, shown, dimensions: received } = await decoded(`layout${dimensions}`);
    const rows = expected[`layout${dimensions}`];
    assert.equal(received, dimensions);
    assert.equal(shown, rows.filter((row) => row !== null).length);
    for (const [index, row] of rows.entries()) {
      const point = row === null ? [NaN, NaN, NaN] : [...row, 0].slice(0, 3);
      close([...positions.subarray(3 * index, 3 * index + 3)], point);
    }
  });
}

for (const name of ["groups", "runs"]) {
  test(`groups, as ${name}`, async () => {
    const { paletteIndices } = await decoded(name);
    assert.deepEqual([...paletteIndices], expected[name]);
  });
}

test("values on a linear scale: its ends are the ends of the palette", async () => {
  const { values, paletteIndices } = await decoded("values");
  close([...values], expected.values.map((value) => value ?? NaN));
  assert.deepEqual([...paletteIndices], [0, 254, 127, 255]);
});

test("values on a logarithmic scale: equal factors are equal steps", async () => {
  const { paletteIndices } = await decoded("ranks");
  assert.deepEqual([...paletteIndices], [0, 127, 254]);
});

test("values by their order: each colour has equally many words", async () => {
  const { paletteIndices } = await decoded("ordered");
  assert.deepEqual([...paletteIndices.slice(0, 4)], [0, 0, 1, 1]);
  assert.deepEqual([...paletteIndices.slice(-3)], [254, 255, 254]);
  const counts = new Map();
  for (const index of paletteIndices) counts.set(index, (counts.get(index) ?? 0) + 1);
  assert.equal(counts.size, 256);
  assert.ok(Math.max(...counts.values()) <= 2);
});

test("packed indices, for Python to read", () => {
  const packed = expected.selections.map((indices) => packIndices(indices));
  writeFileSync(join(folder, "packed.json"), JSON.stringify(packed));
  assert.deepEqual(packed.map(unpackIndices), expected.selections);
});

test("every word can be seen", () => {
  assert.equal(readable("king"), "king");
  assert.equal(readable("a\nb\tc"), "a⏎b⇥c");
  assert.equal(readable(""), "∅");
  assert.equal(readable("  "), "␣␣");
  assert.equal(readable("x".repeat(300)), `${"x".repeat(28)}…`);
});
