// The side of a point on which its label covers the least.

const SIDES = [[0, -1], [1, 0], [-1, 0], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
const STEP = 5; // pixels between two points of a line
const GAP = 9; // pixels between a point and its label

/** The middle of each label, in pixels. Labels are placed in turn, the most important first, where
 * they cover the least of the earlier ones, of the obstacles and of what is outside the box.
 *
 * labels: of each its point `at` and its `width` and `height`.
 * obstacles: points that labels should not cover. */
export function placeLabels(labels, obstacles, boxWidth, boxHeight) {
  const placed = [];
  for (const { at, width, height } of labels) {
    const options = SIDES.map(([right, down]) => boxAround(
      at[0] + right * (width / 2 + GAP), at[1] + down * (height / 2 + GAP), width, height,
    ));
    const costs = options.map((box) => cost(box, placed, obstacles, boxWidth, boxHeight));
    placed.push(options[costs.indexOf(Math.min(...costs))]);
  }
  return placed.map(({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2]);
}

/** A label in one line, or in two, parted after its comma, if it is wider than `most` pixels. */
export function linesOf(text, widthOf, most) {
  const [first, ...rest] = text.split(", ");
  return rest.length && widthOf(text) > most ? [`${first},`, rest.join(", ")] : [text];
}

/** Points of a line, so close that no label can lie between two of them. */
export function pointsAlong([x1, y1], [x2, y2]) {
  const count = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / STEP) || 1;
  return Array.from({ length: count + 1 }, (_, at) => (
    [x1 + (at / count) * (x2 - x1), y1 + (at / count) * (y2 - y1)]
  ));
}

function boxAround(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function cost(box, placed, obstacles, boxWidth, boxHeight) {
  let sum = 0;
  for (const other of placed) sum += overlap(box, other);
  for (const [x, y] of obstacles) {
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) sum += 60;
  }
  const outside = Math.max(-box.left, 0) + Math.max(box.right - boxWidth, 0)
    + Math.max(-box.top, 0) + Math.max(box.bottom - boxHeight, 0);
  return sum + 1000 * outside;
}

function overlap(one, other) {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height + 200 : 0;
}
