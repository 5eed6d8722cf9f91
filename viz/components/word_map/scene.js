// One map: brings what arrives, the camera and the drawing together.

import { actionsOf } from "./actions.js";
import { boundsOf, boxAround, Camera } from "./camera.js";
import { listen } from "./interaction.js";
import { Model } from "./model.js";
import { Overlay } from "./overlay.js";
import { Panel } from "./panel.js";
import { pointsFor } from "./points.js";
import { report } from "./report.js";
import { need, release, store } from "./payload_store.js";
import { densityOf, pointLook, pointStyles } from "./point_styles.js";
import { paletteOf, readTheme } from "./theme.js";
import { Flight } from "./transition.js";

const REST = 140; // ms without a change after which the view counts as at rest

export class Scene {
  constructor(parent) {
    this.host = parent.host ?? parent;
    this.actions = actionsOf(this);
    this.panel = new Panel(parent, (tool) => this.actions.use(tool));
    this.camera = new Camera();
    this.model = new Model();
    this.overlay = new Overlay(this.panel.overlay);
    this.mode = "move";
    this.times = []; // when the frames of the last movement were drawn
    this.losses = 0; // of graphics cards
    this.picked = null; // what Python said last: only a change of it moves the ring
    this.stopListening = listen(this.panel.overlay, this.actions);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.panel.stage);
    this.arrived = () => this.apply();
    store().listeners.add(this.arrived);
    store().scenes.set(this.host, report(this));
  }

  /** A new message: what to show, in today's theme, and whom to tell about events. */
  update({ data, setStateValue, setTriggerValue }) {
    this.wanted = data;
    this.tell = { state: setStateValue, trigger: setTriggerValue };
    this.theme = readTheme(this.host);
    this.panel.describe(data);
    need(this, data.addresses);
    this.apply();
  }

  /** Show what is wanted, as soon as all of it is here; until then the old picture stays. */
  apply() {
    const { wanted, model, panel } = this;
    const [words, layout, colors] = ["words", "layout", "colors"].map(
      (kind) => store().payloads.get(wanted?.[kind]),
    );
    if (!words || !layout || (wanted.colors && !colors)) {
      const lost = Object.keys(wanted?.addresses ?? {}).some((id) => store().lost.has(id));
      if (lost) panel.showNote("The words did not arrive. Reload the page to try again.");
      return;
    }
    if (model.words !== words.list) {
      model.setWords(words.list);
      this.picked = null;
    }
    const fresh = model.layout !== layout;
    const before = fresh && model.layout ? model.frozen() : null;
    model.layout = layout;
    model.mix = fresh ? 1 : model.mix;
    model.setMarks(wanted, colors);
    if (wanted.picked !== this.picked) this.picked = model.picked = wanted.picked;
    panel.showLegend(model, this.theme, (name) => this.actions.toggleGroup(name));
    panel.showSelected(model.selection.count);
    panel.showNote(layout.shown === 0 ? "There are no words to show." : null);
    if (this.points) this.supply();
    if (fresh) this.enter(before);
    this.goToFocus();
    this.ask();
  }

  /** A layout that has not been shown: fly there, or begin there. */
  enter(before) {
    const { model, camera } = this;
    this.unmarked = true;
    this.focus = null;
    performance.mark("word_map:data");
    this.flight = null;
    this.measure();
    if (!camera.width) return; // hidden, in a tab perhaps: `resize` comes back here
    this.bounds = boundsOf(model.positions());
    this.home = this.homeView();
    model.hovered = null;
    this.panel.hideTip();
    if (before) {
      model.from = before;
      model.mix = 0;
      this.flight = new Flight(camera.view(), this.home, true);
    } else camera.between(this.home, this.home, 1);
    if (this.points) this.supply();
    else this.makePoints();
  }

  homeView() {
    const { model, camera, bounds } = this;
    const box = boxAround([bounds.low, bounds.high, ...model.marked()]);
    return camera.fit(box, model.layout.dimensions);
  }

  /** Go to the words that Python wants in view, when these have changed. */
  goToFocus() {
    const { wanted, model, camera } = this;
    const focus = wanted.focus.join();
    if (focus === this.focus || !this.home) return;
    this.focus = focus;
    if (!focus) return;
    const { positions, dimensions } = model.layout;
    const points = wanted.focus.map((index) => [...positions.subarray(3 * index, 3 * index + 3)]);
    this.fly(camera.near(boxAround(points), dimensions, this.home));
  }

  /** Move the camera to a view; words that fly go on flying. */
  fly(view) {
    if (this.flight?.words) this.flight.to = view;
    else this.flight = new Flight(this.camera.view(), view, false);
    this.touch();
  }

  /** Be there at once. */
  land() {
    if (!this.flight) return;
    this.camera.between(this.flight.to, this.flight.to, 1);
    this.flight = null;
    this.model.mix = 1;
    this.model.from = null;
    this.supply();
  }

  makePoints(tryCard = true) {
    this.points?.destroy();
    this.points = pointsFor(this.panel, tryCard, () => this.lose());
    this.supply();
    this.ask();
  }

  /** The graphics card went away: a laptop that slept may have it back a little later. */
  lose() {
    if (this.gone) return;
    this.makePoints(false);
    this.losses += 1;
    if (this.losses <= 3) setTimeout(() => !this.gone && this.makePoints(), 2000);
  }

  /** Hand the points what they draw. */
  supply(points = this.points) {
    const { model } = this;
    const positions = model.positions();
    this.styles = pointStyles(positions, model.shownPlaces(), model.selection.mask);
    this.palette = paletteOf(this.theme, model.legend);
    points.setPlaces(model.from ?? positions, positions);
    points.setStyles(this.styles);
    points.setPalette(this.palette);
  }

  /** How points look in this view. */
  look() {
    const { model, camera, theme } = this;
    const { dimensions, shown } = model.layout;
    const density = densityOf(this.bounds, shown, camera.scale);
    const { size, alpha } = pointLook(shown, camera.zoom, density, model.quiet());
    const { alpha: chosenAlpha } = pointLook(shown, camera.zoom, density, false);
    return {
      camera, mix: model.mix, size, alpha, depth: dimensions === 3 ? 1 : 0,
      // Selected words keep the colour of their group, if they have one, while the others fade.
      chosenAlpha: Math.min(1, chosenAlpha * 1.3), chosen: model.legend ? null : theme.roles.accent,
      background: theme.background,
    };
  }

  /** Draw all but the points, as in a picture that stands, with another pen. */
  paintOverlay(pen) {
    const { model, camera, theme, overlay } = this;
    overlay.paint(pen, { model, camera, theme, moving: false, flying: false, covers: [] });
  }

  /** Look how large the map is; returns whether that changed. */
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
    if (!home) return this.enter(null);
    const atHome = JSON.stringify(camera.view()) === JSON.stringify(home);
    this.home = this.homeView();
    if (atHome) camera.between(this.home, this.home, 1);
    else camera.scale *= Math.min(camera.width, camera.height) / before;
    camera.fitScale = this.home.fitScale;
    this.ask();
  }

  /** Something moved: draw, and once it rests draw again with care. */
  touch() {
    this.moving = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), REST);
    this.ask();
  }

  rest() {
    if (this.flight) return this.touch();
    this.moving = false;
    if (this.times.length > 2) {
      const [first, last] = [this.times[0], this.times.at(-1)];
      this.framesPerSecond = ((this.times.length - 1) * 1000) / (last - first);
    }
    this.times = [];
    this.ask();
  }

  ask() {
    this.frame ??= requestAnimationFrame((now) => this.draw(now));
  }

  draw(now) {
    const { model, camera, theme, panel } = this;
    this.frame = null;
    if (!model.layout || !this.points || this.gone) return;
    if (this.flight) {
      const over = this.flight.step(now, camera);
      model.mix = this.flight.mix;
      if (over) this.land();
      else this.touch();
    }
    const ratio = globalThis.devicePixelRatio || 1;
    this.points.draw({ ...this.look(), ratio: Math.min(ratio, 2) });
    this.overlay.draw({
      model, camera, theme, moving: this.moving, flying: this.flight !== null,
      ratio: Math.min(ratio, this.points.pen ? 2 : 3), shape: this.shape, pen: this.points.pen,
      covers: panel.covers(),
    });
    if (this.moving) this.times.push(performance.now());
    else if (!panel.table.hidden) this.actions.fillTable();
    if (this.unmarked && !this.flight?.words) this.mark();
  }

  /** Say that all points are on the screen, once they really are. */
  mark() {
    this.unmarked = false;
    this.points.finish();
    performance.mark("word_map:drawn");
    this.host.dataset.drawn = `${this.model.layout.id}:${this.model.layout.shown}`;
  }

  destroy() {
    this.gone = true;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    this.stopListening();
    this.observer.disconnect();
    store().listeners.delete(this.arrived);
    store().scenes.delete(this.host);
    release(this);
    this.points?.destroy();
  }
}
