// The words inside the last box or lasso.

import { packIndices } from "./payload.js";

const MOST_SENT = 20000;

export class Selection {
  constructor(count) {
    this.mask = new Uint8Array(count);
    this.count = 0;
    this.indices = [];
  }

  /** Select exactly these words. */
  set(indices) {
    this.mask.fill(0);
    for (const index of indices) this.mask[index] = 1;
    this.indices = indices;
    this.count = indices.length;
  }

  /** What travels to Python: how many, and which, unless they are too many. */
  message(words) {
    if (this.count === 0) return null;
    const indices = packIndices(this.indices.slice(0, MOST_SENT));
    return { words, count: this.count, indices };
  }
}
