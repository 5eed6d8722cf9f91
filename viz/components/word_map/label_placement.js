// Where labels go: beside their points, never over each other.

const GAP = 3;
const BUCKET = 64;

/** Rectangles that are taken, found quickly through a coarse grid. */
export class Occupied {
  constructor() {
    this.buckets = new Map();
  }

  add(rectangle) {
    for (const key of keys(rectangle)) {
      if (!this.buckets.has(key)) this.buckets.set(key, []);
      this.buckets.get(key).push(rectangle);
    }
  }

  isFree(rectangle) {
    return keys(rectangle).every((key) =>
      (this.buckets.get(key) ?? []).every((other) => apart(rectangle, other)),
    );
  }
}

/** A rectangle with room around it, so that plain labels spread over the picture. */
export function widened({ left, top, width, height }, spacing) {
  const [aside, above] = [spacing * 0.3, spacing * 0.22];
  return {
    left: left - aside, top: top - above, width: width + 2 * aside, height: height + 2 * above,
  };
}

function keys({ left, top, width, height }) {
  const found = [];
  for (let row = Math.floor(top / BUCKET); row <= Math.floor((top + height) / BUCKET); row++) {
    for (let column = Math.floor(left / BUCKET); column <= (left + width) / BUCKET; column++) {
      found.push(row * 1000 + column);
    }
  }
  return found;
}

function apart(one, other) {
  return (
    one.left + one.width <= other.left || other.left + other.width <= one.left ||
    one.top + one.height <= other.top || other.top + other.height <= one.top
  );
}

const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
const AROUND = Array.from({ length: 16 }, (_, i) => [Math.cos(i * 0.3927), Math.sin(i * 0.3927)]);

/** Put a label at its point (x, y), clear of a dot of this radius; null if there is no room.
 * A label that `must` stand also covers `lines`, if it has to, or goes further out: then it gets
 * a line to its point. */
export function placeLabel(label, occupied, lines, camera) {
  const { x, y, width, height, radius, must, side } = label;
  const sides = must ? SIDES : SIDES.slice(0, 4);
  const order = side ? [side, ...sides] : sides; // where it was before, so that nothing flickers
  for (const strict of must ? [true, false] : [true]) {
    for (const direction of order) {
      const rectangle = beside(x, y, width, height, radius + GAP, direction);
      if (!fits(rectangle, camera) || !occupied.isFree(rectangle)) continue;
      if (strict && !lines.isFree(rectangle)) continue;
      return { ...label, rectangle, side: direction, leader: false };
    }
  }
  for (let distance = 26; must && distance <= 170; distance += 16) {
    for (const direction of AROUND) {
      const rectangle = beside(x, y, width, height, distance, direction);
      if (fits(rectangle, camera) && occupied.isFree(rectangle)) {
        return { ...label, rectangle, side: null, leader: true };
      }
    }
  }
  return null;
}

/** The rectangle whose nearest edge is this far from the point, in this direction. */
function beside(x, y, width, height, distance, [right, down]) {
  const reach = Math.abs(right) === 1 && Math.abs(down) === 1 ? distance * 0.7 : distance;
  return {
    left: x + right * reach + (width * (right - 1)) / 2,
    top: y + down * reach + (height * (down - 1)) / 2,
    width,
    height,
  };
}

function fits({ left, top, width, height }, camera) {
  const [right, bottom] = [left + width, top + height];
  return left >= 2 && top >= 2 && right <= camera.width - 2 && bottom <= camera.height - 2;
}
