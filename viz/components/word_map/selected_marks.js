// Marks for a few selected words, whose points alone are too small to be seen among many.

export const MAX_MARKED = 24; // selected words; if there are more, none is marked

/** The highlights of a message, and after them one for each selected word that has none yet. */
export function markSelected(highlights, selected) {
  if (selected.length > MAX_MARKED) return highlights;
  const marked = new Set(highlights.map(([index]) => index));
  const others = selected.filter((index) => !marked.has(index));
  return [...highlights, ...others.map((index) => [index, "accent", null])];
}
