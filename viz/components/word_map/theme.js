// Colours: those of Streamlit's theme, and palettes that colour-blind people can tell apart.

// Okabe and Ito (2008), each with a shade for light and one for dark themes, with a contrast of 3:1
// at least. The eighth is grey.
const PALETTE = {
  blue: ["#0072b2", "#3d9be0"],
  orange: ["#925826", "#e69f00"],
  green: ["#009e73", "#1fb88c"],
  vermillion: ["#d55e00", "#e8743b"],
  purple: ["#c2639a", "#d48bb4"],
  sky: ["#1290db", "#7cc8f2"],
  yellow: ["#808642", "#f0e442"],
  neutral: ["#6b7280", "#a3aab5"],
};
const GROUPS = Object.keys(PALETTE);

// The shades of a hue, each as the share of black, of white or of the background that is mixed in:
// the colours of regions and the regions inside them. All keep a contrast of 3:1.
const SHADES = [
  [["black", 0], ["black", 0.3], ["black", 0.15], ["black", 0.45]],
  [["white", 0], ["white", 0.45], ["black", 0.2], ["white", 0.22]],
];
const MIXED = { black: [0, 0, 0], white: [255, 255, 255] };
const READABLE = 4.5; // least contrast of a text with its background

// From low to high values; the contrast with the background increases.
const SEQUENTIAL = [
  ["#c3daee", "#6aa9d6", "#2373b3", "#0c4380", "#08264a"],
  ["#23425f", "#2f74ad", "#57a8dc", "#a5d5f2", "#f2f9ff"],
];
const DIVERGING = [
  ["#b04a00", "#e79a66", "#d4d4d4", "#6aa9d6", "#005a8f"],
  ["#ff8b45", "#b0623a", "#55595f", "#3d81b3", "#6cc3ff"],
];

/** The current theme at a host element; colours are [red, green, blue] from 0 to 255. */
export function readTheme(host) {
  const style = getComputedStyle(host);
  const value = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const color = (name, fallback) => parse(value(name) || fallback);
  return themeOf({
    background: color("background-color", "#ffffff"), text: color("text-color", "#31333f"),
    accent: color("primary-color", "#ff4b4b"), size: parseFloat(value("base-font-size")) || 16,
    family: value("font") || "sans-serif",
  });
}

/** The theme of a sheet of paper: dark on white, in fonts that every computer has. */
export function paperTheme(size) {
  return themeOf({
    background: [255, 255, 255], text: parse("#10141a"), accent: parse("#0b6fa4"), size,
    family: "Helvetica, Arial, sans-serif",
  });
}

function themeOf({ background, text, accent, size, family }) {
  const dark = luminance(background) < 0.4 ? 1 : 0;
  const roles = { accent };
  for (const [name, shades] of Object.entries(PALETTE)) roles[name] = parse(shades[dark]);
  return {
    background, text, roles, dark, size, family,
    base: mix(background, mix(text, roles.blue, 0.25), dark ? 0.6 : 0.62),
    faint: mix(background, text, 0.14),
    muted: mix(background, text, 0.62),
  };
}

/** The 256 colours of a legend's palette, as RGBA bytes; the last is for words without a colour. */
export function paletteColors(theme, legend) {
  const colors = new Uint8Array(4 * 256);
  for (let index = 0; index < 256; index++) {
    colors.set([...paletteColor(theme, legend, index), 255], 4 * index);
  }
  return colors;
}

/** The colour at an index (0 to 255) of a legend's palette. */
export function paletteColor(theme, legend, index) {
  if (!legend || index === 255) return theme.base;
  if (legend.regions) return regionColor(index, theme.dark);
  if (legend.groups) return theme.roles[GROUPS[(legend.colors?.[index] ?? index) % GROUPS.length]];
  const stops = (legend.signed ? DIVERGING : SEQUENTIAL)[theme.dark].map(parse);
  const at = Math.min(index / 254, 1) * (stops.length - 1);
  const below = Math.min(Math.floor(at), stops.length - 2);
  return mix(stops[below], stops[below + 1], at - below);
}

/** The colour of a region, whose index is 4 * hue + shade; `dark` is 1 for a dark theme, else 0. */
export function regionColor(index, dark) {
  const [what, share] = SHADES[dark][index % 4];
  return mix(parse(PALETTE[GROUPS[(index >> 2) % GROUPS.length]][dark]), MIXED[what], share);
}

/** A colour mixed with that of the text until it is readable on the background. */
export function inkOf(color, { text, background }) {
  let share = 0.15;
  while (share < 1 && contrast(mix(color, text, share), background) < READABLE) share += 0.05;
  return mix(color, text, share);
}

/** Whether a computed CSS colour hides what is behind it. */
export function isOpaque(color) {
  const alpha = color.match(/^rgba\(.*,\s*([\d.]+)\)$|\/\s*([\d.]+)\)$/);
  return !alpha || Number(alpha[1] ?? alpha[2]) === 1;
}

/** The contrast of two colours as WCAG defines it, 1 to 21. */
export function contrast(one, other) {
  const linear = (value) => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const [low, high] = [one, other].map((color) => {
    const [red, green, blue] = color.map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }).sort((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}

export function mix(from, to, share) {
  return from.map((value, channel) => Math.round(value + (to[channel] - value) * share));
}

export function css(color, alpha = 1) {
  return `rgba(${color[0]},${color[1]},${color[2]},${alpha})`;
}

let colorReader;
function parse(text) {
  if (/^#[0-9a-f]{6}$/i.test(text)) return hexadecimal(text);
  // A canvas accepts every CSS colour and returns it as #rrggbb or as rgba().
  colorReader ??= document.createElement("canvas").getContext("2d");
  colorReader.fillStyle = "#808080";
  colorReader.fillStyle = text;
  const plain = colorReader.fillStyle;
  if (!plain.startsWith("#")) return plain.match(/[\d.]+/g).slice(0, 3).map(Number);
  return hexadecimal(plain);
}

function hexadecimal(text) {
  return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
}

function luminance([red, green, blue]) {
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
