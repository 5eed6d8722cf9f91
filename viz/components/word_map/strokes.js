// The shapes of the overlay: an arrow, a dot, a label, the outline of a selection.

import { css } from "./theme.js";

/** Draw lines between points on the screen; each ends shortly before its target. All halos are
 * drawn first, so that no halo covers a line. */
export function drawLinks(context, links, theme) {
  const ground = css(theme.background, 0.75);
  for (const link of links) drawShaft(context, link, strokeWidth(link) + 3, ground, []);
  for (const link of links) {
    drawShaft(context, link, strokeWidth(link), css(link.color), link.dashed ? [5, 6] : []);
    if (link.arrow) drawHead(context, link);
  }
  context.setLineDash([]);
}

const HEAD_LENGTH = 9; // pixels from the end of an arrow's line to its tip
const GAP_TO_WORD = 7.5; // pixels between the end of a line and its target

function strokeWidth({ arrow }) {
  return arrow ? 2.4 : 1.8;
}

/** The length of a line without the gap at its end, and its direction. */
function direction({ from, to }) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = length ? [(to[0] - from[0]) / length, (to[1] - from[1]) / length] : [0, 0];
  return { reach: Math.max(length - GAP_TO_WORD, 0), ux, uy };
}

function drawShaft(context, link, width, ink, dash) {
  const { reach, ux, uy } = direction(link);
  const [x, y] = link.from;
  const length = Math.max(link.arrow ? reach - HEAD_LENGTH : reach, 0);
  context.lineCap = link.dashed ? "butt" : "round";
  context.lineWidth = width;
  context.strokeStyle = ink;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + ux * length, y + uy * length);
  context.stroke();
}

function drawHead(context, link) {
  const { reach, ux, uy } = direction(link);
  if (reach <= 4) return;
  const [x, y] = [link.from[0] + ux * reach, link.from[1] + uy * reach];
  context.fillStyle = css(link.color);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - ux * 12 - uy * 5.5, y - uy * 12 + ux * 5.5);
  context.lineTo(x - ux * 12 + uy * 5.5, y - uy * 12 - ux * 5.5);
  context.fill();
}

/** A highlighted word, a marker (hollow), or only a ring around a word (bare). */
export function drawDot(context, { x, y, radius, color, ring, hollow, bare }, theme) {
  const circle = (size) => {
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
  };
  if (!bare) {
    circle(radius + 1.8);
    context.fillStyle = css(theme.background);
    context.fill();
    circle(radius);
    context.fillStyle = css(hollow ? theme.background : color);
    context.fill();
  }
  if (hollow || ring) {
    circle(hollow ? radius - 1 : radius + 4);
    context.lineWidth = hollow ? 2.5 : 2;
    context.strokeStyle = css(color);
    context.stroke();
  }
}

/** The point of a plain word that has a label. */
export function drawSpot(context, { x, y }, theme) {
  context.beginPath();
  context.arc(x, y, 1.8, 0, 2 * Math.PI);
  context.fillStyle = css(theme.muted);
  context.fill();
}

/** Draw a label with a halo, so that it is legible over points, and its leader if it has one. */
export function writeLabel(context, { text, font, rectangle, baseline, ink, leader, x, y }, theme) {
  const { left, top } = rectangle;
  if (leader) {
    context.lineWidth = 1;
    context.strokeStyle = css(ink, 0.6);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(...leader);
    context.stroke();
  }
  const start = [Math.round(left) + 2, Math.round(top + baseline)];
  context.font = font;
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 4.4;
  context.strokeStyle = css(theme.background, 0.92);
  context.strokeText(text, ...start);
  context.fillStyle = css(ink);
  context.fillText(text, ...start);
}

/** Write the name of a region, with a halo, its lines centred. */
export function writeName(context, { lines, font, spacing, rectangle, lineHeight, size, ink }, theme) {
  const middle = rectangle.left + rectangle.width / 2 + spacing / 2; // a space follows each letter
  context.font = font;
  context.letterSpacing = `${spacing}px`;
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.strokeStyle = css(theme.background, 0.9);
  context.fillStyle = css(ink);
  const at = (line) => [middle, rectangle.top + 1 + line * lineHeight + size * 0.92];
  for (const [line, text] of lines.entries()) context.strokeText(text, ...at(line));
  for (const [line, text] of lines.entries()) context.fillText(text, ...at(line));
  context.letterSpacing = "0px";
}

export function drawShape(context, shape, theme) {
  context.beginPath();
  for (const [x, y] of shape) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = css(theme.roles.accent, 0.1);
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = css(theme.roles.accent);
  context.stroke();
}
