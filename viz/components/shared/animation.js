// What animations have in common.

/** The number at a share (0 to 1) of the way between two numbers. */
export function interpolate(from, to, share) {
  return from + (to - from) * share;
}

/** Whether the visitor asked for less motion. */
export function prefersReducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
