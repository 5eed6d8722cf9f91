// The scores of words for a tip in the plane, as in core/geometry/moved_tip.py.

/** The indices of the words that score best for a tip, and their scores, the best first. */
export function bestWords(movable, [x, y], count) {
  const scored = movable.words.map((_, index) => ({ index, score: scoreOf(movable, index, x, y) }));
  const sign = movable.metric === "euclidean" ? 1 : -1; // small distances are good
  scored.sort((one, other) => sign * (one.score - other.score) || one.index - other.index);
  return scored.slice(0, count);
}

function scoreOf(movable, index, x, y) {
  const [right, up] = movable.along[index];
  const dot = movable.dots[index] + x * right + y * up;
  const [baseRight, baseUp] = movable.base_along;
  const square = movable.base_square + 2 * (x * baseRight + y * baseUp) + x * x + y * y;
  if (movable.metric === "dot") return dot;
  const wordSquare = movable.squares[index];
  if (movable.metric === "euclidean") return Math.sqrt(Math.max(square - 2 * dot + wordSquare, 0));
  return square * wordSquare > 0 ? dot / Math.sqrt(square * wordSquare) : 0;
}
