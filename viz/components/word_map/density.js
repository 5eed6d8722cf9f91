// Soft shading under the points: where words are dense, in their colours. It is computed once for a
// layout and its colours, and drawn as one image under the points.

const CELLS = 240; // along the longer side of the image
const BLUR = 2; // cells; three passes of this box are nearly a Gaussian of the same width
const BEYOND = 0.12; // of the box around the words, beyond each of its sides
const MIN_WORDS = 1000; // with fewer, a word would be a blot
const FULL = 0.9; // share of the cells with words that are below full opacity
const OPACITY = [0.32, 0.36]; // at most, in light and dark themes

/** The blurred density of words in a box as { pixels, columns, rows, low, high }; null for few words
 * or an empty box. `pixels` are RGBA bytes, the first row at the top. `styles` as in point_styles.js,
 * `palette` as 256 colours. */
export function densityImage(positions, styles, palette, bounds, dark) {
  const count = positions.length / 3;
  const extent = [0, 1].map((axis) => bounds.high[axis] - bounds.low[axis]);
  if (count < MIN_WORDS || !extent.every((side) => side > 0)) return null;
  const low = [0, 1].map((axis) => bounds.low[axis] - BEYOND * extent[axis]);
  const high = [0, 1].map((axis) => bounds.high[axis] + BEYOND * extent[axis]);
  const unit = Math.max(high[0] - low[0], high[1] - low[1]) / CELLS;
  const columns = Math.max(1, Math.round((high[0] - low[0]) / unit));
  const rows = Math.max(1, Math.round((high[1] - low[1]) / unit));
  const layers = Array.from({ length: 4 }, () => new Float32Array(columns * rows));
  const [words, reds, greens, blues] = layers;
  for (let i = 0; i < count; i++) {
    const column = Math.floor(((positions[3 * i] - low[0]) / (high[0] - low[0])) * columns);
    const row = Math.floor(((high[1] - positions[3 * i + 1]) / (high[1] - low[1])) * rows);
    if (!(column >= 0 && row >= 0 && column < columns && row < rows)) continue;
    const [cell, color] = [row * columns + column, 4 * styles[4 * i]];
    words[cell] += 1;
    reds[cell] += palette[color];
    greens[cell] += palette[color + 1];
    blues[cell] += palette[color + 2];
  }
  for (let cell = 0; cell < words.length; cell++) { // a tight heap must not outshine the rest
    const root = Math.sqrt(words[cell]);
    if (root > 1) for (const layer of layers) layer[cell] /= root;
  }
  for (const layer of layers) blur(layer, columns, rows);
  const dense = words.filter((value) => value > 0.02).sort();
  const full = dense[Math.floor(FULL * (dense.length - 1))] || 1;
  const pixels = new Uint8ClampedArray(4 * columns * rows);
  for (let cell = 0; cell < words.length; cell++) {
    const share = Math.min(words[cell] / full, 1);
    if (share < 0.01) continue;
    pixels.set([reds[cell], greens[cell], blues[cell]].map((sum) => sum / words[cell]), 4 * cell);
    pixels[4 * cell + 3] = 255 * OPACITY[dark] * share ** 0.7;
  }
  return { pixels, columns, rows, low, high };
}

/** The opacity of the shading: from near, single points say more. */
export function densityAlpha(zoom, dimmed) {
  const alpha = Math.max(0, Math.min(1, 1.1 - 0.3 * Math.log2(Math.max(zoom, 1e-3))));
  return dimmed ? alpha / 2 : alpha;
}

/** Where the image is on the screen, in pixels. */
export function densityPlace({ low, high }, camera) {
  const [left, top] = camera.project([low[0], high[1], 0]);
  const [right, bottom] = camera.project([high[0], low[1], 0]);
  return { left, top, width: right - left, height: bottom - top };
}

/** Blur in place: three box filters along the rows, three along the columns. */
function blur(values, columns, rows) {
  for (let pass = 0; pass < 3; pass++) {
    for (let row = 0; row < rows; row++) smooth(values, row * columns, 1, columns);
    for (let column = 0; column < columns; column++) smooth(values, column, columns, rows);
  }
}

/** Replace each of `count` values by the mean of those at most BLUR away; 0 beyond the ends. */
function smooth(values, start, step, count) {
  const before = Float32Array.from({ length: count }, (_, at) => values[start + at * step]);
  let sum = 0;
  for (let at = 0; at < BLUR && at < count; at++) sum += before[at];
  for (let at = 0; at < count; at++) {
    sum += (before[at + BLUR] ?? 0) - (before[at - BLUR - 1] ?? 0);
    values[start + at * step] = Math.max(sum, 0) / (2 * BLUR + 1);
  }
}
