// The picture as a file: as it is seen now, in today's theme, with the legend above it.

import { drawLegend } from "./legend.js";
import { paint, short, SvgPen, xml } from "./svg_context.js";
import { CanvasPoints } from "./points_canvas.js";
import { css } from "./theme.js";

const MOST_CIRCLES = 50000; // above that the points are one image
const FINE = 2; // pixels of an image for one of the screen

/** The picture as a PNG file. */
export function pngOf(scene) {
  const { camera, theme, model } = scene;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const above = drawLegend(pen, model, theme, camera.width); // to know its height
  canvas.width = camera.width * FINE;
  canvas.height = (camera.height + above) * FINE;
  pen.scale(FINE, FINE);
  pen.fillStyle = css(theme.background);
  pen.fillRect(0, 0, camera.width, camera.height + above);
  drawLegend(pen, model, theme, camera.width);
  pen.translate(0, above);
  pen.drawImage(pointsImage(scene), 0, 0, camera.width, camera.height);
  pen.beginPath();
  pen.rect(0, 0, camera.width, camera.height);
  pen.clip();
  scene.paintOverlay(pen);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** The picture as an SVG file: labels are text, lines are lines, words are circles. */
export function svgOf(scene) {
  const { camera, theme, model, wanted } = scene;
  const ruler = document.createElement("canvas").getContext("2d");
  const [legend, marks] = [new SvgPen(ruler), new SvgPen(ruler)];
  const above = drawLegend(legend, model, theme, camera.width);
  scene.paintOverlay(marks);
  const [width, height] = [short(camera.width), short(camera.height + above)];
  const ground = paint("fill", css(theme.background));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
      `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${xml(wanted.alt)}</title>`,
    `<clipPath id="frame"><rect width="${width}" height="${short(camera.height)}"/></clipPath>`,
    `<rect width="${width}" height="${height}" ${ground}/>`,
    `<g id="legend">`, ...legend.parts, "</g>",
    `<g transform="translate(0 ${short(above)})"><g clip-path="url(#frame)">`,
    `<g id="points">`, ...circlesOrImage(scene), "</g>",
    `<g id="marks">`, ...marks.parts, "</g>",
    "</g></g></svg>",
  ];
  return new Blob([parts.join("\n")], { type: "image/svg+xml" });
}

function circlesOrImage(scene) {
  const circles = circlesOf(scene);
  if (circles) return circles;
  const { width, height } = scene.camera;
  const image = pointsImage(scene).toDataURL("image/png");
  return [`<image width="${width}" height="${height}" xlink:href="${image}"/>`];
}

/** A circle for each word in view, those of one look after another in one group; null if there are
 * too many. */
function circlesOf(scene) {
  const { model, camera } = scene;
  const { size, alpha, chosenAlpha, chosen, depth } = scene.look();
  const styles = scene.styles;
  const parts = [];
  const rows = camera.rows();
  let [count, before] = [0, ""];
  for (let index = 0; index < model.words.length; index++) {
    const seen = camera.project(model.place(index), rows);
    if (!seen) continue;
    const [x, y, w] = seen;
    if (x < 0 || y < 0 || x >= camera.width || y >= camera.height) continue;
    if (++count > MOST_CIRCLES) return null;
    const selected = styles[4 * index + 1] === 1;
    const palette = scene.palette.subarray(4 * styles[4 * index]);
    const fill = paint("fill", css(selected && chosen ? chosen : palette));
    const nearness = depth ? 1 / w : 1;
    const haze = Math.max(0.35, Math.min(1.2, nearness * nearness));
    const opacity = Math.min(1, (selected ? chosenAlpha : alpha) * haze).toFixed(2);
    const radius = Math.max(0.4, (size / 2) * nearness * (selected ? 1.3 : 1));
    const look = `${fill} fill-opacity="${opacity}"`;
    if (look !== before) parts.push(`${before ? "</g>" : ""}<g ${look}>`);
    before = look;
    parts.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"/>`);
  }
  if (before) parts.push("</g>");
  return parts;
}

/** The points alone on a canvas of their own. */
function pointsImage(scene) {
  const points = new CanvasPoints(document.createElement("canvas"));
  scene.supply(points);
  points.draw({ ...scene.look(), ratio: FINE });
  return points.canvas;
}

/** Let the browser keep a file. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
