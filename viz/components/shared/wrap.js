// Sentences broken into lines.

/** Break a sentence into lines that are at most `width` wide, as `measure(text)` tells. */
export function wrap(sentence, width, measure) {
  const lines = [];
  for (const word of sentence.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
