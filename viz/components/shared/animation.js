// Helpers for animations.

/** Linear interpolation: `from` if the share is 0, `to` if it is 1. */
export function interpolate(from, to, share) {
  return from + (to - from) * share;
}

/** Whether the visitor's system is set to reduce motion. */
export function prefersReducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
