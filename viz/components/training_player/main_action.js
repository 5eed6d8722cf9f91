// What the main button of the bar does, and what it is called.

/** Return what the main button does at a snapshot: "train", "pause" or "again".
 *
 * `newest` is the newest snapshot seen so far; `over` tells whether the run ends with it. */
export function mainAction(snapshot, newest, running, over) {
  if (running) return "pause";
  const isEnd = over && snapshot >= newest;
  return newest && (isEnd || snapshot === 0) ? "again" : "train";
}

/** Return the label of the main button. */
export function mainLabel(action, newest) {
  if (action === "pause") return "Pause";
  if (action === "again") return "Play again";
  return newest ? "Go on" : "Train";
}
