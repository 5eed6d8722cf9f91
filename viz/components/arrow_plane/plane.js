// Arrows and words in a plane. A dragged tip is followed by the numbers of the words.

import { element, setAttributes, svg } from "../shared/dom.js";
import { textWidth } from "../shared/text_width.js";
import { planeFrame, roundNumbers } from "./frame.js";
import { pairOf, shortNumber } from "./pair.js";
import { bestWords } from "./scores.js";
import { linesOf, placeLabels, pointsAlong } from "./sides.js";

const ROOM = [70, 30, 70, 30]; // pixels around the drawing for labels
const TOP_WORDS = 3; // words whose scores are shown while the tip is moved
const HEAD = 15; // pixels, the length of an arrow's head
const KEY_STEP = 8; // pixels that an arrow key moves the tip
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LINE_HEIGHT = 1.15; // of a text, in its sizes
const MAX_LINE_WIDTH = 0.4; // of a label of an arrow in one line, as a share of the picture's
const SIZES = { input: 18, answer: 18, near: 15 };

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".plane");
  if (!root) {
    root = element("div", { class: "plane" });
    root.plane = new ArrowPlane(root);
    parentElement.append(root);
  }
  root.plane.update(data, setTriggerValue);
}

class ArrowPlane {
  constructor(root) {
    this.root = root;
    this.moved = null; // the coordinates of the tips after one was moved
    this.picture = svg("svg", { role: "group" });
    this.list = element("ol");
    this.back = element("button", { type: "button" }, "Put it back");
    this.title = element("span");
    this.scores = element("div", { class: "scores", role: "status" },
      this.title, this.list, this.back);
    this.scores.hidden = true;
    root.append(this.picture, this.scores);
    this.back.onclick = () => {
      this.moved = null;
      this.drawMarks();
    };
    this.picture.onclick = (event) => {
      const index = event.target.closest("[data-index]")?.dataset.index;
      if (index !== undefined && this.data.pickable) {
        this.send("picked", { drawn: this.data.drawn, index: Number(index) });
      }
    };
    this.picture.onpointerdown = (event) => this.startDrag(event);
    this.picture.onkeydown = (event) => this.press(event);
    new ResizeObserver(() => this.data && this.draw()).observe(root);
  }

  update(data, send) {
    this.send = send;
    const content = JSON.stringify(data);
    if (content === this.content) return;
    this.content = content;
    this.data = data;
    this.moved = null;
    this.root.style.height = `${data.height}px`;
    this.picture.setAttribute("aria-label", data.alt);
    this.draw();
  }

  draw() {
    const { data, picture } = this;
    const width = this.root.clientWidth;
    if (!width) return; // not on the screen yet
    setAttributes(picture, { width, height: data.height });
    const points = [
      ...data.extent, ...data.words.map(({ at }) => at), ...data.tips,
      ...data.lines.flatMap(({ start, end }) => [start, end]), ...(data.zero ? [data.zero] : []),
    ];
    this.frame = planeFrame(points, width, data.height, ROOM);
    this.drawMarks();
  }

  /** Draw everything for the place where the tip is now. */
  drawMarks() {
    const { data, moved, picture, frame } = this;
    const tips = moved ?? data.tips;
    const best = moved && data.movable ? bestWords(data.movable, moved[0], TOP_WORDS) : [];
    const pair = data.is_pair ? pairOf(...tips) : null;
    const lines = data.lines.map((line) => this.followed(line, best));
    const words = data.words.map((word) => {
      const index = data.is_pair ? data.tips.findIndex((tip) => isSame(tip, word.at)) : -1;
      return index < 0 ? word : { ...word, at: tips[index] }; // named at the tip of its arrow
    });
    for (const { index } of best) {
      const text = data.movable.words[index];
      if (!words.some((word) => word.text === text)) {
        words.push({ text, at: data.movable.positions[index], role: "near", tip: "" });
      }
    }
    const marks = [];
    if (data.has_axes) marks.push(...this.grid());
    if (data.zero) marks.push(this.zeroMark());
    const placed = [];
    const obstacles = [];
    if (pair) marks.push(...this.pairMarks(pair, tips));
    for (const line of lines) {
      const [from, to] = [frame.toPixels(line.start), frame.toPixels(line.end)];
      marks.push(lineMark(line, from, to));
      obstacles.push(...pointsAlong(from, to));
      if (line.label) placed.push({ line, from, to });
    }
    const spots = words.map(({ at }) => frame.toPixels(at));
    obstacles.push(...spots);
    if (data.zero) obstacles.push(...zeroSpots(frame.toPixels(data.zero)));
    const labels = words.map(({ text, role }, index) => {
      const size = SIZES[role];
      const [width, height] = [widthOf(text, size), size * LINE_HEIGHT];
      return { lines: [text], size, at: spots[index], width, height };
    });
    const most = this.root.clientWidth * MAX_LINE_WIDTH;
    const named = placed.map(({ line, from, to }) => lineLabel(line, from, to, most));
    const all = [...labels, ...named, ...(data.zero ? [zeroLabel(frame.toPixels(data.zero))] : [])];
    if (pair?.arc.length) obstacles.push(...pair.arc.map(frame.toPixels));
    const centers = placeLabels(all, obstacles, this.root.clientWidth, data.height);
    for (const [index, { at, tip }] of words.entries()) {
      const [x, y] = frame.toPixels(at);
      const isFixed = index < data.words.length;
      const name = words[index].text;
      marks.push(svg("g", {
        class: `word ${words[index].role}`, "data-index": isFixed ? index : null,
      }, svg("title", {}, tip || name),
      data.is_pair ? "" : svg("circle", { cx: x, cy: y, r: words[index].role === "near" ? 5 : 6 }),
      textMark(labels[index], centers[index])));
    }
    for (const [index, label] of named.entries()) {
      marks.push(svg("g", { class: "name" }, textMark(label, centers[labels.length + index])));
    }
    if (data.zero) {
      marks.push(svg("g", { class: "zero" }, textMark(all.at(-1), centers.at(-1))));
    }
    for (const [index, tip] of tips.entries()) marks.push(this.tipMark(index, frame.toPixels(tip)));
    const focused = picture.querySelector(".tip:focus")?.dataset.tip;
    picture.replaceChildren(...marks);
    if (focused !== undefined) picture.querySelector(`[data-tip="${focused}"]`)?.focus();
    if (pair) this.showPair(pair);
    else this.showScores(best);
  }

