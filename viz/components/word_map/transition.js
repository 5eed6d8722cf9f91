// An animation of 600 ms: the words move to another layout, the camera to another view.

import { prefersReducedMotion } from "../shared/animation.js";

const DURATION = 600;

export class Flight {
  /** `words`: whether the words move too, or only the camera. */
  constructor(from, to, words) {
    this.from = from;
    this.to = to;
    this.words = words;
    this.share = prefersReducedMotion() ? 1 : 0;
  }

  /** Move the camera to its view at this time; returns whether the animation has ended. */
  step(now, camera) {
    this.start ??= now; // time starts at the first frame, which may be late
    if (this.share < 1) this.share = Math.min((now - this.start) / DURATION, 1);
    camera.interpolate(this.from, this.to, ease(this.share));
    return this.share === 1;
  }

  get mix() {
    return this.words ? ease(this.share) : 1;
  }
}

function ease(share) {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}
