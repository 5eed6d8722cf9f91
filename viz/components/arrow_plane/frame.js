// The scale of a plane: from its coordinates to pixels and back, the same along both axes.

/** The scale that shows all points in a box of a width and height, with room for labels.
 * `room` is in pixels: [left, top, right, bottom]. */
export function planeFrame(points, width, height, room) {
  const [low, high] = extent(points);
  const spanX = Math.max(high[0] - low[0], 1e-9);
  const spanY = Math.max(high[1] - low[1], 1e-9);
  const freeX = Math.max(width - room[0] - room[2], 20);
  const freeY = Math.max(height - room[1] - room[3], 20);
  const scale = Math.min(freeX / spanX, freeY / spanY);
  const left = room[0] + (freeX - scale * spanX) / 2;
  const top = room[1] + (freeY - scale * spanY) / 2;
  return {
    scale,
    toPixels: ([x, y]) => [left + (x - low[0]) * scale, top + (high[1] - y) * scale],
    fromPixels: ([x, y]) => [low[0] + (x - left) / scale, high[1] - (y - top) / scale],
  };
}

function extent(points) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const point of points) {
    for (const axis of [0, 1]) {
      low[axis] = Math.min(low[axis], point[axis]);
      high[axis] = Math.max(high[axis], point[axis]);
    }
  }
  return [low, high];
}

/** Numbers at equal distances, about `count` of them, between two numbers. */
export function roundNumbers(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
  const numbers = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) numbers.push(at * step);
  return numbers;
}