  /** A line as it is while the tip is moved: its end follows, or it leads to the best word. */
  followed(line, best) {
    const { data, moved } = this;
    if (!moved) return line;
    if (line.kind === "gap") {
      return { ...line, start: moved[0], end: data.movable.positions[best[0].index] };
    }
    const index = data.tips.findIndex((tip) => isSame(tip, line.end));
    return index < 0 ? line : { ...line, end: moved[index] };
  }

  grid() {
    const { frame, data } = this;
    const width = this.root.clientWidth;
    const [left, top] = frame.fromPixels([0, 0]);
    const [right, bottom] = frame.fromPixels([width, data.height]);
    const marks = [];
    for (const x of roundNumbers(left, right, width / 90)) {
      const [at] = frame.toPixels([x, 0]);
      marks.push(svg("line", { class: "grid", x1: at, x2: at, y1: 0, y2: data.height }),
        svg("text", { class: "tick", x: at + 3, y: data.height - 4 }, shortNumber(x)));
    }
    for (const y of roundNumbers(bottom, top, data.height / 90)) {
      const at = frame.toPixels([0, y])[1];
      marks.push(svg("line", { class: "grid", x1: 0, x2: width, y1: at, y2: at }),
        svg("text", { class: "tick", x: 2, y: at - 3 }, shortNumber(y)));
    }
    return marks;
  }

  zeroMark() {
    const [x, y] = this.frame.toPixels(this.data.zero);
    return svg("g", { class: "zero" }, svg("title", {}, this.data.zero_tip),
      svg("path", { d: `M${x - 7} ${y}H${x + 7}M${x} ${y - 7}V${y + 7}` }));
  }

  /** The arc of the angle, and the shadow of the second arrow on the first. */
  pairMarks({ angle, arc, shadow }, [, second]) {
    const { frame } = this;
    if (angle === null) return [];
    const [[x0, y0], [x1, y1], [x2, y2]] = [[0, 0], shadow, second].map(frame.toPixels);
    const middle = arc[arc.length >> 1];
    const [x, y] = frame.toPixels([middle[0] * 1.35, middle[1] * 1.35]);
    return [
      svg("line", { class: "shadow", x1: x0, y1: y0, x2: x1, y2: y1 }),
      svg("line", { class: "drop", x1: x2, y1: y2, x2: x1, y2: y1 }),
      svg("polyline", { class: "arc", points: arc.map(frame.toPixels).join(" ") }),
      textMark({ lines: [`${Math.round(angle)}°`], size: 16 }, [x, y]),
    ];
  }

  tipMark(index, [x, y]) {
    const { is_pair: isPair, movable } = this.data;
    const canMove = isPair || Boolean(movable);
    return svg("g", {
      class: canMove ? `tip movable color${index + 1}` : "tip color1", "data-tip": index,
      tabindex: canMove ? 0 : null, role: canMove ? "button" : null,
      "aria-label": canMove ? "The tip of the arrow. Drag it, or press the arrow keys." : null,
    }, svg("title", {}, canMove ? "Drag the tip" : "The tip of the arrow"),
    svg("circle", { class: "area", cx: x, cy: y, r: 20 }), svg("circle", { cx: x, cy: y, r: 9 }));
  }

