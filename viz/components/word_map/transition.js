// A flight: words from one layout to the next, the camera from one view to another, in 600 ms.

const DURATION = 600;

export class Flight {
  /** `words` tells whether the words fly too, not only the camera. */
  constructor(from, to, words) {
    this.from = from;
    this.to = to;
    this.words = words;
    this.share = still() ? 1 : 0;
  }

  /** Move the camera to where it is at this time; returns whether the flight is over. */
  step(now, camera) {
    this.start ??= now; // the first frame may come late: the clock starts with it
    if (this.share < 1) this.share = Math.min((now - this.start) / DURATION, 1);
    camera.between(this.from, this.to, ease(this.share));
    return this.share === 1;
  }

  get mix() {
    return this.words ? ease(this.share) : 1;
  }
}

function ease(share) {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}

/** Whether the reader asked for less motion. */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
