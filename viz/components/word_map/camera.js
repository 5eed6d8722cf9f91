// A camera that orbits a target. Two dimensions are the plane z = 0 seen from the front.

import { interpolate } from "../shared/animation.js";

const MAX_PITCH = 1.5; // radians; below a right angle, so that the cloud is never upside down
const MIN_DISTANCE = 0.05; // least w of a visible point; w is 0 at the eye, 1 at the target

const STEP_BACK = 0.96; // the scale of a view that is a step further away
const MAX_STEPS_BACK = 30;
const FOCUS_SHARE = 0.7; // of the picture's width and height: half of its area
const MAX_ZOOM = 3000;

export class Camera {
  constructor() {
    this.target = [0, 0, 0];
    this.yaw = 0;
    this.pitch = 0;
    this.scale = 1; // pixels per unit at the target's distance
    this.fitScale = 1;
    this.width = 0; // of the picture in pixels; 0 until it is known
    this.height = 0;
  }

  get zoom() {
    return this.scale / this.fitScale;
  }

  /** The projection matrix: three rows of four numbers, to multiply with (x, y, z, 1). The results
   * are x and y in pixels (y up) and the distance w, which is 1 at the target. The position on the
   * screen, from the middle of the picture, is (x / w, y / w). */
  rows() {
    const { yaw, pitch, scale, target, width, height } = this;
    const view = [yaw, pitch, scale, ...target, width, height];
    if (this.cachedView?.every((value, index) => value === view[index])) return this.cachedRows;
    this.cachedView = view;
    const [sy, cy, sp, cp] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
    const eye = 1.8 * Math.min(width, height);
    const right = [cy, 0, sy];
    const up = [sp * sy, cp, -sp * cy];
    const near = [-cp * sy, sp, cp * cy];
    const rows = new Float64Array(12);
    [right, up, near].forEach((axis, row) => {
      const factor = row === 2 ? -scale / eye : scale;
      const offset = axis[0] * target[0] + axis[1] * target[1] + axis[2] * target[2];
      rows.set(axis.map((value) => value * factor), 4 * row);
      rows[4 * row + 3] = -offset * factor + (row === 2 ? 1 : 0);
    });
    this.cachedRows = rows;
    return rows;
  }

  /** Project a point to the screen: [x, y, w], or null if it is behind the eye or contains NaN. */
  project(point, rows = this.rows()) {
    const [x, y, z] = point;
    const w = rows[8] * x + rows[9] * y + rows[10] * z + rows[11];
    if (!(w > MIN_DISTANCE)) return null;
    return [
      this.width / 2 + (rows[0] * x + rows[1] * y + rows[2] * z + rows[3]) / w,
      this.height / 2 - (rows[4] * x + rows[5] * y + rows[6] * z + rows[7]) / w,
      w,
    ];
  }

  /** The point in space at (x, y) on the screen and at the target's distance. */
  unproject(x, y) {
    const { yaw, pitch, scale, target, width, height } = this;
    const [sy, cy, sp, cp] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
    const [right, up] = [(x - width / 2) / scale, (height / 2 - y) / scale];
    return [
      target[0] + right * cy + up * sp * sy,
      target[1] + up * cp,
      target[2] + right * sy - up * sp * cy,
    ];
  }

  /** Move the picture by pixels. */
  pan(right, down) {
    this.target = this.unproject(this.width / 2 - right, this.height / 2 - down);
  }

  orbit(right, down) {
    this.yaw -= right * 0.008;
    this.pitch = Math.max(-MAX_PITCH, Math.min(MAX_PITCH, this.pitch + down * 0.008));
  }

  /** Zoom; the point under (x, y) stays there. */
  zoomAt(factor, x, y) {
    const scale = this.limited(this.scale * factor);
    const [right, down] = [x - this.width / 2, y - this.height / 2];
    this.pan(-right, -down);
    this.scale = scale;
    this.pan(right, down);
  }

  /** Zoom; a point in space keeps its place in the picture and its distance. */
  zoomTo(factor, point) {
    const scale = this.limited(this.scale * factor);
    const share = this.scale / scale;
    this.target = point.map((value, axis) => value + (this.target[axis] - value) * share);
    this.scale = scale;
  }

  limited(scale) {
    return Math.max(this.fitScale * 0.4, Math.min(this.fitScale * MAX_ZOOM, scale));
  }

  /** The view, to be restored by `interpolate`. */
  view() {
    const { target, yaw, pitch, scale, fitScale } = this;
    return { target: [...target], yaw, pitch, scale, fitScale };
  }

