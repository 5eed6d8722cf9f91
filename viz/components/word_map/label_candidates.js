// Plain (not highlighted) words that may have a label: the most frequent ones in each screen cell.

import { readable } from "./payload.js";

const CELL_WIDTH = 120;
const CELL_HEIGHT = 60;
const MAX_PER_CELL = 4;
const MAX_SEARCHED_MOVING = 50000; // words searched while the view moves
const HAS_LETTERS = /[\p{L}\p{N}]/u;

/** Up to this number of words, every word may have a label. */
export const MAX_ALL_LABELLED = 300;

/** The words in view that may have a label, the most important first (`words`); the share of cells
 * that contain such words (`covered`); and the number of all words (`all`). */
export function labelCandidates(words, positions, camera, moving) {
  const columns = Math.ceil(camera.width / CELL_WIDTH);
  const cells = columns * Math.ceil(camera.height / CELL_HEIGHT);
  const perCell = words.length <= MAX_ALL_LABELLED ? MAX_ALL_LABELLED : MAX_PER_CELL;
  const used = new Uint16Array(cells);
  const r = camera.rows();
  const candidates = [];
  let room = cells * perCell;
  const many = words.length > 500;
  const end = moving ? Math.min(positions.length, 3 * MAX_SEARCHED_MOVING) : positions.length;
  for (let i = 0, at = 0; at < end && room > 0; i++, at += 3) {
    const [px, py, pz] = [positions[at], positions[at + 1], positions[at + 2]];
    const w = r[8] * px + r[9] * py + r[10] * pz + r[11];
    const x = camera.width / 2 + (r[0] * px + r[1] * py + r[2] * pz + r[3]) / w;
    const y = camera.height / 2 - (r[4] * px + r[5] * py + r[6] * pz + r[7]) / w;
    if (!(w > 0.05 && x >= 0 && y >= 0 && x < camera.width && y < camera.height)) continue;
    const cell = Math.floor(y / CELL_HEIGHT) * columns + Math.floor(x / CELL_WIDTH);
    if (used[cell] === perCell) continue;
    const text = readable(words.at(i));
    if (many && !HAS_LETTERS.test(text)) continue; // skip punctuation among many words
    used[cell] += 1;
    room -= 1;
    candidates.push({ index: i, text, rank: (i + 30) * w * w });
  }
  const covered = used.reduce((sum, words) => sum + (words > 0 ? 1 : 0), 0) / cells;
  candidates.sort((one, other) => one.rank - other.rank);
  return { words: candidates, covered, all: words.length };
}

/** Whether the picture is narrow, as on a phone: labels are fewer and larger there. */
export function isNarrow(camera) {
  return camera.width < 500;
}

/** The maximum number of plain labels; it grows with the zoom, and more behind highlighted words. */
export function labelBudget(camera, dimmed, words) {
  if (words <= MAX_ALL_LABELLED) return words;
  const closer = 1 + 0.35 * Math.max(0, Math.log2(camera.zoom));
  const budget = Math.max(isNarrow(camera) ? 6 : 8, Math.min(110, ((camera.width * camera.height) / 19000) * closer));
  if (dimmed) return Math.round(budget * Math.min(1, 0.4 * closer));
  return Math.round(budget);
}

/** Whether a plain word is frequent enough for a label while other words are highlighted. */
export function isKnown(index, camera, words) {
  return index < Math.max(1000, words / 100) * Math.max(1, camera.zoom) ** 2;
}
