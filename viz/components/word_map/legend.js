// What the colours mean: groups that can be switched off, or a scale.

import { number } from "./axes.js";
import { element } from "../shared/dom.js";
import { css, placeColor } from "./theme.js";

const STEPS = 36; // pieces of a drawn scale

/** The legend as elements; `toggle(name)` is called with a group that was pressed. */
export function legendElements(legend, theme, hidden, toggle) {
  if (legend?.groups) {
    return legend.groups.map((name, place) => groupElement(legend, theme, name, place, hidden, toggle));
  }
  return legend ? [scaleElement(legend, theme)] : [];
}

function groupElement(legend, theme, name, place, hidden, toggle) {
  const button = element("button", "group", "", { type: "button" });
  const dot = element("i");
  dot.style.color = css(placeColor(theme, legend, place));
  button.append(dot, name);
  const say = () => {
    button.setAttribute("aria-pressed", !hidden.has(name));
    button.title = hidden.has(name) ? `Show ${name}` : `Hide ${name}`;
  };
  say();
  button.onclick = () => {
    toggle(name);
    say();
  };
  return button;
}

function scaleElement(legend, theme) {
  const strip = element("span", "strip");
  const stops = [0, 63, 127, 190, 254].map((place) => css(placeColor(theme, legend, place)));
  strip.style.background = `linear-gradient(to right, ${stops.join(",")})`;
  const whole = element("span", "scale");
  whole.append(strip);
  for (const [value, text] of ticksOf(legend)) {
    const share = `${100 * shareOf(legend, value)}%`;
    const tick = element("small", "", text);
    tick.style.left = share;
    tick.style.transform = `translateX(-${share})`; // the first and the last stay inside
    whole.append(tick);
  }
  const item = element("span", "", legend.name);
  item.append(whole);
  return item;
}

/** The texts along a scale, [value, text] each: its ends, if none were given. */
function ticksOf({ scale: [low, high], ticks }) {
  const given = (ticks ?? []).filter(([value]) => value >= low && value <= high);
  return given.length ? given : [[low, number(low)], [high, number(high)]];
}

/** Where a value is on the scale, 0 to 1. */
function shareOf({ scale: [low, high], logarithmic }, value) {
  const along = logarithmic ? Math.log : (given) => given;
  return (along(value) - along(low)) / (along(high) - along(low) || 1);
}

/** What a word's colour says, or nothing. */
export function meaningOf({ legend, places, values }, index) {
  if (legend?.groups) return legend.groups[places?.[index]] ?? "";
  const value = values?.[index];
  return Number.isFinite(value) ? `${legend.name} ${number(value)}`.trim() : "";
}

/** Draw the legend with any pen, in rows of this width; returns the height it takes. */
export function drawLegend(pen, model, theme, width) {
  const { legend, hidden } = model;
  if (!legend) return 0;
  const size = theme.size * 0.85;
  pen.font = `400 ${size}px ${theme.family}`;
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  if (legend.scale) return drawScale(pen, legend, theme, size);
  let [x, y] = [12, 21];
  for (const [place, name] of legend.groups.entries()) {
    if (hidden.has(name)) continue;
    const wide = 30 + pen.measureText(name).width;
    if (x > 12 && x + wide > width) [x, y] = [12, y + 21];
    pen.fillStyle = css(placeColor(theme, legend, place));
    pen.beginPath();
    pen.arc(x + 5, y - size * 0.35, 5, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = css(theme.text);
    pen.fillText(name, x + 15, y);
    x += wide;
  }
  return y + 11;
}

function drawScale(pen, legend, theme, size) {
  const [left, length] = [12 + (legend.name ? pen.measureText(legend.name).width + 10 : 0), 200];
  pen.fillStyle = css(theme.text);
  pen.fillText(legend.name, 12, 21);
  for (let step = 0; step < STEPS; step++) {
    pen.fillStyle = css(placeColor(theme, legend, Math.round((254 * step) / (STEPS - 1))));
    pen.fillRect(left + (length * step) / STEPS, 10, length / STEPS + 0.5, 9);
  }
  pen.font = `400 ${size * 0.85}px ${theme.family}`;
  pen.fillStyle = css(theme.text);
  for (const [value, text] of ticksOf(legend)) {
    const share = shareOf(legend, value);
    pen.fillText(text, left + share * (length - pen.measureText(text).width), 32);
  }
  return 40;
}
