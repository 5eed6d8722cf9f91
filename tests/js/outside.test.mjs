// The initial view uses the picture, and the words outside it are counted.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";

import { boundsOf, boxAround, Camera } from "../../viz/components/word_map/camera.js";
import { beyondText, outliersOf, wordsBeyond } from "../../viz/components/word_map/outside.js";
import { decodePayload, readPayload, unpacked } from "../../viz/components/word_map/payload.js";

async function positionsOf(name) {
  const file = createReadStream(join(process.env.PAYLOADS, `${name}.gz`));
  return decodePayload(readPayload(await unpacked(Readable.toWeb(file)))).positions;
}

function fitted(positions, width, height) {
  const camera = Object.assign(new Camera(), { width, height });
  const bounds = boundsOf(positions);
  const home = camera.fit(boxAround([bounds.low, bounds.high]), 2, 10);
  camera.interpolate(home, home, 1);
  return { camera, outliers: outliersOf(positions, bounds) };
}

for (const name of ["tsne", "umap"]) {
  test(`the shipped layout fills the picture: ${name}`, async () => {
    const positions = await positionsOf(name);
    const { camera, outliers } = fitted(positions, 830, 520);
    const seen = Array.from({ length: positions.length / 3 }, (_, index) =>
      camera.project(positions.subarray(3 * index, 3 * index + 3)));
    const inside = seen.filter(([x, y]) => x >= 0 && y >= 0 && x < 830 && y < 520);
    assert.ok(inside.length >= 0.98 * seen.length);
    for (const [axis, size] of [[0, 830], [1, 520]]) {
      const along = inside.map((at) => at[axis]);
      const share = (Math.max(...along) - Math.min(...along)) / size;
      assert.ok(share > 0.6, `${axis}: ${share}`);
    }
    const counted = wordsBeyond(outliers, positions, camera);
    const beyond = counted.reduce((sum, { count }) => sum + count, 0);
    assert.equal(beyond, seen.length - inside.length);
  });
}

test("words beyond each edge are counted where they are, in the overview only", () => {
  const positions = new Float32Array(3 * 2000);
  for (let i = 0; i < 2000; i++) positions.set([Math.cos(i), Math.sin(i), 0], 3 * i);
  positions.set([30, 0.5, 0, 31, 0.5, 0, 0, 40, 0, NaN, NaN, NaN], 0);
  const { camera, outliers } = fitted(positions, 400, 400);
  const counted = wordsBeyond(outliers, positions, camera);
  const right = counted.find(({ side }) => side === "right");
  assert.equal(right.count, 2);
  assert.equal(right.x, 400);
  assert.ok(right.y > 50 && right.y < 150); // 0.5 is in the upper half
  assert.equal(counted.find(({ side }) => side === "top").count, 1);
  camera.scale *= 2;
  assert.deepEqual(wordsBeyond(outliers, positions, camera), []);
});

test("the text has an arrow to where they are", () => {
  assert.equal(beyondText({ side: "right", count: 1200 }), "1,200 words →");
  assert.equal(beyondText({ side: "left", count: 1 }), "← 1 word");
  assert.equal(beyondText({ side: "top", count: 2 }, "text"), "↑ 2 texts");
});
