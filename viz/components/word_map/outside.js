// The few words outside the initial view, which is fitted to nearly all words: their number at each
// edge of the picture.

import { counted } from "./counted.js";

const OVERVIEW_ZOOM = 1.15; // closer up, most words are outside

/** The indices of the words outside a box, and the box around all words. */
export function outliersOf(positions, { low, high }) {
  const outliers = [];
  const all = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] };
  for (let index = 0, at = 0; at < positions.length; index++, at += 3) {
    let isOut = false;
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[at + axis];
      if (value < low[axis] || value > high[axis]) isOut = true; // false for NaN
      if (value < all.low[axis]) all.low[axis] = value;
      if (value > all.high[axis]) all.high[axis] = value;
    }
    if (isOut) outliers.push(index);
  }
  return { indices: outliers, known: new Set(outliers), all };
}

/** For each edge with words beyond it: { side, count, x, y }, where (x, y) is on the edge. */
export function wordsBeyond({ indices }, positions, camera) {
  if (camera.zoom > OVERVIEW_ZOOM) return [];
  const r = camera.rows();
  const { width, height } = camera;
  const sides = new Map();
  for (const index of indices) {
    const [px, py, pz] = [positions[3 * index], positions[3 * index + 1], positions[3 * index + 2]];
    const w = r[8] * px + r[9] * py + r[10] * pz + r[11];
    if (!(w > 0.05)) continue; // behind the eye
    const x = width / 2 + (r[0] * px + r[1] * py + r[2] * pz + r[3]) / w;
    const y = height / 2 - (r[4] * px + r[5] * py + r[6] * pz + r[7]) / w;
    const side = x < 0 ? "left" : x > width ? "right" : y < 0 ? "top" : y > height ? "bottom" : null;
    if (!side) continue;
    if (!sides.has(side)) sides.set(side, []);
    sides.get(side).push(side === "left" || side === "right" ? y : x);
  }
  return [...sides].map(([side, along]) => {
    const middle = along.sort((one, other) => one - other)[along.length >> 1];
    const x = { left: 0, right: width }[side] ?? Math.max(0, Math.min(middle, width));
    const y = { top: 0, bottom: height }[side] ?? Math.max(0, Math.min(middle, height));
    return { side, count: along.length, x, y };
  });
}

const ARROWS = { left: "← ", top: "↑ ", bottom: "↓ " };

/** A text such as "12 words →". */
export function beyondText({ side, count }, unit) {
  const text = counted(count, unit);
  return side === "right" ? `${text} →` : `${ARROWS[side]}${text}`;
}
