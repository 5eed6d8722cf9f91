// A bar of buttons with a slider, moving words, and curves: all show the same moment of a run.

import { interpolate, prefersReducedMotion } from "../shared/animation.js";
import { element, saveFile } from "../shared/dom.js";
import { Curve } from "./curve.js";
import { mainAction, mainLabel } from "./main_action.js";
import { Plane } from "./plane.js";
import { Strip } from "./strip.js";

const JUMP_MS = 80; // milliseconds per snapshot of an animation to another one
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
  root.player.update(data, setTriggerValue);
}

class Player {
  constructor(root) {
    this.root = root;
    [this.planes, this.curves, this.strips] = [[], [], []];
    this.target = 0; // the snapshot that the animation moves to
    this.moment = 0; // the moment shown; 1.5 is halfway between snapshots 1 and 2
    this.button = element("button", { class: "main", type: "button" });
    this.stepButton = element("button", { type: "button" }, "Step");
    this.backButton = element("button", { type: "button" }, "Back to the start");
    this.slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "Snapshot" });
    this.count = element("output");
    this.reading = element("p", { class: "reading" });
    const save = element("button", {
      class: "save", type: "button", title: "Save this picture as a PNG file",
    }, "Save picture");
    this.pictures = element("div", { class: "pictures" });
    root.append(
      element(
        "div", { class: "row" },
        this.button, this.stepButton, this.backButton, this.slider, this.count, save, this.reading,
      ),
      this.pictures,
    );
    this.button.onclick = () => this.act(this.mainAction());
    this.stepButton.onclick = () => this.act("step");
    this.backButton.onclick = () => this.act("rewind");
    save.onclick = () => savePicture(root, this.pictures);
    this.slider.oninput = () => {
      this.slider.value = Math.min(this.slider.value, this.newest);
      this.isHeld = this.running; // until the page knows: it stops playing then
      this.moveTo(Number(this.slider.value), TOUCH_MS);
      this.reportSoon();
    };
    this.slider.onchange = () => this.report();
    new ResizeObserver(() => this.resize()).observe(this.pictures);
  }

  /** Show new data from the page; `send(name, value)` reports what the visitor chose or did. */
  update(data, send) {
    this.send = send;
    this.root.setAttribute("aria-label", data.alt);
    const starts = data.running && (!this.running || data.snapshot < this.target);
    [this.newest, this.running, this.over] = [data.newest, data.running, data.over];
    [this.readings, this.status] = [data.readings, data.status];
    if (!data.running) this.isHeld = false;
    const { words, colors, groups, tracks, charts, strips } = data;
    const content = JSON.stringify([words, colors, groups, tracks, charts, strips]);
    if (this.content !== content) {
      this.content = content;
      this.build(data);
    }
    this.slider.max = data.last;
    this.slider.disabled = !data.newest;
    this.slider.style.setProperty("--known", `${(100 * data.newest) / data.last}%`);
    if (this.revision !== data.revision) {
      const isFirst = this.revision === undefined;
      this.revision = data.revision;
      this.reported = data.snapshot;
      const jump = Math.min(Math.abs(data.snapshot - this.moment) * JUMP_MS, MAX_JUMP_MS);
      const during = isFirst ? 0 : data.running ? data.glide : jump;
      if (!this.isHeld) this.moveTo(data.snapshot, during);
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
    resizeList(this.planes, tracks.length, () => new Plane((word) => this.send("word", word)));
    resizeList(this.curves, charts.length, () => new Curve((snapshot) => this.choose(snapshot)));
    resizeList(this.strips, strips.length, () => new Strip());
    const cells = this.all().map(({ cell }) => cell);
    if (cells.some((cell, index) => this.pictures.children[index] !== cell)) {
      this.pictures.replaceChildren(...cells);
    }
    this.pictures.classList.toggle("two", tracks.length > 1);
    tracks.forEach((track, index) => this.planes[index].show(words, colors, groups, track));
    const isFlat = tracks.length === 1 && this.planes[0].isFlat;
    this.pictures.classList.toggle("flat", isFlat);
    this.measure();
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
    const snapshot = Math.min(clicked, this.newest);
    this.isHeld = this.running;
    this.moveTo(snapshot, Math.min(Math.abs(snapshot - this.moment) * JUMP_MS, MAX_JUMP_MS));
    this.report();
  }

  /** What the main button does now. */
  mainAction() {
    return mainAction(this.target, this.newest, this.running && !this.isHeld, this.over);
  }

  /** Report a click on a button, with the snapshot shown: the slider may not be reported yet. */
  act(name) {
    clearTimeout(this.timer);
    if (name === "again") this.moveTo(0, 0);
    const snapshot = Math.round(this.target);
    this.isHeld = name === "pause"; // a later snapshot may be on its way
    this.reported = snapshot;
    this.send("action", { name, snapshot });
  }

  /** Animate to a snapshot. */
  moveTo(snapshot, milliseconds) {
    [this.from, this.target] = [this.moment, snapshot];
    const during = prefersReducedMotion() ? 0 : milliseconds;
    [this.start, this.duration] = [performance.now(), during];
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
    };
    this.frame = requestAnimationFrame(step);
  }

  /** Draw the current moment; `left` is the remaining share of the animation. */
  draw(left) {
    for (const plane of this.planes) plane.draw(this.moment, left);
    for (const picture of [...this.curves, ...this.strips]) picture.draw(this.moment);
    this.write();
  }

  /** Update the buttons, the slider and the texts beside it. */
  write() {
    const snapshot = Math.round(this.moment);
    const isPlaying = this.running && !this.isHeld;
    // While the slider is dragged, it shows its own value, not that of the animation.
    this.slider.value = isPlaying ? snapshot : this.target;
    this.count.textContent = `Snapshot ${snapshot} of ${this.slider.max}`;
    const reading = this.newest || !this.status ? this.readings?.[snapshot] ?? "" : "";
    this.reading.textContent = [reading, this.status].filter(Boolean).join(" · ");
    this.slider.setAttribute("aria-valuetext", `${this.count.textContent}: ${reading}`);
    const isEnd = this.target >= this.newest && this.over;
    const action = this.mainAction();
    this.button.textContent = mainLabel(action, this.newest);
    this.button.disabled = isEnd && !this.newest;
    this.stepButton.disabled = isPlaying || isEnd;
    this.backButton.disabled = !this.target;
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
    this.send("snapshot", snapshot);
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
