// Finding a typed word on the map.

/** The index of a typed word, as it is or in small letters; -1 if it is not among the words. */
export function indexOfWord(words, typed) {
  const word = typed.trim();
  if (!word) return -1;
  const index = words.indexOf(word);
  return index < 0 ? words.indexOf(word.toLowerCase()) : index;
}
