// The single strokes of the overlay: an arrow, a dot, a label, the outline of a selection.

import { css } from "./theme.js";

/** Lines from screen points towards others, each ending shortly before it. What lies below them all
 * is pushed back first, so that no line cuts another. */
export function drawLinks(pen, links, theme) {
  const ground = css(theme.background, 0.75);
  for (const link of links) drawShaft(pen, link, widthOf(link) + 3, ground, []);
  for (const link of links) {
    drawShaft(pen, link, widthOf(link), css(link.color), link.dashed ? [5, 6] : []);
    if (link.arrow) drawHead(pen, link);
  }
  pen.setLineDash([]);
}

const HEAD = 9; // pixels of an arrow's head that the line leaves free
const BEFORE = 7.5; // pixels before a word at which its lines end

function widthOf({ arrow }) {
  return arrow ? 2.4 : 1.8;
}

/** How far a line goes, and in which direction. */
function course({ from, to }) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = length ? [(to[0] - from[0]) / length, (to[1] - from[1]) / length] : [0, 0];
  return { reach: Math.max(length - BEFORE, 0), ux, uy };
}

function drawShaft(pen, link, width, ink, dash) {
  const { reach, ux, uy } = course(link);
  const [x, y] = link.from;
  const length = Math.max(link.arrow ? reach - HEAD : reach, 0);
  pen.lineCap = link.dashed ? "butt" : "round";
  pen.lineWidth = width;
  pen.strokeStyle = ink;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + ux * length, y + uy * length);
  pen.stroke();
}

function drawHead(pen, link) {
  const { reach, ux, uy } = course(link);
  if (reach <= 4) return;
  const [x, y] = [link.from[0] + ux * reach, link.from[1] + uy * reach];
  pen.fillStyle = css(link.color);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - ux * 12 - uy * 5.5, y - uy * 12 + ux * 5.5);
  pen.lineTo(x - ux * 12 + uy * 5.5, y - uy * 12 - ux * 5.5);
  pen.fill();
}

/** A highlighted word, a marker (hollow), or only a ring around a word (bare). */
export function drawDot(pen, { x, y, radius, color, ring, hollow, bare }, theme) {
  const circle = (size) => {
    pen.beginPath();
    pen.arc(x, y, size, 0, 2 * Math.PI);
  };
  if (!bare) {
    circle(radius + 1.8);
    pen.fillStyle = css(theme.background);
    pen.fill();
    circle(radius);
    pen.fillStyle = css(hollow ? theme.background : color);
    pen.fill();
  }
  if (hollow || ring) {
    circle(hollow ? radius - 1 : radius + 4);
    pen.lineWidth = hollow ? 2.5 : 2;
    pen.strokeStyle = css(color);
    pen.stroke();
  }
}

/** The place of a plain word that has a label. */
export function drawSpot(pen, { x, y }, theme) {
  pen.beginPath();
  pen.arc(x, y, 1.8, 0, 2 * Math.PI);
  pen.fillStyle = css(theme.muted);
  pen.fill();
}

/** A label with a halo, so that it can be read on points, and a line to its point if it is far. */
export function writeLabel(pen, { text, font, rectangle, baseline, ink, leader, x, y }, theme) {
  const { left, top } = rectangle;
  if (leader) {
    pen.lineWidth = 1;
    pen.strokeStyle = css(ink, 0.6);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(...leader);
    pen.stroke();
  }
  const place = [Math.round(left) + 2, Math.round(top + baseline)];
  pen.font = font;
  pen.textAlign = "left";
  pen.lineJoin = "round";
  pen.lineWidth = 4.4;
  pen.strokeStyle = css(theme.background, 0.92);
  pen.strokeText(text, ...place);
  pen.fillStyle = css(ink);
  pen.fillText(text, ...place);
}

export function drawShape(pen, shape, theme) {
  pen.beginPath();
  for (const [x, y] of shape) pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = css(theme.roles.accent, 0.1);
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = css(theme.roles.accent);
  pen.stroke();
}
