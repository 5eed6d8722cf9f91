// The layout of labels: each gets a side of its point and is pushed away from other labels.

const SIDES = [[0, -1], [1, 0], [-1, 0], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
const GAP = 2; // pixels between two words
const DOT = 7; // pixels around the centre of a point that labels keep free
const BESIDE = 10; // pixels from the centre of a point to a label on its left or right

const MAX_LEADER = 28; // pixels from a point to its label above which the label is left out
const CROWDED = 1 / 3; // share of labels left out above which only those beside their points stay
/** Pixels from a point to its label above which a line connects them. */
export const MIN_LEADER = 14;

/** The distance from a point to its label up to which the label is shown.
 *
 * Where most points are crowded, lines to their labels would be a knot. */
export function maxLeader(distances) {
  const far = distances.filter((distance) => distance > MAX_LEADER).length;
  return far > CROWDED * distances.length ? MIN_LEADER : MAX_LEADER;
}

/** Give each label in turn the side of its point with the least overlap.
 *
 * Reads a label's point (x, y) and the size of its text. Sets (homeX, homeY), the offset from the
 * point to the centre of the text. */
export function settle(labels, width, height) {
  const taken = labels.map(({ x, y }) => [x - DOT, y - DOT, x + DOT, y + DOT]);
  for (const label of labels) {
    let least = Infinity;
    let best = null;
    for (const [right, down] of SIDES) {
      const homeX = right * (label.width / 2 + BESIDE);
      const homeY = down * (label.height / 2 + (right ? 2 : DOT));
      const [x, y] = [label.x + homeX, label.y + homeY];
      const box = [
        x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2,
      ];
      const outside = Math.max(-box[0], 0) + Math.max(-box[1], 0)
        + Math.max(box[2] - width, 0) + Math.max(box[3] - height, 0);
      const covered = taken.reduce((sum, other) => sum + overlap(box, other), 50 * outside);
      if (covered < least - 1) {
        least = covered;
        best = box;
        [label.homeX, label.homeY] = [homeX, homeY];
      }
    }
    taken.push(best);
  }
}

/** The area of the overlap of two boxes. */
function overlap(one, other) {
  const across = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const upright = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  return across > 0 && upright > 0 ? across * upright : 0;
}

/** In each round, move the labels towards (homeX, homeY), then push overlapping labels apart.
 *
 * `pull` is the share of the remaining distance that a label moves in one round; at 0, labels move
 * only if they overlap. If `points` is false, labels may cover points, but not each other.
 *
 * Updates (dx, dy), the current offset from a label's point to the centre of its text. To make the
 * labels move smoothly, pass the same objects for every frame. */
export function spread(labels, width, height, rounds, { pull = 0.1, points = true } = {}) {
  for (let round = 0; round < rounds; round++) {
    for (const label of labels) {
      label.dx += (label.homeX - label.dx) * pull;
      label.dy += (label.homeY - label.dy) * pull;
    }
    for (const [index, one] of labels.entries()) {
      for (let next = index + 1; next < labels.length; next++) separate(one, labels[next]);
      for (const point of points ? labels : []) pushOffPoint(one, point);
    }
    for (const label of labels) keepInside(label, width, height);
  }
}

function separate(one, other) {
  const right = other.x + other.dx - one.x - one.dx;
  const down = other.y + other.dy - one.y - one.dy;
  const across = (one.width + other.width) / 2 + GAP - Math.abs(right);
  const upright = (one.height + other.height) / 2 - Math.abs(down);
  if (across <= 0 || upright <= 0) return;
  if (upright < across) {
    const push = (down < 0 ? -upright : upright) / 2;
    one.dy -= push;
    other.dy += push;
  } else {
    const push = (right < 0 ? -across : across) / 2;
    one.dx -= push;
    other.dx += push;
  }
}

function pushOffPoint(label, point) {
  const right = label.x + label.dx - point.x;
  const down = label.y + label.dy - point.y;
  const across = label.width / 2 + BESIDE - Math.abs(right);
  const upright = label.height / 2 + DOT - Math.abs(down);
  if (across <= 0 || upright <= 0) return;
  if (upright < across) label.dy += down > 0 ? upright : -upright;
  else label.dx += right < 0 ? -across : across;
}

function keepInside(label, width, height) {
  const inside = (middle, size, end) => Math.min(Math.max(middle, size / 2), end - size / 2);
  label.dx = inside(label.x + label.dx, label.width, width) - label.x;
  label.dy = inside(label.y + label.dy, label.height, height) - label.y;
}
