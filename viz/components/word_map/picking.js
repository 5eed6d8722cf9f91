// The words at the pointer, and inside a box or a lasso. A loop over 400,000 words takes 1 ms in 2D
// and 4 ms in 3D, so no spatial index is needed.

const SHIFTS = 5; // of a mean shift; each has half the reach of the one before

/** The word nearest to (x, y) within `reach` pixels, or -1. */
export function nearestWord(positions, camera, x, y, reach) {
  const r = camera.rows();
  const left = x - camera.width / 2;
  const up = camera.height / 2 - y;
  let best = reach * reach;
  let nearest = -1;
  for (let i = 0, at = 0; at < positions.length; i++, at += 3) {
    const [px, py, pz] = [positions[at], positions[at + 1], positions[at + 2]];
    const w = r[8] * px + r[9] * py + r[10] * pz + r[11];
    const dx = (r[0] * px + r[1] * py + r[2] * pz + r[3]) / w - left;
    const dy = (r[4] * px + r[5] * py + r[6] * pz + r[7]) / w - up;
    const distance = dx * dx + dy * dy;
    // Comparisons with NaN are false: words without a position are skipped.
    if (distance < best && w > 0.05) {
      best = distance;
      nearest = i;
    }
  }
  return nearest;
}

/** The mean position of the words in the picture near (x, y), weighted by a bell curve with a
 * standard deviation of `reach` pixels; null if there are none within three of them. */
export function meanNear(positions, camera, x, y, reach) {
  const r = camera.rows();
  const left = x - camera.width / 2;
  const up = camera.height / 2 - y;
  const sum = [0, 0, 0];
  let total = 0;
  for (let at = 0; at < positions.length; at += 3) {
    const [px, py, pz] = [positions[at], positions[at + 1], positions[at + 2]];
    const w = r[8] * px + r[9] * py + r[10] * pz + r[11];
    const across = (r[0] * px + r[1] * py + r[2] * pz + r[3]) / w;
    const above = (r[4] * px + r[5] * py + r[6] * pz + r[7]) / w;
    const distance = ((across - left) ** 2 + (above - up) ** 2) / (reach * reach);
    const isInPicture = 2 * Math.abs(across) < camera.width && 2 * Math.abs(above) < camera.height;
    if (!(distance < 9 && w > 0.05 && isInPicture)) continue;
    const weight = Math.exp(-distance / 2);
    total += weight;
    sum[0] += weight * px;
    sum[1] += weight * py;
    sum[2] += weight * pz;
  }
  return total ? sum.map((value) => value / total) : null;
}

/** A dense place of words in the picture near (x, y), found by mean shift with an ever smaller reach;
 * null if no words are near. */
export function denseNear(positions, camera, x, y, reach) {
  let place = null;
  for (let shift = 0; shift < SHIFTS; shift++) {
    const mean = meanNear(positions, camera, x, y, reach / 2 ** shift);
    if (!mean) return place;
    place = mean;
    [x, y] = camera.project(mean) ?? [x, y];
  }
  return place;
}

/** The `count` words closest to a word, itself first; fewer if there are fewer. */
export function closestWords(positions, index, count) {
  const [x, y, z] = positions.subarray(3 * index, 3 * index + 3);
  const closest = []; // [squared distance, index], ascending
  for (let i = 0, at = 0; at < positions.length; i++, at += 3) {
    const distance =
      (positions[at] - x) ** 2 + (positions[at + 1] - y) ** 2 + (positions[at + 2] - z) ** 2;
    if (!(distance < (closest[count - 1]?.[0] ?? Infinity))) continue; // farther, or NaN
    let rank = closest.length;
    while (rank > 0 && closest[rank - 1][0] > distance) rank--;
    closest.splice(rank, 0, [distance, i]);
    closest.length = Math.min(closest.length, count);
  }
  return closest.map(([, i]) => i);
}

/** The words inside a polygon of screen points, ascending. */
export function wordsInside(positions, camera, polygon) {
  const r = camera.rows();
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const point of polygon) {
    for (const axis of [0, 1]) {
      low[axis] = Math.min(low[axis], point[axis]);
      high[axis] = Math.max(high[axis], point[axis]);
    }
  }
  const inside = [];
  for (let i = 0, at = 0; at < positions.length; i++, at += 3) {
    const [px, py, pz] = [positions[at], positions[at + 1], positions[at + 2]];
    const w = r[8] * px + r[9] * py + r[10] * pz + r[11];
    const x = camera.width / 2 + (r[0] * px + r[1] * py + r[2] * pz + r[3]) / w;
    const y = camera.height / 2 - (r[4] * px + r[5] * py + r[6] * pz + r[7]) / w;
    if (!(w > 0.05 && x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1])) continue;
    if (x < 0 || y < 0 || x > camera.width || y > camera.height) continue;
    if (surrounds(polygon, x, y)) inside.push(i);
  }
  return inside;
}

/** Whether a polygon contains a point: a ray from it crosses the edges an odd number of times. */
export function surrounds(polygon, x, y) {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [polygon[i], polygon[j]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  }
  return odd;
}
