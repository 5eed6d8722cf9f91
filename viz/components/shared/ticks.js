// Round numbers along an axis.

const TOLERANCE = 1e-9; // share of a step; keeps ticks at the ends despite rounding errors

/** Multiples of 1, 2 or 5 times a power of ten, from `low` to `high`: at most `count` + 1. */
export function ticks(low, high, count) {
  const smallest = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(smallest));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= smallest) ?? 10);
  const values = [];
  for (let i = Math.ceil(low / step - TOLERANCE); i * step <= high + step * TOLERANCE; i++) {
    values.push(Number((i * step).toPrecision(12)));
  }
  return values;
}