  /** Set the view by interpolation between two views. */
  interpolate(from, to, share) {
    this.target = from.target.map((value, axis) => interpolate(value, to.target[axis], share));
    this.yaw = interpolate(from.yaw, to.yaw, share);
    this.pitch = interpolate(from.pitch, to.pitch, share);
    this.scale = from.scale * (to.scale / from.scale) ** share;
    this.fitScale = from.fitScale * (to.fitScale / from.fitScale) ** share;
  }

  /** The view in which a box fills the picture. */
  fit({ low, high }, dimensions, margin = 34) {
    const target = low.map((value, axis) => (value + high[axis]) / 2);
    const extent = low.map((value, axis) => high[axis] - value);
    const width = Math.max(this.width - 2 * margin, 40);
    const height = Math.max(this.height - 2 * margin, 40);
    if (dimensions === 2) {
      const scale = usable(Math.min(width / extent[0], height / extent[1]));
      return { target, yaw: 0, pitch: 0, scale, fitScale: scale };
    }
    // At this scale, nearly all of a round cloud stays inside the picture in every orientation.
    const scale = usable(Math.min(width, height) / (Math.max(...extent) * 1.08));
    return { target, yaw: -0.55, pitch: 0.3, scale, fitScale: scale };
  }

  /** A view, from further away if one of these points would be outside the picture; points that
   * contain NaN are ignored. */
  holding(view, points, margin = 16) {
    const trial = Object.assign(new Camera(), { width: this.width, height: this.height });
    trial.interpolate(view, view, 1);
    const known = points.filter((point) => point.every(Number.isFinite));
    const isInside = (point) => {
      const seen = trial.project(point);
      return seen !== null && Math.abs(seen[0] - this.width / 2) <= this.width / 2 - margin
        && Math.abs(seen[1] - this.height / 2) <= this.height / 2 - margin;
    };
    for (let step = 0; step < MAX_STEPS_BACK && !known.every(isInside); step++) {
      trial.scale *= STEP_BACK;
    }
    return { ...view, scale: trial.scale, fitScale: trial.scale };
  }

  /** The view in which a box fills about half of the picture, from the current direction. */
  viewOf({ low, high }, dimensions, home) {
    const target = low.map((value, axis) => (value + high[axis]) / 2);
    const extent = low.map((value, axis) => high[axis] - value);
    const [width, height] = [this.width * FOCUS_SHARE, this.height * FOCUS_SHARE];
    const fitting = dimensions === 2
      ? Math.min(width / extent[0], height / extent[1])
      : Math.min(width, height) / Math.max(...extent);
    const scale = Number.isFinite(fitting) ? fitting : home.scale * 6; // a single point
    const turned = dimensions === 3 ? { yaw: this.yaw, pitch: this.pitch } : {};
    return { ...home, ...turned, target, scale: Math.min(scale, home.scale * MAX_ZOOM) };
  }
}

function usable(scale) {
  return Number.isFinite(scale) && scale > 0 ? scale : 100;
}

const OUTSIDE = 0.005; // share of the points beyond each side of the box around nearly all points
const MIN_CROPPED = 1000; // points; of fewer, none is left out

/** The box around nearly all points, and the box around their middle half. The outermost points are
 * left out, since a few outliers would shrink the cloud to a dot. */
export function boundsOf(positions) {
  const count = positions.length / 3;
  const step = Math.max(1, Math.floor(count / 20000));
  const [low, high] = [[0, 0, 0], [0, 0, 0]];
  const [lowHalf, highHalf] = [[0, 0, 0], [0, 0, 0]];
  for (let axis = 0; axis < 3; axis++) {
    const values = new Float32Array(Math.ceil(count / step));
    let known = 0;
    for (let i = 0; i < count; i += step) {
      const value = positions[3 * i + axis];
      if (!Number.isNaN(value)) values[known++] = value;
    }
    if (known === 0) continue;
    const sorted = values.subarray(0, known).sort();
    const outside = known < MIN_CROPPED ? 0 : Math.floor(known * OUTSIDE);
    [low[axis], high[axis]] = [sorted[outside], sorted[known - 1 - outside]];
    [lowHalf[axis], highHalf[axis]] = [sorted[known >> 2], sorted[(3 * known) >> 2]];
  }
  return { low, high, lowHalf, highHalf };
}

/** The box around some points; points with NaN are ignored. */
export function boxAround(points) {
  const known = points.filter((point) => point.every(Number.isFinite));
  if (known.length === 0) return { low: [0, 0, 0], high: [0, 0, 0] };
  const edge = (pick) => [0, 1, 2].map((axis) => pick(...known.map((point) => point[axis])));
  return { low: edge(Math.min), high: edge(Math.max) };
}
