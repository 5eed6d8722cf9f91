// The axes: in 2D lines through zero, ticks and titles, in 3D a small cross. Without names the axes
// mean nothing, and none are drawn.

import { ticks } from "../shared/ticks.js";
import { css } from "./theme.js";

/** Draw the axes; returns the rectangles of their texts. */
export function drawAxes(context, model, camera, theme) {
  const { axes, layout } = model;
  if (axes.length !== layout.dimensions) return [];
  return (layout.dimensions === 3 ? drawCross : drawPlane)(context, axes, camera, theme);
}

function drawPlane(context, names, camera, theme) {
  const occupied = [];
  const small = theme.size * 0.69;
  const [left, top] = camera.unproject(0, 0);
  const [right, bottom] = camera.unproject(camera.width, camera.height);
  const at = (x, y) => camera.project([x, y, 0]);
  context.lineWidth = 1;
  context.strokeStyle = css(theme.faint);
  context.fillStyle = css(theme.muted);
  context.font = `${small}px ${theme.family}`;
  const zero = at(0, 0);
  line(context, [zero[0], 0], [zero[0], camera.height]);
  line(context, [0, zero[1]], [camera.width, zero[1]]);
  for (const value of ticks(left, right, camera.width / 130)) {
    const x = at(value, 0)[0];
    if (x < 60 || x > camera.width - 24) continue;
    line(context, [x, camera.height], [x, camera.height - 5]);
    occupied.push(write(context, number(value), x, camera.height - 8, "center", small));
  }
  for (const value of ticks(bottom, top, camera.height / 90)) {
    const y = at(0, value)[1];
    const edge = Math.max(40, 2.3 * small); // the title is above, the ticks of the other axis below
    if (y < edge || y > camera.height - edge) continue;
    line(context, [0, y], [5, y]);
    occupied.push(write(context, number(value), 9, y + small / 3, "left", small));
  }
  context.font = `600 ${small * 1.12}px ${theme.family}`;
  context.fillStyle = css(theme.text);
  const height = small * 1.3;
  const low = camera.height - Math.max(26, small + 13); // above the ticks
  occupied.push(write(context, `${names[0]} →`, camera.width - 10, low, "right", height));
  occupied.push(write(context, `↑ ${names[1]}`, 9, Math.max(20, height), "left", height));
  return occupied;
}

/** Draw the directions of the three axes in a corner, with their names. */
function drawCross(context, names, camera, theme) {
  const reach = 24;
  const [x, y] = [46, camera.height - 46];
  const r = camera.rows();
  const small = theme.size * 0.72;
  const occupied = [{ left: x - 40, top: y - 40, width: 80, height: 80 }];
  context.lineWidth = 1.5;
  context.font = `600 ${small}px ${theme.family}`;
  for (let axis = 0; axis < 3; axis++) {
    const right = r[axis] / camera.scale;
    const up = r[4 + axis] / camera.scale;
    context.strokeStyle = css(theme.muted, 0.8);
    line(context, [x, y], [x + right * reach, y - up * reach]);
    context.fillStyle = css(theme.text);
    write(context, "xyz"[axis], x + right * 34, y - up * 34 + small / 3, "center", small);
    const row = camera.height - 12 - (2 - axis) * small * 1.35;
    occupied.push(write(context, `${"xyz"[axis]}  ${names[axis]}`, 96, row, "left", small));
  }
  return occupied;
}

function write(context, text, x, y, align, height) {
  context.textAlign = align;
  context.fillText(text, x, y);
  const width = context.measureText(text).width;
  const left = align === "center" ? x - width / 2 : align === "right" ? x - width : x;
  return { left: left - 3, top: y - height, width: width + 6, height: height + 4 };
}

function line(context, [x1, y1], [x2, y2]) {
  context.beginPath();
  context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  context.stroke();
}

const whole = new Intl.NumberFormat("en");

/** Format a number: integers in full, others with four significant digits; U+2212 as minus. */
export function number(value) {
  if (Number.isInteger(value)) return whole.format(value + 0).replace("-", "−");
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
