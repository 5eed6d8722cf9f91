// A small picture and a sentence. All text is set as text, never as HTML.

import { element, svg } from "../shared/dom.js";
import { textWidth } from "../shared/text_width.js";
import { placedLabels } from "./labels.js";

const WIDTH = 340, HEIGHT = 144; // of a drawing, in its own units
const DRAWN = { chips, strip, points, curve, bars };

export default function ({ data, parentElement }) {
  let root = parentElement.querySelector(".path-picture");
  if (!root) {
    root = element("div", { class: "path-picture" });
    parentElement.append(root);
  }
  const content = JSON.stringify(data);
  if (root.content === content) return;
  root.content = content;
  const { picture, sentence } = data;
  const parts = sentence.map((part, index) => (index % 2 ? element("strong", {}, part) : part));
  const shown = [element("p", {}, ...parts)];
  if (picture) {
    const role = picture.alt ? "img" : null;
    const frame = element("div", { class: "drawing", role, "aria-label": picture.alt || null });
    frame.append(DRAWN[picture.kind]?.(picture) ?? "");
    shown.unshift(frame);
  }
  root.replaceChildren(...shown);
}

function chips({ chips: all, more }) {
  const row = all.map(([text, below, color]) => {
    const chip = element("span", {}, element("bdi", {}, text), element("small", {}, below));
    if (color) chip.style.setProperty("--color", color);
    return chip;
  });
  if (more) row.push(element("span", { class: "more" }, `+ ${more}`));
  return element("div", { class: "chips" }, ...row);
}

function bars({ bars: all }) {
  const largest = Math.max(...all.map(([, share]) => share));
  return element("div", { class: "bars" }, ...all.flatMap(([token, share, written]) => {
    const bar = element("i");
    bar.style.width = `${(75 * share) / largest}%`;
    return [element("bdi", {}, token), element("span", {}, bar, element("small", {}, written))];
  }));
}

function drawing(...children) {
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, ...children);
}

function label(x, y, text, style, anchor = "middle") {
  return svg("text", { x, y, class: style, "text-anchor": anchor }, text);
}

function strip({ colors, word }) {
  const step = WIDTH / colors.length;
  const cells = colors.map((fill, index) => svg("rect", {
    x: index * step, y: 40, width: Math.max(step - 0.7, step * 0.6), height: 72, fill,
  }));
  return drawing(
    label(WIDTH / 2, 26, word, "strong"), ...cells,
    label(0, 132, "1", "quiet", "start"),
    label(WIDTH / 2, 132, "dimension", "quiet"),
    label(WIDTH, 132, String(colors.length), "quiet", "end"),
  );
}

/** Words as points, the first ones larger; arrows and dashed lines between them. */
function points({ words, places, arrows = [], lines = [], strong }) {
  const at = places.map(([x, y]) => [x * WIDTH, y * HEIGHT]);
  const family = "sans-serif";
  const widths = words.map((word, index) => textWidth(word, index < strong ? 16.5 : 15, family));
  const named = placedLabels(at, widths, WIDTH, HEIGHT, strong);
  const between = ([from, to], style) => {
    const [x1, y1] = at[from], [x2, y2] = at[to];
    const long = Math.hypot(x2 - x1, y2 - y1) || 1, cut = Math.min(6, long / 3);
    const end = [x2 - (cut * (x2 - x1)) / long, y2 - (cut * (y2 - y1)) / long];
    const line = svg("line", { x1, y1, x2: end[0], y2: end[1], ...style });
    return [line, end, (x2 - x1) / long, (y2 - y1) / long];
  };
  const marks = lines.map((pair) => between(pair, {
    stroke: "#8A919C", "stroke-width": 2, "stroke-dasharray": "5 4",
  })[0]);
  for (const pair of arrows) {
    const [line, [x, y], dx, dy] = between(pair, { stroke: "#0072B2", "stroke-width": 3 });
    const wing = (side) => `${x - 9 * dx + side * 5 * dy},${y - 9 * dy - side * 5 * dx}`;
    marks.push(line, svg("polygon", { points: `${x},${y} ${wing(1)} ${wing(-1)}`, fill: "#0072B2" }));
  }
  const dots = at.map(([cx, cy], index) => svg("circle", {
    cx, cy, r: index < strong ? 6 : 4, fill: index < strong ? "#D55E00" : "#0072B2",
  }));
  const texts = named.flatMap((place, index) => place
    ? [label(place[0], place[1], words[index], index < strong ? "strong halo" : "halo")] : []);
  return drawing(...marks, ...dots.reverse(), ...texts.reverse());
}

/** A number at each layer, with the first and the last one written. */
function curve({ values, low, first, last }) {
  const left = 26, right = WIDTH - 58, top = 22, bottom = HEIGHT - 30;
  const at = values.map((value, layer) => [
    left + ((right - left) * layer) / (values.length - 1),
    bottom - ((bottom - top) * (value - low)) / (1 - low),
  ]);
  const level = (y, written) => [
    svg("line", { x1: left, x2: right, y1: y, y2: y, stroke: "#8A919C", "stroke-opacity": 0.5 }),
    label(left - 6, y + 4, written, "quiet", "end"),
  ];
  const end = at.at(-1);
  return drawing(
    ...level(top, "1"), ...level(bottom, String(low)),
    svg("polyline", {
      points: at.map((point) => point.join()).join(" "), fill: "none", stroke: "#D55E00",
      "stroke-width": 3,
    }),
    ...at.map(([cx, cy]) => svg("circle", { cx, cy, r: 4.5, fill: "#D55E00" })),
    label(at[0][0], HEIGHT - 8, first, "quiet", "start"),
    label(end[0], HEIGHT - 8, last, "quiet", "end"),
    label(end[0] + 10, end[1] + 6, values.at(-1).toFixed(2).replace("-", "−"), "strong", "start"),
  );
}
