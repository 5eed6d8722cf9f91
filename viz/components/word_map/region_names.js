// The names of regions on the picture: which regions are named, how large, and where.
//
// A region is named if it is neither a dot nor most of the picture. So the names of large regions
// give way to those of smaller ones as the view comes closer, and these to words.

import { widened } from "./label_placement.js";
import { nameOf, placeOf } from "./regions.js";

/** The names on a screen, in pixels. */
export const ON_SCREEN = {
  leastRadius: 28, // of a region with a name
  smallest: [12, 12, 12], // font size at each level
  largest: [24, 21, 18],
  spacing: 26, // between names
};
const LARGEST_SHARE = 0.6; // radius of a region, of the picture's shorter side
const LEAST_SHARE = 0.4; // of the growth of a font, for a region of few words
const GROWTH = 120; // pixels of radius from the smallest to the largest font
const EMPHASIS = 1.3; // times the usual font size
const BROAD = 1.7; // times a region's radius; broader names are written in two lines
const LINE = 1.16; // height of a line, times the font size
const REACH = 0.75; // of a region's radius that its name may be shifted by

/** The regions in view that may be named, the most important first.
 *
 * `emphasized` is a region, { level, region }, that is named whatever its size. */
export function namesInView(regions, camera, emphasized, sizes = ON_SCREEN) {
  const rows = camera.rows();
  const largest = LARGEST_SHARE * Math.min(camera.width, camera.height);
  const names = [];
  for (const [level, { names: all, sizes: counts }] of regions.levels.entries()) {
    const usual = regions.count / all.length; // words in a region
    for (let region = 0; region < all.length; region++) {
      const stands = emphasized?.level === level && emphasized.region === region;
      const { peak, radius: extent } = placeOf(regions, level, region);
      const seen = camera.project(peak, rows);
      if (!seen || !(seen[0] >= 0 && seen[1] >= 0)) continue;
      if (seen[0] >= camera.width || seen[1] >= camera.height) continue;
      const radius = (extent * camera.scale) / seen[2];
      if (!stands && (radius < sizes.leastRadius || radius > largest)) continue;
      const text = nameOf(regions, level, region);
      names.push({ key: `${level}:${region}`, level, region, text, x: seen[0], y: seen[1], radius,
        size: fontSize(radius, level, counts[region] / usual, sizes) * (stands ? EMPHASIS : 1), stands });
    }
  }
  return names.sort((one, other) =>
    other.stands - one.stands || one.level - other.level || other.radius - one.radius);
}

/** The font size of a region's name; `words` is their number against that of a usual region. */
function fontSize(radius, level, words, { leastRadius, smallest, largest }) {
  const share = Math.min(1, Math.sqrt(Math.max(0, radius - leastRadius) / GROWTH));
  const full = Math.max(LEAST_SHARE, Math.min(1, Math.sqrt(words)));
  const [least, most] = [smallest, largest].map((each) => each[level] ?? each.at(-1));
  return Math.round(least + (most - least) * share * full);
}

/** Place as many names as there is room for; they are added to `occupied.labels`.
 *
 * `measure(text, size)` is the width of a text. `before` has the last shift of each name that was
 * shown, by key: these stay, which avoids flicker. If `hasty`, no other ones are placed. */
export function placeNames(
  names, occupied, camera, measure, { before, hasty, spacing = ON_SCREEN.spacing } = {},
) {
  const known = (name) => before?.has(name.key) ?? false;
  const written = new Set();
  const placed = [];
  for (const name of hasty ? names.filter((each) => known(each) || each.stands) : names) {
    if (written.has(name.text)) continue;
    const lines = linesOf(name, measure);
    const width = Math.max(...lines.map((line) => measure(line, name.size))) + 6;
    const height = Math.ceil(lines.length * name.size * LINE) + 2;
    const last = before?.get(name.key);
    const shifts = [...(last ? [last] : []), ...shiftsOf(name, height)];
    for (const shift of shifts) {
      const rectangle = inside(name, shift, width, height, camera);
      if (!rectangle || !occupied.labels.isFree(rectangle)) continue;
      occupied.labels.add(widened(rectangle, spacing));
      placed.push({ ...name, lines, shift, rectangle, lineHeight: name.size * LINE });
      written.add(name.text);
      break;
    }
  }
  return placed;
}

/** The two words of a name one above the other if they are broader than the region. */
function linesOf({ text, size, radius }, measure) {
  const at = text.indexOf(", ");
  if (at < 0 || measure(text, size) < BROAD * radius) return [text];
  return [text.slice(0, at + 1), text.slice(at + 2)];
}

/** Where a name may be, the best first: at the peak, or a little beside it. */
function shiftsOf({ radius }, height) {
  const reach = Math.max(REACH * radius, height);
  const steps = [[0, 0]];
  for (const share of [0.34, 0.67, 1]) {
    for (const [right, down] of [[0, -1], [0, 1], [-1, 0], [1, 0], [0.7, -0.7], [-0.7, -0.7],
      [0.7, 0.7], [-0.7, 0.7]]) steps.push([right * share * reach, down * share * reach]);
  }
  return steps;
}

/** The rectangle of a name, moved into the picture; null if it would be too far from its region. */
function inside({ x, y, radius }, [right, down], width, height, camera) {
  const into = (value, size, all) => Math.max(6, Math.min(value, all - size - 6));
  const [left, top] = [x + right - width / 2, y + down - height / 2];
  const rectangle = { left: into(left, width, camera.width), top: into(top, height, camera.height),
    width, height };
  const [aside, off] = [Math.abs(rectangle.left - left), Math.abs(rectangle.top - top)];
  if (rectangle.left + width > camera.width || rectangle.top + height > camera.height) return null;
  return aside <= Math.max(radius, width / 2) && off <= Math.max(radius, height) ? rectangle : null;
}
