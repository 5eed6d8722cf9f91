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

test("large titles are inside the picture and apart from the ticks", () => {
  for (const size of [12, 16, 50]) {
    const large = Object.assign(new Camera(), { width: 2000, height: 1300, scale: 300 });
    const context = { measureText: () => ({ width: 2 * size }) };
    for (const name of ["beginPath", "moveTo", "lineTo", "stroke", "fillText"]) context[name] = () => {};
    const model = { axes: ["across", "up"], layout: { dimensions: 2 } };
    const written = drawAxes(context, model, large, { ...theme, size });
    assert.ok(written.length > 10);
    for (const title of written.slice(-2)) {
      assert.ok(title.top >= 0 && title.top + title.height <= 1300);
      for (const other of written) assert.ok(other === title || apart(title, other));
    }
  }
});

const apart = (one, other) =>
  one.left + one.width <= other.left || other.left + other.width <= one.left
  || one.top + one.height <= other.top || other.top + other.height <= one.top;
