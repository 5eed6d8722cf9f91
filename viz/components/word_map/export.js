// The current picture as a file, in the colours of the theme, with the legend above it.

import { element } from "../shared/dom.js";
import { drawLegend } from "./legend.js";
import { paint, short, SvgContext, xml } from "./svg_context.js";
import { CanvasPoints } from "./points_canvas.js";
import { css } from "./theme.js";

const MAX_CIRCLES = 50000; // with more, an SVG file contains the points as one image
const PIXEL_RATIO = 2; // pixels of an image per CSS pixel

/** The picture as a PNG file. */
export function pngOf(scene) {
  const { camera, theme, model } = scene;
  const canvas = element("canvas");
  const context = canvas.getContext("2d");
  const above = drawLegend(context, model, theme, camera.width); // only to get its height
  canvas.width = camera.width * PIXEL_RATIO;
  canvas.height = (camera.height + above) * PIXEL_RATIO;
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.fillStyle = css(theme.background);
  context.fillRect(0, 0, camera.width, camera.height + above);
  drawLegend(context, model, theme, camera.width);
  context.translate(0, above);
  context.drawImage(pointsImage(scene, PIXEL_RATIO), 0, 0, camera.width, camera.height);
  context.beginPath();
  context.rect(0, 0, camera.width, camera.height);
  context.clip();
  scene.paintOverlay(context);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** The picture as an SVG file, with labels as text, lines as paths and words as circles. */
export function svgOf(scene) {
  const { camera, theme, model, data } = scene;
  const ruler = element("canvas").getContext("2d");
  const legend = new SvgContext(ruler);
  const above = drawLegend(legend, model, theme, camera.width);
  const [width, height] = [short(camera.width), short(camera.height + above)];
  const background = paint("fill", css(theme.background));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
      `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${xml(data.alt)}</title>`,
    `<rect width="${width}" height="${height}" ${background}/>`,
    `<g id="legend">`, ...legend.parts, "</g>",
    `<g transform="translate(0 ${short(above)})">`, ...mapParts(scene, PIXEL_RATIO), "</g></svg>",
  ];
  return new Blob([parts.join("\n")], { type: "image/svg+xml" });
}

/** The map without its legend, as parts of an SVG file; an image has `ratio` pixels per unit. */
export function mapParts(scene, ratio) {
  const marks = new SvgContext(element("canvas").getContext("2d"));
  scene.paintOverlay(marks);
  const [width, height] = [short(scene.camera.width), short(scene.camera.height)];
  return [
    `<clipPath id="frame"><rect width="${width}" height="${height}"/></clipPath>`,
    `<g clip-path="url(#frame)">`,
    ...shadingOf(scene), `<g id="points">`, ...circlesOrImage(scene, ratio), "</g>",
    `<g id="marks">`, ...marks.parts, "</g></g>",
  ];
}

/** The shading as an image; none if the points are an image, which contains it. */
function shadingOf(scene) {
  const shading = scene.shadingInView();
  if (!shading || !circlesOf(scene)) return [];
  const { canvas, alpha, left, top, width, height } = shading;
  return [`<image x="${short(left)}" y="${short(top)}" width="${short(width)}" ` +
    `height="${short(height)}" opacity="${short(alpha)}" preserveAspectRatio="none" ` +
    `xlink:href="${canvas.toDataURL("image/png")}"/>`];
}

function circlesOrImage(scene, ratio) {
  const circles = circlesOf(scene);
  if (circles) return circles;
  const { width, height } = scene.camera;
  const image = pointsImage(scene, ratio).toDataURL("image/png");
  return [`<image width="${width}" height="${height}" xlink:href="${image}"/>`];
}

/** A circle for each word in view; null if there are too many. Consecutive circles with the same
 * colour and opacity share a group. */
function circlesOf(scene) {
  const { model, camera } = scene;
  const { size, alpha, chosenAlpha, chosen, depth } = scene.appearance();
  const styles = scene.styles;
  const parts = [];
  const rows = camera.rows();
  let [count, before] = [0, ""];
  for (let index = 0; index < model.words.length; index++) {
    const seen = camera.project(model.position(index), rows);
    if (!seen) continue;
    const [x, y, w] = seen;
    if (x < 0 || y < 0 || x >= camera.width || y >= camera.height) continue;
    if (++count > MAX_CIRCLES) return null;
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

/** The points alone, on a canvas. */
function pointsImage(scene, ratio) {
  const points = new CanvasPoints(element("canvas"));
  scene.updatePoints(points);
  points.draw({ ...scene.appearance(), ratio });
  return points.canvas;
}
