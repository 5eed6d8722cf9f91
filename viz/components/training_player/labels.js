// Labels beside their points: each has a side of its point, and is pushed away from others.

const SIDES = [[0, -1], [1, 0], [-1, 0], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
const GAP = 2; // pixels between two words
const DOT = 7; // pixels around the centre of a point that stay free
const BESIDE = 10; // pixels from the centre to a word at its side

/** Choose for each label in turn the side of its point where it covers least.
 *
 * A label has its point (x, y) and the size of its text; it gets (homeX, homeY), the offset of the
 * middle of its text from the point. */
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

/** In each round, move labels towards (homeX, homeY), then away from each other.
 *
 * `pull` is the share of the way home in one round; at 0 only labels that cover others move.
 * Without `points`, a word may cover a point, but no other word.
 *
 * A label has (dx, dy), the current offset of the middle of its text from its point. The same
 * labels are passed again from frame to frame, so they glide and do not jump. */
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
