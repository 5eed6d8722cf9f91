// Numbers of words, or of what else the points of a map are.

/** A text such as "1,200 words". `unit`: "word", "token" or "text". */
export function counted(count, unit = "word") {
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}
