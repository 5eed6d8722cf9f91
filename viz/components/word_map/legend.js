// The legend: the colours of groups, which can be hidden, or a colour scale.

import { element } from "../shared/dom.js";
import { number } from "./axes.js";
import { readable } from "./payload.js";
import { regionName } from "./regions.js";
import { css, paletteColor } from "./theme.js";

const MAX_DRAWN_LETTERS = 48; // of the name of a group
const STEPS = 36; // rectangles that a colour scale is drawn with

/** The legend as elements; `toggle(name)` is called when the button of a group is pressed. */
export function legendElements(legend, theme, hidden, toggle) {
  if (legend?.groups) {
    return legend.groups.map((name, index) => (
      groupElement(legend, theme, name, index, hidden, toggle)
    ));
  }
  return legend?.scale ? [scaleElement(legend, theme)] : []; // regions have names on the picture
}

function groupElement(legend, theme, name, index, hidden, toggle) {
  const button = element("button", { class: "group", type: "button" });
  const dot = element("i");
  dot.style.color = css(paletteColor(theme, legend, index));
  button.append(dot, name);
  const write = () => {
    button.setAttribute("aria-pressed", !hidden.has(name));
    button.title = hidden.has(name) ? `Show ${name}` : `Hide ${name}`;
  };
  write();
  button.onclick = () => {
    toggle(name);
    write();
  };
  return button;
}

function scaleElement(legend, theme) {
  const strip = element("span", { class: "strip" });
  const stops = [0, 63, 127, 190, 254].map((index) => css(paletteColor(theme, legend, index)));
  strip.style.background = `linear-gradient(to right, ${stops.join(",")})`;
  const whole = element("span", { class: "scale" }, strip);
  for (const [value, text] of ticksOf(legend)) {
    const share = `${100 * shareOf(legend, value)}%`;
    const tick = element("small", {}, text);
    tick.style.left = share;
    tick.style.transform = `translateX(-${share})`; // keeps the first and the last text inside
    whole.append(tick);
  }
  return element("span", {}, legend.name, whole);
}

/** The ticks of a scale, each as [value, text]; the ends of the scale if the legend has none. */
function ticksOf({ scale: [low, high], ticks }) {
  const given = (ticks ?? []).filter(([value]) => value >= low && value <= high);
  return given.length ? given : [[low, number(low)], [high, number(high)]];
}

/** The position of a value on the scale, 0 to 1. */
function shareOf({ scale: [low, high], logarithmic }, value) {
  const along = logarithmic ? Math.log : (given) => given;
  return (along(value) - along(low)) / (along(high) - along(low) || 1);
}

/** The meaning of a word's colour, or an empty text. */
export function meaningOf({ legend, paletteIndices, values, regions }, index) {
  if (legend?.regions) return regionName(regions, index);
  if (legend?.groups) return legend.groups[paletteIndices?.[index]] ?? "";
  const value = values?.[index];
  return Number.isFinite(value) ? `${legend.name} ${number(value)}`.trim() : "";
}

/** What a word's tooltip says beside the word: the meaning of its colour, and its region. */
export function detailOf(model, index) {
  const region = model.regions ? `in ${regionName(model.regions, index)}` : "";
  return [model.legend?.regions ? "" : meaningOf(model, index), region].filter(Boolean).join(" · ");
}

/** Draw the legend in rows of this width; returns its height. */
export function drawLegend(context, model, theme, width) {
  const { legend, hidden } = model;
  if (!legend || legend.regions) return 0;
  const size = theme.size * 0.85;
  context.font = `400 ${size}px ${theme.family}`;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  if (legend.scale) return drawScale(context, legend, theme, size);
  let [x, y] = [12, 21];
  for (const [index, group] of legend.groups.entries()) {
    if (hidden.has(group)) continue;
    const name = readable(group, MAX_DRAWN_LETTERS);
    const wide = 30 + context.measureText(name).width;
    if (x > 12 && x + wide > width) [x, y] = [12, y + 21];
    context.fillStyle = css(paletteColor(theme, legend, index));
    context.beginPath();
    context.arc(x + 5, y - size * 0.35, 5, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = css(theme.text);
    context.fillText(name, x + 15, y);
    x += wide;
  }
  return y + 11;
}

function drawScale(context, legend, theme, size) {
  const [left, length] = [12 + (legend.name ? context.measureText(legend.name).width + 10 : 0), 240];
  context.fillStyle = css(theme.text);
  context.fillText(legend.name, 12, 21);
  for (let step = 0; step < STEPS; step++) {
    context.fillStyle = css(paletteColor(theme, legend, Math.round((254 * step) / (STEPS - 1))));
    context.fillRect(left + (length * step) / STEPS, 10, length / STEPS + 0.5, 9);
  }
  context.font = `400 ${size * 0.85}px ${theme.family}`;
  context.fillStyle = css(theme.text);
  for (const [value, text] of ticksOf(legend)) {
    const share = shareOf(legend, value);
    context.fillText(text, left + share * (length - context.measureText(text).width), 32);
  }
  return 40;
}
