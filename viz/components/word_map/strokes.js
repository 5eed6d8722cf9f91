// The single strokes of the overlay: an arrow, a dot, a label, the outline of a selection.

import { css } from "./theme.js";

/** A line from one screen point towards another, ending `gap` before it; returns where it runs. */
export function drawArrow(pen, from, to, { color, arrow, dashed, gap }, theme) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = length ? [(to[0] - from[0]) / length, (to[1] - from[1]) / length] : [0, 0];
  const stop = Math.max(length - gap, 0);
  const shaft = Math.max(arrow ? stop - 9 : stop, 0);
  pen.lineCap = "round";
  pen.setLineDash(dashed ? [7, 7] : []);
  for (const [width, ink] of [[6, css(theme.background, 0.75)], [2.4, css(color)]]) {
    pen.lineWidth = width;
    pen.strokeStyle = ink;
    pen.beginPath();
    pen.moveTo(from[0], from[1]);
    pen.lineTo(from[0] + ux * shaft, from[1] + uy * shaft);
    pen.stroke();
  }
  pen.setLineDash([]);
  if (arrow && stop > 4) {
    const [x, y] = [from[0] + ux * stop, from[1] + uy * stop];
    pen.fillStyle = css(color);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - ux * 12 - uy * 5.5, y - uy * 12 + ux * 5.5);
    pen.lineTo(x - ux * 12 + uy * 5.5, y - uy * 12 - ux * 5.5);
    pen.fill();
  }
  return { length: stop, ux, uy };
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

/** A label with a halo, so that it can be read on points, and a line to its point if it is far. */
export function writeLabel(pen, { text, font, rectangle, baseline, ink, leader, x, y }, theme) {
  const { left, top, width, height } = rectangle;
  if (leader) {
    const nearest = (value, low, size) => Math.max(low, Math.min(low + size, value));
    pen.lineWidth = 1;
    pen.strokeStyle = css(ink, 0.6);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(nearest(x, left, width), nearest(y, top, height));
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
