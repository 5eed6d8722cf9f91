// Softmax and entropy: values calculated by hand, and general properties.

import assert from "node:assert/strict";
import { test } from "node:test";

import { entropy, probabilities } from "../../viz/components/softmax/softmax.js";
import { close } from "./close.mjs";

const ALL = { temperature: 1, top_k: 0, top_p: 1 };
const LOGITS = Array.from({ length: 50 }, (_, i) => 5 - 0.2 * i);

test("odds of three to one", () => {
  const { shares, kept } = probabilities([Math.log(3), 0], ALL);
  close([...shares], [0.75, 0.25]);
  assert.equal(kept, 2);
  close(entropy(shares, kept), 2 - 0.75 * Math.log2(3));
});

test("half the temperature squares the odds", () => {
  close([...probabilities([Math.log(3), 0], { ...ALL, temperature: 0.5 }).shares], [0.9, 0.1]);
});

test("temperature 0 is the likeliest token alone", () => {
  const { shares, kept } = probabilities([2, 2, 1], { ...ALL, temperature: 0 });
  assert.deepEqual([[...shares], kept], [[1, 0, 0], 1]);
  assert.equal(entropy(shares, kept), 0);
});

test("top-k keeps k tokens, and those as likely as the last", () => {
  assert.equal(probabilities([3, 2, 1], { ...ALL, top_k: 1 }).kept, 1);
  assert.equal(probabilities([3, 2, 2, 1], { ...ALL, top_k: 2 }).kept, 3);
  assert.equal(probabilities([3, 2, 1], { ...ALL, top_k: 9 }).kept, 3);
});

test("top-p keeps the fewest tokens that reach the share", () => {
  const logits = [0.5, 0.3, 0.2].map(Math.log);
  const { shares, kept } = probabilities(logits, { ...ALL, top_p: 0.6 });
  assert.equal(kept, 2);
  close([...shares], [0.625, 0.375, 0]);
  assert.equal(probabilities(logits, { ...ALL, top_p: 0.01 }).kept, 1);
});

for (const settings of [
  ALL, { ...ALL, temperature: 0.05 }, { ...ALL, temperature: 3 },
  { temperature: 0.7, top_k: 20, top_p: 0.9 },
]) {
  test(`sums to one, keeps the order, ignores a shift: ${JSON.stringify(settings)}`, () => {
    const { shares, kept } = probabilities(LOGITS, settings);
    close(shares.reduce((sum, share) => sum + share, 0), 1);
    for (let i = 1; i < shares.length; i++) assert.ok(shares[i] <= shares[i - 1]);
    assert.ok(shares.subarray(kept).every((share) => share === 0));
    const shifted = probabilities(LOGITS.map((logit) => logit + 700), settings);
    close([...shifted.shares], [...shares]);
  });
}

test("entropy rises with the temperature, up to that of equal chances", () => {
  const bits = [0.1, 0.5, 1, 2, 3, 1e9].map((temperature) => {
    const { shares, kept } = probabilities(LOGITS, { ...ALL, temperature });
    return entropy(shares, kept);
  });
  for (let i = 1; i < bits.length; i++) assert.ok(bits[i] > bits[i - 1]);
  close(bits.at(-1), Math.log2(50));
});
