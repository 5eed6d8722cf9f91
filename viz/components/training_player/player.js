// A slider, words on the move, and curves: all stand at the same moment of a run.

import { Curve } from "./curve.js";
import { html } from "./drawing.js";
import { Plane } from "./plane.js";
import { Strip } from "./strip.js";

const FRAME = 80; // milliseconds of one snapshot when all are played
const TOUCH = 90; // milliseconds until the words are where the finger is
const LEAP = 450; // milliseconds, at most, to a snapshot far away
const QUIET = 140; // milliseconds without a movement, then the page is told

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".training-player");
  if (!root) {
    root = html("div", "training-player");
    root.setAttribute("role", "group");
    parentElement.append(root);
    root.player = new Player(root);
  }
  root.player.update(data, (at) => setTriggerValue("snapshot", at));
}

class Player {
  constructor(root) {
    this.root = root;
    [this.planes, this.curves, this.strips] = [[], [], []];
    this.to = 0; // the snapshot to be seen
    this.moment = 0; // the snapshot seen; 1.5 is halfway from the first to the second
    this.row = html("div", "row");
    this.button = html("button", "play", "▶ Play");
    this.button.type = "button";
    this.slider = html("input");
    Object.assign(this.slider, { type: "range", min: 0, step: 1, ariaLabel: "Snapshot" });
    this.count = html("output");
    this.keep = html("button", "keep", "Save picture");
    this.keep.title = "Keep what is seen as a PNG file";
    this.row.append(this.button, this.slider, this.count, this.keep);
    this.pictures = html("div", "pictures");
    root.append(this.row, this.pictures);
    this.button.onclick = () => (this.playing ? this.stop() : this.play());
    this.keep.onclick = () => savePicture(root, this.pictures);
    this.slider.oninput = () => {
      this.slider.value = Math.min(this.slider.value, this.newest);
      this.playing = false;
      this.go(Number(this.slider.value), TOUCH);
      this.tellSoon();
    };
    this.slider.onchange = () => this.tellNow();
    new ResizeObserver(() => this.resize()).observe(this.pictures);
  }

  update(data, tell) {
    this.tell = tell;
    const { root } = this;
    root.setAttribute("aria-label", data.alt);
    const begins = data.running && (!this.running || data.snapshot < this.to);
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
      this.told = data.snapshot;
      const far = Math.abs(data.snapshot - this.moment);
      this.go(data.snapshot, isFirst ? 0 : data.running ? data.glide : Math.min(far * FRAME, LEAP));
    }
    this.write();
    if (begins) this.show();
  }

  /** Let the words be seen where they would begin to move below the screen: on a phone. */
  show() {
    const behavior = isStill() ? "auto" : "smooth";
    this.planes[0].cell.scrollIntoView({ block: "nearest", behavior });
  }

  /** Give each run its picture and each number its chart; those that are there stay. */
  build({ words, colors, groups, tracks, charts, strips }) {
    const fit = (shown, count, make) => {
      while (shown.length > count) shown.pop().cell.remove();
      while (shown.length < count) {
        const made = make();
        made.cell = html("div", `cell ${made.element.getAttribute("class")}`);
        made.cell.append(made.element);
        shown.push(made);
      }
    };
    fit(this.planes, tracks.length, () => new Plane());
    fit(this.curves, charts.length, () => new Curve((at) => this.pick(at)));
    fit(this.strips, strips.length, () => new Strip());
    const cells = this.all().map(({ cell }) => cell);
    if (cells.some((cell, at) => this.pictures.children[at] !== cell)) {
      this.pictures.replaceChildren(...cells);
    }
    this.pictures.classList.toggle("two", tracks.length > 1);
    this.measure();
    tracks.forEach((track, at) => this.planes[at].show(words, colors, groups, track));
    charts.forEach((chart, at) => this.curves[at].show(chart));
    strips.forEach((strip, at) => this.strips[at].show(strip));
    // After new axes the words glide to where they are now.
    this.began = performance.now();
    [this.from, this.to, this.during] = [this.moment, this.to, this.during ?? 0];
    this.run();
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
    for (const shown of this.all()) {
      if (shown.cell.clientWidth < 40) return; // not on the page yet, or not any more
      shown.resize(shown.cell.clientWidth, shown.cell.clientHeight, family);
    }
  }

  pick(at) {
    this.playing = false;
    const place = Math.min(at, this.newest);
    this.go(place, Math.min(Math.abs(place - this.moment) * FRAME, LEAP));
    this.tellNow();
  }

  play() {
    if (this.moment >= this.newest) this.moment = 0;
    this.playing = true;
    this.go(this.newest, (this.newest - this.moment) * FRAME);
    this.write();
  }

  stop() {
    this.playing = false;
    this.go(Math.round(this.moment), TOUCH);
    this.tellNow();
  }

  /** Let the moment move to a snapshot. */
  go(place, milliseconds) {
    const still = isStill() && !this.playing;
    [this.from, this.to] = [this.moment, place];
    [this.began, this.during] = [performance.now(), still ? 0 : milliseconds];
    this.run();
  }

  run() {
    delete this.root.dataset.still;
    if (this.frame) return;
    const step = (now) => {
      this.frame = null;
      if (!this.root.isConnected) return;
      const share = this.during ? Math.min(Math.max((now - this.began) / this.during, 0), 1) : 1;
      this.moment = this.from + (this.to - this.from) * share;
      this.draw(1 - share);
      if (share < 1) {
        this.run();
        return;
      }
      this.root.dataset.still = true;
      if (!this.playing) return;
      this.playing = false;
      this.write();
      this.tellNow();
    };
    this.frame = requestAnimationFrame(step);
  }

  draw(left) {
    for (const plane of this.planes) plane.draw(this.moment, left);
    for (const shown of [...this.curves, ...this.strips]) shown.draw(this.moment);
    this.write();
  }

  write() {
    const at = Math.round(this.moment);
    this.slider.value = this.playing || this.running ? at : this.to; // else where the finger is
    this.count.textContent = `Snapshot ${at} of ${this.slider.max}`;
    this.button.textContent = this.playing ? "■ Stop" : "▶ Play";
    this.root.dataset.snapshot = this.moment;
  }

  tellSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tellNow(), QUIET);
  }

  tellNow() {
    clearTimeout(this.timer);
    const at = Math.round(this.to);
    if (at === this.told) return;
    this.told = at;
    this.tell(at);
  }
}

/** Whether the visitor wants nothing to move by itself. */
function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Let the browser keep all pictures as one PNG file, in today's theme. */
async function savePicture(root, pictures) {
  const style = getComputedStyle(root);
  const canvas = html("canvas");
  const fine = 2; // pixels of the file for one of the screen
  const box = pictures.getBoundingClientRect();
  [canvas.width, canvas.height] = [box.width * fine, box.height * fine];
  const pen = canvas.getContext("2d");
  pen.scale(fine, fine);
  pen.fillStyle = style.getPropertyValue("--st-background-color") || "#fff";
  pen.fillRect(0, 0, box.width, box.height);
  for (const drawn of pictures.querySelectorAll("svg")) {
    const copy = drawn.cloneNode(true);
    copy.setAttribute("style", `color: ${style.color}; font-family: ${style.fontFamily}`);
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const place = drawn.getBoundingClientRect();
    pen.drawImage(image, place.left - box.left, place.top - box.top);
  }
  const link = html("a");
  link.href = canvas.toDataURL("image/png");
  link.download = "learning.png";
  link.click();
}
