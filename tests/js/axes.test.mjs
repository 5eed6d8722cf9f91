// Axes are drawn only where they mean something.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawAxes } from "../../viz/components/word_map/axes.js";
import { Camera } from "../../viz/components/word_map/camera.js";

const camera = Object.assign(new Camera(), { width: 800, height: 500, scale: 50, fitScale: 50 });
const theme = { size: 16, faint: [0, 0, 0], muted: [0, 0, 0], text: [0, 0, 0], family: "serif" };

/** The texts that are drawn for axes with these names. */
function texts(dimensions, axes) {
  const written = [];
  const context = new Proxy({}, {
    get: (_, name) => (...values) => {
      if (name === "fillText") written.push(values[0]);
      return { width: 10 };
    },
    set: () => true,
  });
  drawAxes(context, { layout: { dimensions }, axes }, camera, theme);
  return written;
}

test("axes without names are not drawn", () => {
  assert.deepEqual([texts(2, []), texts(3, [])], [[], []]);
  assert.ok(texts(2, ["age", "size"]).includes("age →"));
  assert.ok(["x", "x  age"].every((text) => texts(3, ["age", "size", "sex"]).includes(text)));
});
