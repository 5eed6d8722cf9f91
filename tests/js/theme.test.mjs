// The colours of the word map's surroundings.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isOpaque } from "../../viz/components/word_map/theme.js";

test("black, and colours whose last channel is zero, are opaque", () => {
  for (const color of ["rgb(0, 0, 0)", "rgb(255, 255, 0)", "color(srgb 1 1 0)", "oklch(0.2 0.1 0)"]) {
    assert.ok(isOpaque(color), color);
  }
});

test("a colour with a share of transparency is not opaque", () => {
  const clear = ["rgba(0, 0, 0, 0)", "rgba(0, 0, 0, 0.06)", "color(srgb 0 0 0 / 0.5)"];
  for (const color of clear) assert.ok(!isOpaque(color), color);
  assert.ok(isOpaque("rgba(1, 2, 3, 1)"));
});
