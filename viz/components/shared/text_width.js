// The width of a text before it is drawn.

let ruler;

/** The width of a text in pixels. */
export function textWidth(text, size, family) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = `${size}px ${family}`;
  return ruler.measureText(text).width;
}
