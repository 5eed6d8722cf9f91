// Axes, when they have names: lines through zero, ticks and titles in 2D, a corner cross in 3D.

import { css } from "./theme.js";

/** Draw the axes; returns the rectangles their texts take. */
export function drawAxes(pen, model, camera, theme) {
  if (model.layout.dimensions === 3) return drawCross(pen, model.axes, camera, theme);
  return model.axes.length === 2 ? drawPlane(pen, model.axes, camera, theme) : [];
}

function drawPlane(pen, names, camera, theme) {
  const taken = [];
  const small = theme.size * 0.69;
  const [left, top] = fromScreen(camera, 0, 0);
  const [right, bottom] = fromScreen(camera, camera.width, camera.height);
  const at = (x, y) => camera.project([x, y, 0]);
  pen.lineWidth = 1;
  pen.strokeStyle = css(theme.faint);
  pen.fillStyle = css(theme.muted);
  pen.font = `${small}px ${theme.family}`;
  const zero = at(0, 0);
  line(pen, [zero[0], 0], [zero[0], camera.height]);
  line(pen, [0, zero[1]], [camera.width, zero[1]]);
  for (const value of ticks(left, right, camera.width / 130)) {
    const x = at(value, 0)[0];
    if (x < 60 || x > camera.width - 24) continue;
    line(pen, [x, camera.height], [x, camera.height - 5]);
    taken.push(write(pen, number(value), x, camera.height - 8, "center", small));
  }
  for (const value of ticks(bottom, top, camera.height / 90)) {
    const y = at(0, value)[1];
    if (y < 40 || y > camera.height - 40) continue;
    line(pen, [0, y], [5, y]);
    taken.push(write(pen, number(value), 9, y + small / 3, "left", small));
  }
  pen.font = `600 ${small * 1.12}px ${theme.family}`;
  pen.fillStyle = css(theme.text);
  const height = small * 1.3;
  taken.push(write(pen, `${names[0]} →`, camera.width - 10, camera.height - 26, "right", height));
  taken.push(write(pen, `↑ ${names[1]}`, 9, 20, "left", height));
  return taken;
}

function fromScreen(camera, x, y) {
  const horizontal = camera.target[0] + (x - camera.width / 2) / camera.scale;
  const vertical = camera.target[1] - (y - camera.height / 2) / camera.scale;
  return [horizontal, vertical];
}

/** The three directions in a corner, and beside them what they are called. */
function drawCross(pen, names, camera, theme) {
  const reach = 24;
  const [x, y] = [46, camera.height - 46];
  const r = camera.rows();
  const small = theme.size * 0.72;
  const taken = [{ left: x - 40, top: y - 40, width: 80, height: 80 }];
  pen.lineWidth = 1.5;
  pen.font = `600 ${small}px ${theme.family}`;
  for (let axis = 0; axis < 3; axis++) {
    const right = r[axis] / camera.scale;
    const up = r[4 + axis] / camera.scale;
    pen.strokeStyle = css(theme.muted, 0.8);
    line(pen, [x, y], [x + right * reach, y - up * reach]);
    pen.fillStyle = css(theme.text);
    write(pen, "xyz"[axis], x + right * 34, y - up * 34 + small / 3, "center", small);
    if (!names.length) continue;
    const row = camera.height - 12 - (2 - axis) * small * 1.35;
    taken.push(write(pen, `${"xyz"[axis]}  ${names[axis]}`, 96, row, "left", small));
  }
  return taken;
}

function write(pen, text, x, y, align, height) {
  pen.textAlign = align;
  pen.fillText(text, x, y);
  const width = pen.measureText(text).width;
  const left = align === "center" ? x - width / 2 : align === "right" ? x - width : x;
  return { left: left - 3, top: y - height, width: width + 6, height: height + 4 };
}

function line(pen, [x1, y1], [x2, y2]) {
  pen.beginPath();
  pen.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  pen.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  pen.stroke();
}

/** Round numbers between two ends, about `wanted` of them. */
export function ticks(low, high, wanted) {
  const rough = (high - low) / Math.max(wanted, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high && found.length < 60; i++) {
    found.push(i * step);
  }
  return found;
}

const whole = new Intl.NumberFormat("en");

/** A number in few characters, with a true minus; whole ones in full. */
export function number(value) {
  if (Number.isInteger(value)) return whole.format(value + 0).replace("-", "−");
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
