// The map as a poster: an SVG file in millimetres, or the same in the print window of the browser.

import { element } from "../shared/dom.js";
import { boxAround, Camera } from "./camera.js";
import { mapParts } from "./export.js";
import { drawLegend } from "./legend.js";
import { store } from "./payload_store.js";
import { PosterOverlay } from "./poster_overlay.js";
import { posterPlan } from "./poster_plan.js";
import { paint, short, SvgContext, xml } from "./svg_context.js";
import { css, paperTheme } from "./theme.js";

const RESOLUTION = 300 / 96; // pixels of an image per CSS pixel: 300 in an inch
const MAX_PIXELS = 2 ** 24; // of an image: some browsers draw no larger ones
const ALL_MARGIN = 16; // pixels around all words
const LEAST_SCALE = 0.85; // of a picture with all words, of one with nearly all
const LEGEND_SIZE = 15; // of the theme, on A4
const PART = "The poster shows a part of this map.";
const MADE_WITH = "Made with Embedding Playground.";

/** Whether the view differs from that of the whole map. In space, a poster always has the view. */
export function isCloser({ camera, home, model }) {
  return model.layout?.dimensions === 2 && JSON.stringify(camera.view()) !== JSON.stringify(home);
}

/** A poster as { svg, plan }: the text of an SVG file, and its parts as in poster_plan.js. `paper` is
 * A4, A3 or A2; it shows the whole map, or only what is in view. */
export function posterOf(scene, paper, onlyView) {
  const { model, data } = scene;
  const ruler = element("canvas").getContext("2d");
  const theme = paperTheme(LEGEND_SIZE);
  const measure = (text, size, weight) => {
    ruler.font = `${weight} ${size}px ${theme.family}`;
    return ruler.measureText(text).width;
  };
  const later = store().notes?.get(data.layout) ?? [];
  const notes = [...(data.notes ?? []), ...later, onlyView ? PART : "", MADE_WITH].filter(Boolean);
  const texts = { title: data.alt.replace(/\.$/, ""), notes };
  const legendHeight = (width) => drawLegend(new SvgContext(ruler), model, theme, width);
  const shape = onlyView || model.layout.dimensions === 3
    ? [scene.camera.width, scene.camera.height] : extentOf(scene);
  const plan = [true, false]
    .map((landscape) =>
      posterPlan(paper, landscape, texts, model.layout.shown, legendHeight, measure))
    .sort(({ map: one }, { map: other }) => fitOf(other, shape) - fitOf(one, shape))[0];
  return { svg: svgFile(posterScene(scene, plan, onlyView), plan, ruler, theme), plan };
}

function extentOf({ bounds, model }) {
  const { low, high } = boxAround([bounds.low, bounds.high, ...model.markedPoints()]);
  return [high[0] - low[0], high[1] - low[1]].map((side) => side || 1);
}

function fitOf({ width, height }, [across, down]) {
  return Math.min(width / across, height / down);
}

/** The scene as on the paper: another camera, light colours, other labels. */
function posterScene(scene, { map: { width, height }, names, scale, size }, onlyView) {
  const poster = Object.assign(Object.create(scene), {
    camera: Object.assign(new Camera(), { width, height }),
    model: Object.assign(Object.create(scene.model), { hovered: null }),
    theme: paperTheme(size),
    overlay: new PosterOverlay(element("canvas"), names, scene.model.layout.shown),
  });
  const [home, view] = [wholeMap(poster), scene.camera.view()];
  const ratio = fitOf(poster.camera, [scene.camera.width, scene.camera.height]);
  const isWhole = !onlyView && scene.model.layout.dimensions === 2;
  const shown = isWhole ? home : { ...view, scale: ratio * view.scale, fitScale: home.fitScale };
  poster.camera.interpolate(shown, shown, 1);
  poster.updatePoints({ setPositions() {}, setStyles() {}, setPalette() {} }); // in light colours
  poster.appearance = () => {
    const look = scene.appearance.call(poster);
    return { ...look, size: look.size * Math.sqrt(scale) };
  };
  poster.overlay.pointRadius = Math.max(2, poster.appearance().size / 2);
  return poster;
}

/** The view of nearly all words; of all, if the picture hardly gets smaller by that. */
function wholeMap(poster) {
  const { model, camera } = poster;
  const { low, high } = model.outliers.all;
  const every = boxAround([low, high, ...model.markedPoints()]);
  const [home, all] = [poster.homeView(), camera.fit(every, model.layout.dimensions, ALL_MARGIN)];
  return all.scale > LEAST_SCALE * home.scale && all.scale < home.scale ? all : home;
}

function svgFile(scene, plan, ruler, theme) {
  const { width, height, millimetres, map, legend } = plan;
  const [colors, texts] = [new SvgContext(ruler), new SvgContext(ruler)];
  drawLegend(colors, scene.model, theme, legend.width);
  writeTexts(texts, plan, theme);
  const resolution = Math.min(RESOLUTION, Math.sqrt(MAX_PIXELS / (map.width * map.height)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
      `width="${millimetres[0]}mm" height="${millimetres[1]}mm" ` +
      `viewBox="0 0 ${short(width)} ${short(height)}">`,
    `<title>${xml(scene.data.alt)}</title>`,
    `<rect width="100%" height="100%" ${paint("fill", css(theme.background))}/>`,
    `<g id="legend" transform="translate(${short(legend.left)} ${short(legend.top)}) ` +
      `scale(${short(plan.scale)})">`, ...colors.parts, "</g>",
    `<g id="texts">`, ...texts.parts, "</g>",
    `<g transform="translate(${short(map.left)} ${short(map.top)})">`,
    ...mapParts(scene, resolution), "</g></svg>",
  ].join("\n");
}

function writeTexts(context, { title, notes, margin, inner }, theme) {
  const write = ({ lines, size, line }, top, weight, color) => {
    context.font = `${weight} ${short(size)}px ${theme.family}`;
    context.fillStyle = css(color);
    for (const [row, text] of lines.entries()) {
      context.fillText(text, margin, top + row * line + 0.95 * size);
    }
  };
  write(title, margin, 700, theme.text);
  context.fillStyle = css(theme.faint);
  context.fillRect(margin, notes.top - 0.6 * notes.size, inner, 1);
  write(notes, notes.top, 400, theme.muted);
}

let printed = null; // the frame of the last print

/** Open the print window of the browser with a poster; there it can be saved as PDF. The poster is in
 * an invisible frame, with a page as large as its paper. */
export function printPoster({ svg, plan: { millimetres: [width, height] } }) {
  printed?.remove();
  printed = element("iframe", { "aria-hidden": "true", tabindex: "-1", title: "Poster",
    style: "position:fixed;right:0;bottom:0;width:0;height:0;border:0;visibility:hidden" });
  printed.addEventListener("load", async ({ target }) => {
    const { contentWindow: view, contentDocument: page } = target;
    const picture = page.importNode(
      new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
    const style = page.createElement("style");
    style.textContent = `@page { size: ${width}mm ${height}mm; margin: 0 }
      html, body { margin: 0; height: ${height}mm; overflow: hidden }
      svg { display: block; print-color-adjust: exact; -webkit-print-color-adjust: exact }`;
    page.title = picture.querySelector("title").textContent; // the name of the file
    page.head.append(style);
    const images = [...picture.querySelectorAll("image")].map((image) =>
      new Promise((resolve) => (image.onload = image.onerror = resolve)));
    page.body.append(picture);
    await Promise.all(images);
    view.focus();
    view.print();
  }, { once: true });
  document.body.append(printed);
}