  startDrag(event) {
    const tip = event.target.closest(".tip.movable");
    if (!tip) return;
    event.preventDefault();
    const index = Number(tip.dataset.tip);
    this.picture.setPointerCapture(event.pointerId);
    this.picture.onpointermove = (moving) => this.moveTip(index, this.placeOf(moving));
    this.picture.onpointerup = this.picture.onpointercancel = () => {
      this.picture.onpointermove = null;
      this.picture.onpointerup = this.picture.onpointercancel = null;
      this.report();
    };
  }

  press(event) {
    const step = KEYS[event.key];
    const tip = event.target.closest(".tip.movable");
    if (!step || !tip) return;
    event.preventDefault();
    const index = Number(tip.dataset.tip);
    const [x, y] = this.frame.toPixels((this.moved ?? this.data.tips)[index]);
    this.moveTip(index, this.frame.fromPixels([x + KEY_STEP * step[0], y + KEY_STEP * step[1]]));
    this.report();
  }

  report() {
    if (this.data.reports && this.moved) this.send("dropped", this.moved);
  }

  /** The coordinates under the pointer, inside the picture. */
  placeOf({ clientX, clientY }) {
    const box = this.picture.getBoundingClientRect();
    const x = Math.min(Math.max(clientX - box.left, 0), box.width);
    const y = Math.min(Math.max(clientY - box.top, 0), box.height);
    return this.frame.fromPixels([x, y]);
  }

  moveTip(index, place) {
    this.moved = (this.moved ?? this.data.tips).map((tip, each) => (each === index ? place : tip));
    this.drawMarks();
  }

  showScores(best) {
    this.scores.hidden = !best.length;
    this.title.textContent = "Nearest to the tip here:";
    this.list.replaceChildren(...best.map(({ index, score }) => element("li", {},
      element("bdi", {}, this.data.movable.words[index]), " ",
      element("span", {}, score.toFixed(3).replace("-", "−")))));
  }

  showPair({ lengths, angle, dot }) {
    const [first, second] = this.data.words.map(({ text }) => text);
    const rows = [
      [`length of ${first}`, shortNumber(lengths[0])],
      [`length of ${second}`, shortNumber(lengths[1])],
      ["angle", angle === null ? "none" : `${angle.toFixed(1)}°`],
      ["dot product", shortNumber(dot)],
    ];
    this.scores.hidden = !this.moved;
    this.title.textContent = "Moved by hand:";
    this.list.replaceChildren(...rows.map(([name, value]) => element("li", {},
      element("bdi", {}, name), " ", element("span", {}, value))));
  }
}

/** Points that keep labels away from the mark of zero. */
function zeroSpots([x, y]) {
  return [-7, 0, 7].flatMap((right) => [-7, 0, 7].map((down) => [x + right, y + down]));
}

function zeroLabel(at) {
  return { lines: ["0"], size: 15, at, width: 12, height: 16 };
}

function isSame([x, y], [otherX, otherY]) {
  return Math.abs(x - otherX) + Math.abs(y - otherY) < 1e-9;
}

function widthOf(text, size) {
  return textWidth(text, size, "sans-serif") + 4;
}

/** A line or an arrow; the head of an arrow ends at its tip. */
function lineMark({ kind, color }, [x1, y1], [x2, y2]) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const mark = svg("g", { class: `${kind} color${color}` });
  if (kind !== "arrow" || length < 1) {
    mark.append(svg("line", { x1, y1, x2, y2 }));
    return mark;
  }
  const head = Math.min(HEAD, length);
  const [right, down] = [(x2 - x1) / length, (y2 - y1) / length];
  const [neckX, neckY] = [x2 - head * right, y2 - head * down];
  const half = head * 0.45;
  mark.append(
    svg("line", { x1, y1, x2: neckX, y2: neckY }),
    svg("polygon", {
      points: `${x2},${y2} ${neckX - half * down},${neckY + half * right} `
        + `${neckX + half * down},${neckY - half * right}`,
    }),
  );
  return mark;
}

/** The label of a line, beside its middle; in two lines where it is wider than `most` pixels. */
function lineLabel({ label }, from, to, most) {
  const size = 15;
  const at = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const lines = linesOf(label, (text) => widthOf(text, size), most);
  const width = Math.max(...lines.map((text) => widthOf(text, size)));
  return { lines, size, at, height: size * LINE_HEIGHT * lines.length, width };
}

function textMark({ lines, size }, [x, y]) {
  const top = y - (size * LINE_HEIGHT * (lines.length - 1)) / 2;
  return svg("text", { "font-size": size }, ...lines.map((text, number) => (
    svg("tspan", { x, y: top + number * size * LINE_HEIGHT }, text)
  )));
}
