// One map: connects the data from the page, the camera and the drawing.

import { element } from "../shared/dom.js";
import { actionsOf } from "./actions.js";
import { AddressValue, viewFrom, viewText } from "./address.js";
import { boundsOf, boxAround, Camera } from "./camera.js";
import { densityAlpha, densityImage, densityPlace } from "./density.js";
import { listen } from "./interaction.js";
import { Model } from "./model.js";
import { outliersOf } from "./outside.js";
import { Overlay } from "./overlay.js";
import { Panel } from "./panel.js";
import { unpackIndices } from "./payload.js";
import { need, release, store } from "./payload_store.js";
import { densityOf, pointLook, pointStyles } from "./point_styles.js";
import { pointsFor } from "./points.js";
import { closestWords } from "./picking.js";
import { placeOf } from "./regions.js";
import { report } from "./report.js";
import { paletteColors, readTheme } from "./theme.js";
import { Flight } from "./transition.js";

const CLOSEST = 16; // words in view around a word that the camera moves to
const MARGIN = 10; // pixels around the words in the initial view
const AXES_MARGIN = 34; // likewise, if there are axes with ticks
const RADII_IN_VIEW = 1.5; // radii of a region that are in view when the camera moves to it
const REST = 140; // ms without movement before the view is redrawn in detail

