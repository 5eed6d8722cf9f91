// A slider, moving words, and curves: all show the same moment of a training run.

import { interpolate, prefersReducedMotion } from "../shared/animation.js";
import { element, saveFile } from "../shared/dom.js";
import { Curve } from "./curve.js";
import { Plane } from "./plane.js";
import { Strip } from "./strip.js";

const PLAY_MS = 80; // milliseconds per snapshot during playback
const TOUCH_MS = 90; // milliseconds of the animation after a movement of the slider or a stop
const MAX_JUMP_MS = 450; // maximum milliseconds of the animation to a distant snapshot
const QUIET_MS = 140; // milliseconds without slider movement before the page is notified
const PIXEL_RATIO = 2; // pixels of a saved picture per CSS pixel

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".training-player");
  if (!root) {
    root = element("div", { class: "training-player", role: "group" });
    parentElement.append(root);
    root.player = new Player(root);
  }
  root.player.update(data, (snapshot) => setTriggerValue("snapshot", snapshot));
}

class Player {
  constructor(root) {
    this.root = root;
    [this.planes, this.curves, this.strips] = [[], [], []];
    this.target = 0; // the snapshot that the animation moves to
    this.moment = 0; // the moment shown; 1.5 is halfway between snapshots 1 and 2
    this.button = element("button", { class: "play", type: "button" }, "▶ Play");
    this.slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "Snapshot" });
    this.count = element("output");
    const save = element("button", {
      class: "save", type: "button", title: "Save this picture as a PNG file",
    }, "Save picture");
    this.pictures = element("div", { class: "pictures" });
    root.append(
      element("div", { class: "row" }, this.button, this.slider, this.count, save), this.pictures,
    );
    this.button.onclick = () => (this.playing ? this.stop() : this.play());
    save.onclick = () => savePicture(root, this.pictures);
    this.slider.oninput = () => {
      this.slider.value = Math.min(this.slider.value, this.newest);
      this.playing = false;
      this.moveTo(Number(this.slider.value), TOUCH_MS);
      this.reportSoon();
    };
    this.slider.onchange = () => this.report();
    new ResizeObserver(() => this.resize()).observe(this.pictures);
  }

  /** Show new data from the page; `send(snapshot)` reports the snapshot chosen by the visitor. */
  update(data, send) {
    this.send = send;
    this.root.setAttribute("aria-label", data.alt);
    const starts = data.running && (!this.running || data.snapshot < this.target);
    [this.newest, this.running] = [data.newest, data.running];
    const { words, colors, groups, tracks, charts, strips } = data;
    const content = JSON.stringify([words, colors, groups, tracks, charts, strips]);
    if (this.content !== content) {
      this.content = content;
      this.build(data);
    }
    this.slider.max = data.last;
    this.slider.disabled = this.button.disabled = data.running || !data.newest;
    this.slider.style.setProperty("--known", `${(100 * data.newest) / data.last}%`);
    if (this.revision !== data.revision) {
      const isFirst = this.revision === undefined;
      this.revision = data.revision;
      this.playing = false;
      this.reported = data.snapshot;
      const jump = Math.min(Math.abs(data.snapshot - this.moment) * PLAY_MS, MAX_JUMP_MS);
      this.moveTo(data.snapshot, isFirst ? 0 : data.running ? data.glide : jump);
    }
    this.write();
    if (starts) this.scrollToWords();
  }

  /** Scroll the words into view: on a phone, they may be below the screen. */
  scrollToWords() {
    const behavior = prefersReducedMotion() ? "auto" : "smooth";
    this.planes[0].cell.scrollIntoView({ block: "nearest", behavior });
  }

  /** Show a plane for each run, a curve for each chart, and the strips; reuse existing ones. */
  build({ words, colors, groups, tracks, charts, strips }) {
    const resizeList = (pictures, count, create) => {
      while (pictures.length > count) pictures.pop().cell.remove();
      while (pictures.length < count) {
        const picture = create();
        const kind = picture.element.getAttribute("class");
        picture.cell = element("div", { class: `cell ${kind}` }, picture.element);
        pictures.push(picture);
      }
    };
    resizeList(this.planes, tracks.length, () => new Plane());
    resizeList(this.curves, charts.length, () => new Curve((snapshot) => this.choose(snapshot)));
    resizeList(this.strips, strips.length, () => new Strip());
    const cells = this.all().map(({ cell }) => cell);
    if (cells.some((cell, index) => this.pictures.children[index] !== cell)) {
      this.pictures.replaceChildren(...cells);
    }
    this.pictures.classList.toggle("two", tracks.length > 1);
    this.measure();
    tracks.forEach((track, index) => this.planes[index].show(words, colors, groups, track));
    charts.forEach((chart, index) => this.curves[index].show(chart));
    strips.forEach((strip, index) => this.strips[index].show(strip));
    // Animate the words from their old positions, since the axes may have changed.
    this.start = performance.now();
    this.from = this.moment;
    this.duration ??= 0;
    this.animate();
  }

  all() {
    return [...this.planes, ...this.curves, ...this.strips];
  }

  resize() {
    this.measure();
    this.draw(0);
  }

  measure() {
    const family = getComputedStyle(this.root).fontFamily;
    for (const picture of this.all()) {
      if (picture.cell.clientWidth < 40) return; // not on the page yet, or already removed
      picture.resize(picture.cell.clientWidth, picture.cell.clientHeight, family);
    }
  }

  /** Show a snapshot that was clicked in a curve. */
  choose(clicked) {
    this.playing = false;
    const snapshot = Math.min(clicked, this.newest);
    this.moveTo(snapshot, Math.min(Math.abs(snapshot - this.moment) * PLAY_MS, MAX_JUMP_MS));
    this.report();
  }

  play() {
    if (this.moment >= this.newest) this.moment = 0;
    this.playing = true;
    this.moveTo(this.newest, (this.newest - this.moment) * PLAY_MS);
    this.write();
  }

  stop() {
    this.playing = false;
    this.moveTo(Math.round(this.moment), TOUCH_MS);
    this.report();
  }

  /** Animate to a snapshot. */
  moveTo(snapshot, milliseconds) {
    const atOnce = prefersReducedMotion() && !this.playing;
    [this.from, this.target] = [this.moment, snapshot];
    [this.start, this.duration] = [performance.now(), atOnce ? 0 : milliseconds];
    this.animate();
  }

  animate() {
    delete this.root.dataset.still;
    if (this.frame) return;
    const step = (now) => {
      this.frame = null;
      if (!this.root.isConnected) return;
      const elapsed = Math.max(now - this.start, 0);
      const share = this.duration ? Math.min(elapsed / this.duration, 1) : 1;
      this.moment = interpolate(this.from, this.target, share);
      this.draw(1 - share);
      if (share < 1) {
        this.animate();
        return;
      }
      this.root.dataset.still = true;
      if (!this.playing) return;
      this.playing = false;
      this.write();
      this.report();
    };
    this.frame = requestAnimationFrame(step);
  }

  /** Draw the current moment; `left` is the remaining share of the animation. */
  draw(left) {
    for (const plane of this.planes) plane.draw(this.moment, left);
    for (const picture of [...this.curves, ...this.strips]) picture.draw(this.moment);
    this.write();
  }

  /** Update the slider and the texts beside it. */
  write() {
    const snapshot = Math.round(this.moment);
    // While the slider is dragged, it shows its own value, not that of the animation.
    this.slider.value = this.playing || this.running ? snapshot : this.target;
    this.count.textContent = `Snapshot ${snapshot} of ${this.slider.max}`;
    this.button.textContent = this.playing ? "■ Stop" : "▶ Play";
    this.root.dataset.snapshot = this.moment;
  }

  reportSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report(), QUIET_MS);
  }

  /** Report the chosen snapshot to the page. */
  report() {
    clearTimeout(this.timer);
    const snapshot = Math.round(this.target);
    if (snapshot === this.reported) return;
    this.reported = snapshot;
    this.send(snapshot);
  }
}

/** Save all pictures as one PNG file, in the colours of the theme. */
async function savePicture(root, pictures) {
  const style = getComputedStyle(root);
  const box = pictures.getBoundingClientRect();
  const [width, height] = [box.width * PIXEL_RATIO, box.height * PIXEL_RATIO];
  const canvas = element("canvas", { width: Math.floor(width), height: Math.floor(height) });
  const context = canvas.getContext("2d");
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.fillStyle = style.getPropertyValue("--st-background-color") || "#fff";
  context.fillRect(0, 0, box.width, box.height);
  for (const drawn of pictures.querySelectorAll("svg")) {
    const copy = drawn.cloneNode(true);
    copy.setAttribute("style", `color: ${style.color}; font-family: ${style.fontFamily}`);
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const { left, top } = drawn.getBoundingClientRect();
    context.drawImage(image, left - box.left, top - box.top);
  }
  canvas.toBlob((blob) => saveFile(blob, "learning.png"), "image/png");
}
