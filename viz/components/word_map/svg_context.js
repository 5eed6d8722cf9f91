// A drawing context that writes SVG. It has the methods of a canvas context that the overlay uses.

const ROUNDING = 100; // coordinates are rounded to hundredths of a pixel

export class SvgContext {
  /** `ruler` is a canvas context that measures texts. */
  constructor(ruler) {
    this.ruler = ruler;
    this.parts = [];
    this.dash = [];
    this.lineWidth = 1;
    this.textAlign = "left";
    this.lineCap = "butt";
    this.beginPath();
  }

  set font(font) {
    this.ruler.font = font;
    this.written = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(font);
  }

  /** A length such as "1px"; the ruler does not measure it in browsers without this property. */
  set letterSpacing(spacing) {
    this.ruler.letterSpacing = spacing;
  }

  measureText(text) {
    return this.ruler.measureText(text);
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
    this.circles = [];
  }

  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${short(x)} ${short(y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  /** Add a whole circle; other arcs are not needed. */
  arc(x, y, radius) {
    this.circles.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"`);
  }

  fill() {
    this.shapes(paint("fill", this.fillStyle));
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.shapes(`fill="none" ${paint("stroke", this.strokeStyle)} ` +
      `stroke-width="${short(this.lineWidth)}" stroke-linecap="${this.lineCap}"${dash}`);
  }

  shapes(attributes) {
    if (this.path) this.parts.push(`<path d="${this.path}" ${attributes}/>`);
    for (const circle of this.circles) this.parts.push(`${circle} ${attributes}/>`);
  }

  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" ` +
      `height="${short(height)}" ${paint("fill", this.fillStyle)}/>`);
  }

  fillText(text, x, y) {
    this.write(text, x, y, paint("fill", this.fillStyle));
  }

  strokeText(text, x, y) {
    this.write(text, x, y, `fill="none" ${paint("stroke", this.strokeStyle)} ` +
      `stroke-width="${short(this.lineWidth)}" stroke-linejoin="round" aria-hidden="true"`);
  }

  write(text, x, y, attributes) {
    const [, weight = 400, size, family] = this.written;
    // If the font is not installed, its replacement is scaled to the same width.
    const length = `textLength="${short(this.measureText(text).width)}" ` +
      `lengthAdjust="spacingAndGlyphs"`;
    const anchor = { left: "start", center: "middle", right: "end" }[this.textAlign];
    this.parts.push(`<text x="${short(x)}" y="${short(y)}" font-family="${xml(family)}" ` +
      `font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" ${length} ${attributes}>` +
      `${xml(text)}</text>`);
  }
}

/** A number with two decimals at most. */
export function short(value) {
  return String(Math.round(value * ROUNDING) / ROUNDING);
}

/** A colour of CSS, rgba(1,2,3,0.5), as attributes of SVG 1.1. */
export function paint(what, color) {
  const [red, green, blue, alpha] = color.match(/[\d.]+/g);
  return `${what}="rgb(${red},${green},${blue})"` +
    (Number(alpha) < 1 ? ` ${what}-opacity="${short(Number(alpha))}"` : "");
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for XML: special characters escaped, forbidden ones replaced. */
export function xml(text) {
  return text.toString()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "\ufffd")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}
