// A tour: the camera flies to the largest regions that hold together, and stays a while at each.

import { counted } from "./counted.js";
import { nameOf } from "./regions.js";

const STOPS = 5;
const STAY = 3000; // ms at each region
const FLIGHT = 1600; // ms from one region to the next
const NAMED_IN_LETTERS = /\p{L}/u;

/** The regions of a tour, { level, region }, the largest first.
 *
 * They are of the second level, one of each region of the first, and at least half of all regions
 * keep fewer of their words' neighbours. */
export function stopsOf({ levels }) {
  const level = Math.min(1, levels.length - 1);
  const { names, sizes, kept, parents } = levels[level];
  const usual = [...kept].sort((one, other) => one - other)[(kept.length - 1) >> 1];
  const order = [...names.keys()].sort((one, other) => sizes[other] - sizes[one]);
  const seen = new Set();
  const stops = [];
  for (const region of order) {
    const whole = level === 0 ? region : parents[region];
    if (kept[region] < usual || seen.has(whole) || !NAMED_IN_LETTERS.test(names[region])) continue;
    seen.add(whole);
    if (stops.length < STOPS) stops.push({ level, region });
  }
  return stops;
}

/** A tour of a scene, until its end, a touch, a key or a turn of the wheel; then `ended()`. */
export class Tour {
  constructor(scene, ended) {
    this.scene = scene;
    this.ended = ended;
    this.stops = stopsOf(scene.model.regions);
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const kind of ["pointerdown", "keydown", "wheel"]) {
      addEventListener(kind, (event) => this.interrupt(event), { capture: true, passive: true, signal });
    }
    this.next();
  }

  interrupt(event) {
    const path = event.composedPath();
    const { overlay, buttons } = this.scene.panel;
    const presses = event.type === "pointerdown" || [" ", "Enter"].includes(event.key);
    if (presses && path.includes(buttons.tour)) return; // its click ends the tour
    // The touch that ends the tour picks no word.
    if (event.type === "pointerdown" && path.includes(overlay)) event.stopImmediatePropagation();
    this.stop();
  }

  next() {
    const { scene } = this;
    const stop = this.stops.shift();
    scene.model.emphasized = stop ?? null;
    if (!stop) {
      scene.fly(scene.home, { duration: FLIGHT, lifted: true });
      return this.stop();
    }
    const { regions } = scene.model;
    const size = counted(regions.levels[stop.level].sizes[stop.region], scene.model.unit);
    scene.panel.announce(`${nameOf(regions, stop.level, stop.region)}, ${size}`);
    scene.fly(scene.regionView(stop), { duration: FLIGHT, lifted: true });
    this.waiting = setTimeout(() => this.next(), FLIGHT + STAY);
  }

  stop() {
    clearTimeout(this.waiting);
    this.listening.abort();
    this.scene.model.emphasized = null;
    this.scene.requestFrame();
    this.ended();
  }
}