export class Scene {
  constructor(parent) {
    this.host = parent.host ?? parent;
    this.actions = actionsOf(this);
    this.panel = new Panel(parent, (tool) => this.actions.use(tool));
    this.camera = new Camera();
    this.model = new Model();
    this.overlay = new Overlay(this.panel.overlay);
    this.mode = "move";
    this.frameTimes = []; // times of the frames of the last movement
    this.contextLosses = 0; // how often the WebGL context was lost
    this.restores = true; // whether the camera has to move to the view in the address
    this.picked = null; // the last value from Python; the ring moves only when it changes
    this.stopListening = listen(this.panel.overlay, this.actions);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.panel.stage);
    this.listener = () => this.apply();
    store().listeners.add(this.listener);
    store().scenes.set(this.host, report(this));
  }

  /** Handle a new message: the data to show, and functions that report events to the page. */
  update({ data, setStateValue, setTriggerValue }) {
    this.data = data;
    this.send = { state: setStateValue, trigger: setTriggerValue };
    this.theme = readTheme(this.host);
    this.panel.describe(data);
    if (data.view_key) {
      this.address ??= new AddressValue(data.view_key, () => (this.restores = true));
    }
    need(this, data.addresses);
    this.apply();
  }

  /** Show the data once all payloads have been loaded; until then the old picture stays. */
  apply() {
    const { data, model, panel } = this;
    const [words, layout, colors, regions] = ["words", "layout", "colors", "regions"].map(
      (kind) => store().payloads.get(data?.[kind]),
    );
    if (!words || !layout || (data.colors && !colors) || (data.regions && !regions)) {
      const failed = Object.keys(data?.addresses ?? {}).some((id) => store().failed.has(id));
      if (failed) panel.showNote("The map could not be loaded. Reload the page to try again.");
      return;
    }
    if (model.words !== words.list) {
      model.setWords(words.list);
      this.picked = null;
    }
    if (data.selection && data.selection.revision !== this.selectionRevision) {
      this.selectionRevision = data.selection.revision;
      model.selection.set(unpackIndices(data.selection.indices));
      model.emphasized = null;
    }
    const isNew = model.layout !== layout;
    const before = isNew && model.layout ? model.currentPositions() : null;
    model.layout = layout;
    model.mix = isNew ? 1 : model.mix;
    model.setMarks(data, colors, regions);
    if (data.picked !== this.picked) this.picked = model.picked = data.picked;
    panel.nameTools(layout.dimensions);
    panel.nameSearch(model.unit);
    panel.buttons.tour.hidden = !regions;
    if (model.regions !== this.toured) this.tour?.stop();
    panel.showLegend(model, this.theme, (name) => this.actions.toggleGroup(name));
    panel.showSelected(model.selection.count, model.unit);
    panel.showNote(layout.shown === 0 ? `There are no ${model.unit}s to show.` : null);
    if (this.points) this.updatePoints();
    if (isNew) this.showLayout(before);
    this.goToView();
    this.requestFrame();
  }

  /** Show another layout: animate the words from `before`, or show them at once if it is null. */
  showLayout(before) {
    const { model, camera } = this;
    this.unreported = true;
    this.focus = null;
    performance.mark("word_map:data");
    this.flight = null;
    this.measure();
    if (!camera.width) return; // hidden, perhaps in a tab; `resize` calls this again
    this.bounds = boundsOf(model.positions());
    this.bounded = model.layout;
    model.outliers = outliersOf(model.positions(), this.bounds);
    this.home = this.homeView();
    model.hovered = null;
    this.panel.hideTip();
    if (before) {
      model.from = before;
      model.mix = 0;
      this.flight = new Flight(camera.view(), this.home, true);
    } else camera.interpolate(this.home, this.home, 1);
    if (this.points) this.updatePoints();
    else this.createPoints();
  }

  homeView() {
    const { model, camera, bounds } = this;
    const marked = model.markedPoints();
    const { dimensions } = model.layout;
    const margin = model.axes.length ? AXES_MARGIN : MARGIN;
    const view = camera.fit(boxAround([bounds.low, bounds.high, ...marked]), dimensions, margin);
    return dimensions === 3 ? camera.holding(view, marked) : view; // corners of the box are nearer
  }

  /** Move the camera to the words in `data.focus`, or back if there are none, if they have changed;
   * or to the view in the address, if the page was opened or Back was pressed.
   *
   * Around a single word, the words drawn closest to it are in view and have labels. */
  goToView() {
    const { data, model, home, address } = this;
    const focus = data.focus.join();
    if (!home || (focus === this.focus && !this.restores)) return;
    const isFirst = this.focus === null;
    model.near = data.focus.length === 1 ? this.around(data.focus[0]) : new Set(data.focus);
    const kept = this.restores ? viewFrom(address?.text, model.layout.dimensions, home) : null;
    if (address && !kept) address.text = null;
    if (kept || focus || this.focus) this.fly(kept ?? this.landingView());
    [this.focus, this.restores, this.byHand] = [focus, false, false];
    if (isFirst && !this.flight?.words) this.finishFlight(); // a page opens where its word is
  }

  /** A word and the words drawn closest to it. */
  around(index) {
    return new Set(closestWords(this.model.positions(), index, CLOSEST + 1));
  }

  /** The view of a word and of those around it, which have labels from now on. */
  wordView(index) {
    this.model.near = this.around(index);
    return this.landingView();
  }

  /** The view of the words in `model.near`, or of all words. */
  landingView() {
    const { model, camera, home } = this;
    if (!model.near.size) return home;
    const { positions, dimensions } = model.layout;
    const points = [...model.near].map((index) => [...positions.subarray(3 * index, 3 * index + 3)]);
    return camera.viewOf(boxAround(points), dimensions, home);
  }

  /** The view of a region, { level, region }. */
  regionView({ level, region }) {
    const { model, camera, home } = this;
    const { peak, radius } = placeOf(model.regions, level, region);
    const corners = [-1, 1].map((sign) => peak.map((value) => value + sign * RADII_IN_VIEW * radius));
    return camera.viewOf(boxAround(corners), model.layout.dimensions, home);
  }

  /** The view of all words, also of those outside the initial view. */
  wholeView() {
    const { model, camera, home } = this;
    const { dimensions } = model.layout;
    const { target, scale } = camera.fit(model.outliers.all, dimensions, AXES_MARGIN);
    return { ...home, target, scale: Math.min(scale, home.scale) };
  }

  /** Move the camera to a view, without interrupting an animation of the words. If it is `lifted`,
   * it moves away and comes closer again on a long way. */
  fly(view, { duration, lifted = false } = {}) {
    if (this.flight?.words) this.flight.to = view;
    else {
      const from = this.camera.view();
      const way = Math.hypot(...view.target.map((value, axis) => value - from.target[axis]));
      const pictures = (way * Math.min(from.scale, view.scale)) / this.camera.width;
      const lift = lifted && pictures > 0.5 ? Math.max(0.2, 0.5 / pictures) : 1;
      this.flight = new Flight(from, view, false, { duration, lift });
    }
    this.viewMoved();
  }

  /** Skip to the end of the current animation. */
  finishFlight() {
    if (!this.flight) return;
    this.camera.interpolate(this.flight.to, this.flight.to, 1);
    this.flight = null;
    this.model.mix = 1;
    this.model.from = null;
    this.updatePoints();
  }

  createPoints(tryCard = true) {
    this.points?.destroy();
    this.points = pointsFor(this.panel, tryCard, () => this.contextLost());
    this.updatePoints();
    this.requestFrame();
  }

  /** Switch to the 2D canvas after the WebGL context was lost, for example during a laptop's sleep.
   * Try WebGL again two seconds later, at most three times. */
  contextLost() {
    if (this.destroyed) return;
    this.createPoints(false);
    this.contextLosses += 1;
    if (this.contextLosses <= 3) setTimeout(() => !this.destroyed && this.createPoints(), 2000);
  }

  /** Pass positions, styles and colours to the points. */
  updatePoints(points = this.points) {
    const { model } = this;
    const positions = model.positions();
    this.styles = pointStyles(positions, model.shownPaletteIndices(), model.selection.mask);
    this.palette = paletteColors(this.theme, model.legend);
    points.setPositions(model.from ?? positions, positions);
    points.setStyles(this.styles);
    points.setPalette(this.palette);
    this.shade();
  }

  /** Compute the shading again if the layout or the colours are other ones. */
  shade() {
    const { model, theme, bounds, palette, styles } = this;
    const { layout } = model;
    const key = [layout.id, this.data.colors, this.data.regions, ...model.hidden, palette].join();
    if (this.bounded !== layout || this.shadedKey === key) return;
    this.shadedKey = key;
    const image = layout.dimensions === 2
      ? densityImage(model.positions(), styles, palette, bounds, theme.dark) : null;
    this.shading = image && { ...image, key, canvas: canvasOf(image) };
  }

  /** The arguments to draw the points in the current view. */
  appearance() {
    const { model, camera, theme } = this;
    const { dimensions, shown } = model.layout;
    const density = densityOf(this.bounds, shown, camera.scale);
    const { size, alpha } = pointLook(shown, camera.zoom, density, model.isDimmed());
    const { alpha: chosenAlpha } = pointLook(shown, camera.zoom, density, false);
    return {
      camera, mix: model.mix, size, alpha, depth: dimensions === 3 ? 1 : 0,
      // With a legend, selected words keep their colour, and only the others fade.
      chosenAlpha: Math.min(1, chosenAlpha * 1.3), chosen: model.legend ? null : theme.roles.accent,
      background: theme.background, shading: this.shadingInView(),
    };
  }

  /** The shading with its opacity and its rectangle on the screen; null if it is not seen. */
  shadingInView() {
    const { model, camera, shading } = this;
    if (!shading || model.layout.dimensions !== 2) return null;
    const alpha = densityAlpha(camera.zoom, model.isDimmed()) * model.mix;
    return alpha > 0 ? { ...shading, alpha, ...densityPlace(shading, camera) } : null;
  }

  /** Draw everything except the points in another context, as in a view that does not move. */
  paintOverlay(context) {
    const { model, camera, theme, overlay } = this;
    overlay.paint(context, { model, camera, theme, moving: false, flying: false, covers: [] });
  }

  /** Measure the map; returns whether its size has changed. */
  measure() {
    const { camera } = this;
    const { clientWidth: width, clientHeight: height } = this.panel.stage;
    if (!width || !height || (width === camera.width && height === camera.height)) return false;
    [camera.width, camera.height] = [width, height];
    return true;
  }

  resize() {
    const { camera, home } = this;
    const before = Math.min(camera.width, camera.height);
    if (!this.measure() || !this.model.layout) return;
    if (!home) {
      this.showLayout(null);
      return this.goToView();
    }
    const atHome = JSON.stringify(camera.view()) === JSON.stringify(home);
    this.home = this.homeView();
    if (atHome) camera.interpolate(this.home, this.home, 1);
    else camera.scale *= Math.min(camera.width, camera.height) / before;
    camera.fitScale = this.home.fitScale;
    this.requestFrame();
  }

  /** Draw now, and again in detail when the view has stopped moving. */
  viewMoved() {
    this.moving = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.viewRested(), REST);
    this.requestFrame();
  }

  viewRested() {
    if (this.flight) return this.viewMoved();
    this.moving = false;
    if (this.frameTimes.length > 2) {
      const [first, last] = [this.frameTimes[0], this.frameTimes.at(-1)];
      this.framesPerSecond = ((this.frameTimes.length - 1) * 1000) / (last - first);
    }
    this.frameTimes = [];
    this.keepView();
    this.requestFrame();
  }

  /** Put the view into the address if it was moved by hand. */
  keepView() {
    const { address, camera, model, home } = this;
    if (!address || !home) return;
    if (this.byHand) {
      const [text, landing] = [camera.view(), this.landingView()]
        .map((view) => viewText(view, model.layout.dimensions, home));
      address.text = text === landing ? null : text;
    }
    this.byHand = false;
    address.write(address.text);
  }

  requestFrame() {
    this.frame ??= requestAnimationFrame((now) => this.draw(now));
  }

  draw(now) {
    const { model, camera, theme, panel } = this;
    this.frame = null;
    if (!model.layout || !this.points || this.destroyed) return;
    if (this.flight) {
      const over = this.flight.step(now, camera);
      model.mix = this.flight.mix;
      if (over) this.finishFlight();
      else this.viewMoved();
    }
    const ratio = globalThis.devicePixelRatio || 1;
    const { context } = this.points; // undefined with WebGL
    this.points.draw({ ...this.appearance(), ratio: Math.min(ratio, 2) });
    this.overlay.draw({
      model, camera, theme, moving: this.moving, flying: this.flight !== null,
      ratio: Math.min(ratio, context ? 2 : 3), shape: this.shape, context,
      covers: panel.covers(),
    });
    if (this.moving) this.frameTimes.push(performance.now());
    else if (!panel.table.hidden) this.actions.fillTable();
    if (this.unreported && !this.flight?.words) this.reportDrawn();
  }

  /** Wait until all points are drawn, then report it. */
  reportDrawn() {
    this.unreported = false;
    this.points.finish();
    performance.mark("word_map:drawn");
    this.host.dataset.drawn = `${this.model.layout.id}:${this.model.layout.shown}`;
  }

  destroy() {
    this.destroyed = true;
    this.tour?.stop();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    this.stopListening();
    this.observer.disconnect();
    store().listeners.delete(this.listener);
    store().scenes.delete(this.host);
    release(this);
    this.address?.destroy();
    this.points?.destroy();
  }
}

function canvasOf({ pixels, columns, rows }) {
  const canvas = element("canvas", { width: columns, height: rows });
  canvas.getContext("2d").putImageData(new ImageData(pixels, columns, rows), 0, 0);
  return canvas;
}
