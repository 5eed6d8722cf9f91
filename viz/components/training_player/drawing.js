// What the pictures are made of. What comes from texts is always text, never HTML.

const NAMESPACE = "http://www.w3.org/2000/svg";
const ruler = document.createElement("canvas").getContext("2d");

export function svg(tag, attributes = {}, text = "") {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

export function html(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

/** How wide a text is, in pixels. */
export function widthOf(text, size, family) {
  ruler.font = `${size}px ${family}`;
  return ruler.measureText(text).width;
}

/** Between two numbers. */
export function between(from, to, share) {
  return from + (to - from) * share;
}
