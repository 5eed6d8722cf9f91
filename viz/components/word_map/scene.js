// One map: brings what arrives, the camera and the drawing together.

import { actionsOf } from "./actions.js";
import { boundsOf, boxAround, Camera } from "./camera.js";
import { listen } from "./interaction.js";
import { Model } from "./model.js";
import { Overlay } from "./overlay.js";
import { Panel } from "./panel.js";
import { CanvasPoints } from "./points_canvas.js";
import { WebGLPoints } from "./points_webgl.js";
import { report } from "./report.js";
import { need, release, store } from "./store.js";
import { densityOf, pointLook, pointStyles } from "./styles.js";
import { fillTable } from "./table.js";
import { paletteOf, readTheme } from "./theme.js";
import { Flight } from "./transition.js";

const MANY = 50_000; // words from which WebGL in software is slower than the canvas
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
    this.losses = 0;
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
    need(this, [data.words, data.layout, data.colors].filter(Boolean));
    this.apply();
  }

  /** Show what is wanted, as soon as all of it is here; until then the old picture stays. */
  apply() {
    const { wanted, model, panel } = this;
    const [words, layout, colors] = ["words", "layout", "colors"].map(
      (kind) => store().payloads.get(wanted?.[kind]),
    );
    if (!words || !layout || (wanted.colors && !colors)) return;
    if (model.words !== words.list) model.setWords(words.list);
    const fresh = model.layout !== layout;
    const before = model.layout && model.frozen();
    model.layout = layout;
    model.mix = fresh ? 1 : model.mix;
    model.setMarks(wanted, colors?.places);
    if (wanted.picked !== this.picked) this.picked = model.picked = wanted.picked;
    panel.showLegend(wanted.legend, this.theme);
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
    performance.mark("word_map:data");
    this.flight = null;
    this.resize();
    if (!camera.width) return;
    this.bounds = boundsOf(model.positions());
    this.home = this.homeView();
    model.hovered = null;
    this.panel.hideTip();
    if (before) {
      model.from = before;
      model.mix = 0;
      this.flight = new Flight(camera.view(), this.home, true);
    } else camera.between(this.home, this.home, 1);
    this.makePoints();
  }

  homeView() {
    const { model, camera } = this;
    const { low, high } = this.bounds;
    return camera.fit(boxAround([low, high, ...model.marked()]), model.layout.dimensions);
  }

  /** Go to the words that Python wants in view, when these have changed. */
  goToFocus() {
    const { wanted, model, camera } = this;
    const focus = wanted.focus.join();
    if (focus === this.focus || !this.home) return;
    this.focus = focus;
    if (!focus) return;
    const { dimensions } = model.layout;
    const points = wanted.focus.map((index) => [...model.positions().subarray(3 * index, 3 * index + 3)]);
    const { target, scale } = camera.fit(boxAround(points), dimensions, 110);
    const turned = dimensions === 3 && this.home ? { yaw: camera.yaw, pitch: camera.pitch } : {};
    const near = Math.min(scale, this.home.scale * 40);
    this.fly({ ...this.home, ...turned, target, scale: near });
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

  /** WebGL2 where there is any; else the same picture from the CPU. A card that is lost (a laptop
   * that slept) is replaced at once, and asked for again a little later. */
  makePoints() {
    const many = this.model.layout.count > MANY;
    if (!this.points || many !== this.many || this.points instanceof CanvasPoints) {
      this.points?.destroy();
      try {
        const canvas = this.panel.freshCloud();
        this.points = new WebGLPoints(canvas);
        if (many && this.points.inSoftware) throw new Error("WebGL would be slower");
        canvas.addEventListener("webglcontextlost", () => this.lose(canvas));
      } catch {
        this.points = new CanvasPoints(this.panel.freshCloud());
      }
      this.many = many
    }
    this.supply();
    this.ask();
  }

  lose(canvas) {
    if (this.gone || this.points.canvas !== canvas) return;
    this.points = new CanvasPoints(this.panel.freshCloud());
    this.supply();
    this.ask();
    this.losses += 1;
    if (this.losses <= 3) setTimeout(() => !this.gone && this.makePoints(), 2000);
  }

  /** Hand the points what they draw. */
  supply() {
    const { model, points } = this;
    points.setPlaces(model.from ?? model.positions(), model.positions());
    points.setStyles(pointStyles(model.positions(), model.places, model.selection.mask));
    points.setPalette(paletteOf(this.theme, model.legend));
  }

  resize() {
    const { camera, home } = this;
    const { clientWidth: width, clientHeight: height } = this.panel.stage;
    if (!width || !height || (width === camera.width && height === camera.height)) return;
    const grown = Math.min(width, height) / Math.min(camera.width, camera.height);
    const atHome = home && JSON.stringify(camera.view()) === JSON.stringify(home);
    [camera.width, camera.height] = [width, height];
    if (!this.model.layout) return;
    if (!home) return this.enter(null);
    this.home = this.homeView();
    if (atHome) camera.between(this.home, this.home, 1);
    else camera.scale *= grown;
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
    const { dimensions, shown } = model.layout;
    const density = densityOf(this.bounds, shown, camera.scale);
    const look = pointLook(shown, camera.zoom, density, model.quiet());
    const ratio = globalThis.devicePixelRatio || 1;
    this.points.draw({
      camera, mix: model.mix, ...look, depth: dimensions === 3 ? 1 : 0,
      background: theme.background, selected: theme.roles.accent, ratio: Math.min(ratio, 2),
    });
    this.overlay.draw({
      model, camera, theme, moving: this.moving, flying: this.flight !== null,
      ratio: Math.min(ratio, this.points.pen ? 2 : 3), shape: this.shape, pen: this.points.pen,
    });
    if (this.moving) this.times.push(performance.now());
    else if (!panel.table.hidden) this.fillTable();
    if (this.unmarked && !this.flight) this.mark();
  }

  fillTable() {
    const { panel, model, overlay } = this;
    fillTable(panel.table, model, overlay.labels, (index) => this.actions.pick(index));
  }

  /** Say that all points are on the screen, once they really are. */
  mark() {
    this.unmarked = false;
    this.points.finish();
    performance.mark("word_map:drawn");
    this.host.dataset.drawn = `${this.wanted.layout}:${this.model.layout.shown}`;
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
