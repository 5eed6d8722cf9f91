// Where the labels of a small picture are put, so that none covers another or a point.

const SIZE = 17; // of a label's line, in the units of the picture
const GAP = 7; // from a point to its label

/**
 * The middle of each label's baseline, or null where there is no room; the first come first. Each of
 * the first `sure` labels may cover points, and so has a place.
 */
export function placedLabels(points, widths, width, height, sure = 0) {
  const dots = points.map(([x, y]) => [x - 4, y - 4, x + 4, y + 4]);
  const labels = [];
  return points.map(([x, y], index) => {
    const half = widths[index] / 2;
    const taken = index < sure ? labels : [...dots.toSpliced(index, 1), ...labels];
    for (const [cx, cy] of [
      [x + GAP + half, y], [x - GAP - half, y], [x, y - GAP - SIZE / 2], [x, y + GAP + SIZE / 2],
    ]) {
      const box = [cx - half, cy - SIZE / 2, cx + half, cy + SIZE / 2];
      const fits = box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
      if (fits && !taken.some((other) => overlap(box, other))) {
        labels.push(box);
        return [cx, cy + SIZE / 3.4];
      }
    }
    return null;
  });
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
