// The regions of a map: levels from coarse to fine, each region inside one of the level before.

import { readable } from "./payload.js";

const NAME_LENGTH = 40;

/** The name of a region, for display. */
export function nameOf(regions, level, region) {
  return readable(regions.levels[level].names[region], NAME_LENGTH);
}

/** The name of the finest region of a word. */
export function regionName(regions, index) {
  return nameOf(regions, regions.levels.length - 1, regions.labels[index]);
}

/** For each region of the finest level, the region of another level that it lies in. */
export function ancestors({ levels }, level) {
  let regions = levels.at(-1).names.map((_, region) => region);
  for (let finer = levels.length - 1; finer > level; finer--) {
    regions = regions.map((region) => levels[finer].parents[region]);
  }
  return regions;
}

/** The words of a region, ascending. */
export function wordsOf(regions, level, region) {
  const inside = ancestors(regions, level).map((other) => other === region);
  const words = [];
  for (let index = 0; index < regions.labels.length; index++) {
    if (inside[regions.labels[index]]) words.push(index);
  }
  return words;
}

/** The centre of a region, three coordinates, and its radius. */
export function placeOf({ levels }, level, region) {
  const { peaks, radii } = levels[level];
  const [x, y, z = 0] = peaks[region];
  return { peak: [x, y, z], radius: radii[region] };
}
