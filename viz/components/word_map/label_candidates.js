// Which plain words may have a label: in every cell of the screen the first, most frequent few.

import { readable } from "./payload.js";

const CELL_WIDTH = 120;
const CELL_HEIGHT = 60;
const PER_CELL = 4;
const SEARCHED = 50000; // words looked at while the view moves; the rest as soon as it stands
const SPOKEN = /[\p{L}\p{N}]/u;

/** So few words that all may have a label, wherever there is room. */
export const FEW = 300;

/** Words in view that are worth a label, the most important first, and the share of the screen
 * that is not empty, and how many words there are at all. */
export function labelCandidates(words, positions, camera, moving) {
  const columns = Math.ceil(camera.width / CELL_WIDTH);
  const cells = columns * Math.ceil(camera.height / CELL_HEIGHT);
  const perCell = words.length <= FEW ? FEW : PER_CELL;
  const taken = new Uint16Array(cells);
  const r = camera.rows();
  const found = [];
  let room = cells * perCell;
  const many = words.length > 500;
  const end = moving ? Math.min(positions.length, 3 * SEARCHED) : positions.length;
  for (let i = 0, at = 0; at < end && room > 0; i++, at += 3) {
    const [px, py, pz] = [positions[at], positions[at + 1], positions[at + 2]];
    const w = r[8] * px + r[9] * py + r[10] * pz + r[11];
    const x = camera.width / 2 + (r[0] * px + r[1] * py + r[2] * pz + r[3]) / w;
    const y = camera.height / 2 - (r[4] * px + r[5] * py + r[6] * pz + r[7]) / w;
    if (!(w > 0.05 && x >= 0 && y >= 0 && x < camera.width && y < camera.height)) continue;
    const cell = Math.floor(y / CELL_HEIGHT) * columns + Math.floor(x / CELL_WIDTH);
    if (taken[cell] === perCell) continue;
    const text = readable(words.at(i));
    if (many && !SPOKEN.test(text)) continue; // commas and dashes tell nothing from afar
    taken[cell] += 1;
    room -= 1;
    found.push({ index: i, text, rank: (i + 30) * w * w });
  }
  const covered = taken.reduce((sum, words) => sum + (words > 0 ? 1 : 0), 0) / cells;
  return { found: found.sort((one, other) => one.rank - other.rank), covered, all: words.length };
}

/** How many plain labels are legible at once: more as one zooms in. */
export function labelBudget(camera, quiet, words) {
  const closer = 1 + 0.35 * Math.max(0, Math.log2(camera.zoom));
  const budget = Math.max(8, Math.min(110, ((camera.width * camera.height) / 19000) * closer));
  if (quiet) return Math.round(budget * 0.4);
  return words <= FEW ? words : Math.round(budget);
}

/** Behind highlighted words, only words that many know say where one is. */
export function isKnown(index, camera, words) {
  return index < Math.max(1000, words / 100) * Math.max(1, camera.zoom) ** 2;
}
