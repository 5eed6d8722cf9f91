// An animation, usually of 600 ms: the words move to another layout, the camera to another view.

import { prefersReducedMotion } from "../shared/animation.js";

const DURATION = 600;

export class Flight {
  /** `words`: whether the words move too, or only the camera. `lift`: the factor by which the scale
   * is smaller halfway, so that both ends of a long way are seen. */
  constructor(from, to, words, { duration = DURATION, lift = 1 } = {}) {
    this.duration = duration;
    this.lift = lift;
    this.from = from;
    this.to = to;
    this.words = words;
    this.share = prefersReducedMotion() ? 1 : 0;
  }

  /** Move the camera to its view at this time; returns whether the animation has ended. */
  step(now, camera) {
    this.start ??= now; // time starts at the first frame, which may be late
    if (this.share < 1) this.share = Math.min((now - this.start) / this.duration, 1);
    const share = ease(this.share);
    camera.interpolate(this.from, this.to, share);
    if (share < 1) camera.scale *= this.lift ** Math.sin(Math.PI * share);
    return this.share === 1;
  }

  get mix() {
    return this.words ? ease(this.share) : 1;
  }
}

function ease(share) {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}
