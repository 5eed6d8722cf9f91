// Continue the last word of a line.

const MAX_OFFERED = 8;
const MIN_LETTERS = 2;
const LAST_WORD = /[\p{L}\p{M}\p{N}]+(?:['’_-][\p{L}\p{M}\p{N}]+)*$/u;

/** The line with its last word continued, for up to eight words, in the order of `words`. */
export function continued(line, words) {
  const [begun] = LAST_WORD.exec(line) ?? [""];
  if (begun.length < MIN_LETTERS) return [];
  const before = line.slice(0, line.length - begun.length);
  const sought = begun.toLowerCase();
  const found = [];
  for (const word of words) {
    if (word.length > begun.length && word.toLowerCase().startsWith(sought)) {
      // The browser shows only what begins as the line does, so the letters typed stay as they are.
      found.push(before + begun + word.slice(begun.length));
      if (found.length === MAX_OFFERED) break;
    }
  }
  return found;
}
