// Two arrows from zero: their lengths, their angle and their dot product.

const ARC_STEPS = 24;

/** The numbers of two arrows, and the points of what is drawn with them.
 *
 * shadow: the projection of the second arrow's tip onto the line of the first.
 * arc: points on an arc from the first arrow to the second.
 * angle: in degrees; null if an arrow has no length. */
export function pairOf(first, second) {
  const lengths = [Math.hypot(...first), Math.hypot(...second)];
  const dot = first[0] * second[0] + first[1] * second[1];
  if (!lengths[0] || !lengths[1]) return { lengths, dot, angle: null, shadow: [0, 0], arc: [] };
  const cross = first[0] * second[1] - first[1] * second[0];
  const turn = Math.atan2(cross, dot);
  const along = dot / lengths[0] ** 2;
  const radius = Math.max(0.22 * Math.min(...lengths), 0.1 * Math.max(...lengths));
  const start = Math.atan2(first[1], first[0]);
  const arc = Array.from({ length: ARC_STEPS + 1 }, (_, step) => {
    const angle = start + (turn * step) / ARC_STEPS;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return {
    lengths, dot, angle: (Math.abs(turn) * 180) / Math.PI,
    shadow: [along * first[0], along * first[1]], arc,
  };
}

/** A number with four significant digits at most. */
export function shortNumber(value) {
  const rounded = Number(value.toPrecision(4));
  return String(Math.abs(rounded) < 1e-9 ? 0 : rounded).replace("-", "−");
}
