// The placement of labels: beside their points, without overlap, according to their importance.

const GAP = 3;
const BUCKET = 64;

/** The importance of labels: ACCENT labels are always shown, PLAIN labels are omitted first. */
export const ACCENT = 0;
export const NAMED = 1; // markers and links
export const HIGHLIGHTED = 2; // highlighted words
export const PLAIN = 3;

const MAX_OVER_POINTS = 8; // plain labels that may cover points, on maps with few words
const MAX_LEADER = [170, 170, 42, 0]; // maximum pixels from a label to its point, by importance

/** Occupied rectangles, indexed by a coarse grid. */
export class Occupied {
  constructor() {
    this.buckets = new Map();
  }

  add(rectangle) {
    visit(rectangle, (key) => {
      if (!this.buckets.has(key)) this.buckets.set(key, []);
      this.buckets.get(key).push(rectangle);
      return true;
    });
  }

  /** Add small squares along a line. */
  addLine(from, to, start = 8) {
    along(from, to, start, (square) => this.add(square));
  }

  isFree(rectangle) {
    return visit(rectangle, (key) =>
      (this.buckets.get(key) ?? []).every((other) => apart(rectangle, other)),
    );
  }

  isFreeLine(from, to, start) {
    return along(from, to, start, (square) => this.isFree(square));
  }
}

/** Call `then(key)` for each bucket of a rectangle. Stops and returns false if `then` does. */
function visit({ left, top, width, height }, then) {
  const [lastRow, lastColumn] = [(top + height) / BUCKET, (left + width) / BUCKET];
  for (let row = Math.floor(top / BUCKET); row <= lastRow; row++) {
    for (let column = Math.floor(left / BUCKET); column <= lastColumn; column++) {
      if (then(row * 1000 + column) === false) return false;
    }
  }
  return true;
}

/** Call `then(square)` for squares along a line. Stops and returns false if `then` does. */
function along([x1, y1], [x2, y2], start, then) {
  const length = Math.min(Math.hypot(x2 - x1, y2 - y1), 3000);
  const [ux, uy] = length ? [(x2 - x1) / length, (y2 - y1) / length] : [0, 0];
  for (let at = start; at < length; at += 6) {
    const square = { left: x1 + ux * at - 3, top: y1 + uy * at - 3, width: 6, height: 6 };
    if (then(square) === false) return false;
  }
  return true;
}

/** A rectangle with a margin, which distributes plain labels over the picture. */
export function widened({ left, top, width, height }, spacing) {
  const [aside, above] = [spacing * 0.3, spacing * 0.22];
  return {
    left: left - aside, top: top - above, width: width + 2 * aside, height: height + 2 * above,
  };
}

function apart(one, other) {
  return (
    one.left + one.width <= other.left || other.left + other.width <= one.left ||
    one.top + one.height <= other.top || other.top + other.height <= one.top
  );
}

const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
const AROUND = Array.from({ length: 16 }, (_, i) => [Math.cos(i * 0.3927), Math.sin(i * 0.3927)]);

/** Place a label beside its point (x, y), outside the dot of this radius; null if there is no room.
 *
 * `occupied` has `labels` (including dots and axes), `lines`, and `leaders` (lines from labels to
 * their points). Important labels may cover `lines` or be placed further away, with a leader. To
 * avoid flicker, a label keeps its last `spot` if that is free. If `hasty`, only ACCENT labels can
 * get another spot. */
export function placeLabel(label, occupied, camera, hasty) {
  const { importance, radius, rank, spot: last } = label;
  if (!isSeen(label, camera)) return null;
  if (hasty && importance !== ACCENT) return last ? attempt(label, last, occupied, camera) : null;
  const distance = radius + GAP;
  const sides = SIDES.map((direction) => ({ direction, distance }));
  const order = last && !last.far ? [last, ...sides] : sides;
  const careful = importance === PLAIN && (rank >= MAX_OVER_POINTS || label.careful);
  for (const strict of careful ? [true] : [true, false]) {
    for (const spot of order) {
      const placed = attempt(label, spot, occupied, camera, strict);
      if (placed) return placed;
    }
  }
  return placeFurtherOut(label, occupied, camera)
    ?? (importance === ACCENT ? placeRegardless(label, camera) : null);
}

/** The label at one spot beside its point; null if that is occupied. */
function attempt(label, spot, occupied, camera, strict = false) {
  const rectangle = beside(label, spot.distance, spot.direction);
  if (!fits(rectangle, camera) || !occupied.labels.isFree(rectangle)) return null;
  if (!occupied.leaders.isFree(rectangle)) return null;
  if (strict && !occupied.lines.isFree(rectangle)) return null;
  const leader = spot.far ? nearestOf(rectangle, label.x, label.y) : null;
  return { ...label, rectangle, spot, leader };
}

function placeFurtherOut(label, occupied, camera) {
  const { x, y, radius, importance } = label;
  for (let distance = 26; distance <= MAX_LEADER[importance]; distance += 16) {
    for (const direction of AROUND) {
      const placed = attempt(label, { direction, distance, far: true }, occupied, camera);
      if (!placed) continue;
      const isClear = (layer) => layer.isFreeLine([x, y], placed.leader, radius + 6);
      if (importance === ACCENT) return placed;
      if (isClear(occupied.labels) && isClear(occupied.leaders)) return placed;
    }
  }
  return null;
}

/** The label beside its point and inside the picture, even if it covers something. */
function placeRegardless(label, camera) {
  const { left, top, width, height } = beside(label, label.radius + GAP, [1, 0]);
  const inside = (value, size, all) => Math.max(2, Math.min(value, all - size - 2));
  const rectangle = {
    left: inside(left, width, camera.width), top: inside(top, height, camera.height), width, height,
  };
  return { ...label, rectangle, spot: null, leader: null };
}

/** The point of a rectangle that is nearest to another point. */
function nearestOf({ left, top, width, height }, x, y) {
  const nearest = (value, low, size) => Math.max(low, Math.min(low + size, value));
  return [nearest(x, left, width), nearest(y, top, height)];
}

/** The rectangle of a label at this distance from its point, in this direction. */
function beside({ x, y, width, height }, distance, [right, down]) {
  const reach = Math.abs(right) === 1 && Math.abs(down) === 1 ? distance * 0.7 : distance;
  return {
    left: x + right * reach + (width * (right - 1)) / 2,
    top: y + down * reach + (height * (down - 1)) / 2,
    width,
    height,
  };
}

/** Whether any part of a label's dot is in the picture. */
function isSeen({ x, y, radius }, { width, height }) {
  return x > -radius && y > -radius && x < width + radius && y < height + radius;
}

function fits({ left, top, width, height }, camera) {
  const [right, bottom] = [left + width, top + height];
  return left >= 2 && top >= 2 && right <= camera.width - 2 && bottom <= camera.height - 2;
}
