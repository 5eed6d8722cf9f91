// Comparison of computed numbers.

import assert from "node:assert/strict";

/** Fail unless two numbers, or two lists of numbers, are equal up to rounding. */
export function close(actual, expected, tolerance = 1e-9) {
  if (Array.isArray(expected)) {
    assert.equal(actual.length, expected.length);
    expected.forEach((value, index) => close(actual[index], value, tolerance));
    return;
  }
  const difference = Math.abs(actual - expected);
  const same = difference <= tolerance * Math.max(1, Math.abs(expected));
  assert.ok(same || Object.is(actual, expected), `${actual} is not ${expected}`);
}
