// The elements around the cloud: legend, tools, canvases, tooltip, messages.

import { element } from "../shared/dom.js";
import { counted } from "./counted.js";
import { legendElements } from "./legend.js";
import { PosterMenu } from "./poster_menu.js";
import { STYLESHEET } from "./stylesheet.js";
import { nameMove, toolbar } from "./toolbar.js";

const FILES = [["png", "Image (PNG)"], ["svg", "Drawing (SVG)"]];
const MODES = ["move", "box", "lasso"];
const KEYS = { 2: "Arrow keys move", 3: "Arrow keys turn, with Shift they move" };
const MORE_KEYS = "plus and minus zoom, 0 resets the view, Escape clears.";

export class Panel {
  /** `use(tool)` is called with the name of the pressed tool. */
  constructor(parent, use) {
    this.legend = element("div", { class: "legend" });
    const { bar, buttons } = toolbar(use);
    this.buttons = buttons;
    buttons.tour.hidden = true;
    buttons.fullScreen.hidden = !document.fullscreenEnabled;
    this.menu = element("div", { class: "menu", role: "group", "aria-label": "Save the picture" });
    for (const [name, title] of FILES) {
      const button = element("button", { type: "button" }, title);
      button.onclick = () => use(name);
      this.menu.append(button);
    }
    this.poster = new PosterMenu(use);
    this.menu.append(...this.poster.elements);
    for (const opener of ["save", "table"]) buttons[opener].setAttribute("aria-expanded", false);
    this.overlay = element("canvas", {
      class: "overlay", tabindex: "0", role: "application", "aria-describedby": "keys",
    });
    this.tip = element("div", { class: "tip" });
    this.hint = element("div", { class: "hint" }, "Click the map to zoom with the wheel");
    this.chip = element("button", { class: "chip", type: "button" });
    this.chip.onclick = () => use("clear");
    this.note = element("div", { class: "note" }, "Loading the map …");
    this.table = element("div", { class: "table", tabindex: "0" });
    this.live = element("div", { class: "quiet", "aria-live": "polite" });
    this.tip.hidden = this.chip.hidden = this.table.hidden = this.menu.hidden = true;
    this.keys = element("div", { class: "quiet", id: "keys" });
    this.stage = element("div", { class: "stage" },
      this.overlay, element("div", { class: "ring" }), this.note, this.hint, this.chip, this.tip,
      this.table, this.menu, this.live, this.keys);
    // On the whole screen, where the page's own field is hidden.
    this.field = element("input", { type: "search" });
    this.answer = element("span", { role: "status" });
    this.search = element("form", { class: "search" }, this.field, this.answer);
    this.search.onsubmit = (event) => {
      event.preventDefault();
      use("search");
    };
    this.root = element("div", { class: "word-map" },
      element("style", {}, STYLESHEET),
      element("div", { class: "bar" }, this.search, this.legend, bar),
      this.stage);
    // Remove the placeholder of scene_element.js, which keeps the page from jumping.
    parent.querySelector(".word-map-room")?.remove();
    parent.append(this.root);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.fold()) event.stopPropagation();
    }, { capture: true });
    this.stage.addEventListener("pointerdown", (event) => {
      if (!this.menu.hidden && !this.menu.contains(event.target)) this.unfold("menu", false);
    }, { capture: true });
    this.setMode("move");
  }

  /** Show or hide the `table` or the `menu`. */
  unfold(name, shown) {
    const [part, button] = { table: [this.table, "table"], menu: [this.menu, "save"] }[name];
    part.hidden = !shown;
    this.buttons[button].setAttribute("aria-expanded", shown);
  }

  /** Hide the open menu or table and focus its button; returns whether one was open. */
  fold() {
    for (const [name, button] of [["menu", "save"], ["table", "table"]]) {
      if (this[name].hidden) continue;
      this.unfold(name, false);
      this.buttons[button].focus();
      return true;
    }
    return false;
  }

  /** The rectangles of elements over the map, without the table: it lists the labels it covers. */
  covers() {
    if (this.chip.hidden) return [];
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = this.chip;
    return [{ left, top, width, height }];
  }

  /** A new canvas for the points: the context of an existing canvas cannot be replaced. */
  freshCloud() {
    this.cloud?.remove();
    this.cloud = element("canvas", { class: "cloud", "aria-hidden": "true" });
    this.stage.prepend(this.cloud);
    return this.cloud;
  }

  setMode(mode) {
    for (const name of MODES) this.buttons[name].setAttribute("aria-pressed", name === mode);
  }

  /** Show whether a tour is under way. */
  setTouring(touring) {
    this.buttons.tour.setAttribute("aria-pressed", touring);
  }

  describe({ alt, height }) {
    // Leave part of the screen free, so that the page can be scrolled on a phone.
    this.root.style.height = height ? `min(${height}px, 78svh)` : "100%";
    this.overlay.setAttribute("aria-label", alt);
  }

  /** Say what dragging and the arrow keys do in so many dimensions. */
  nameTools(dimensions) {
    nameMove(this.buttons.move, dimensions);
    this.keys.textContent = `${KEYS[dimensions]}, ${MORE_KEYS}`;
  }

  /** Show the meaning of the colours; `toggle(name)` hides or shows a group. */
  showLegend({ legend, hidden }, theme, toggle) {
    const content = JSON.stringify([legend, theme.dark, theme.roles, [...hidden]]);
    if (content === this.legendContent) return; // keep the focus of a button during a rerun
    this.legendContent = content;
    this.legend.replaceChildren(...legendElements(legend, theme, hidden, toggle));
  }

  /** Show the tooltip beside (x, y), on a side with enough room. */
  showTip(word, detail, x, y) {
    this.tip.replaceChildren(element("b", {}, word));
    if (detail) this.tip.append(element("small", {}, detail));
    this.tip.hidden = false;
    const { clientWidth, clientHeight } = this.stage;
    const { offsetWidth, offsetHeight } = this.tip;
    const left = x + 14 + offsetWidth < clientWidth ? x + 14 : Math.max(4, x - 14 - offsetWidth);
    const top = y - 12 - offsetHeight > 4 ? y - 12 - offsetHeight : y + 18;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${Math.min(top, clientHeight - offsetHeight - 4)}px`;
  }

  hideTip() {
    this.tip.hidden = true;
  }

  showHint() {
    this.hint.classList.add("shown");
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.hint.classList.remove("shown"), 1400);
  }

  showSelected(count, unit) {
    this.chip.hidden = count === 0;
    this.chip.textContent = `${selectedText(count, unit)} ✕`;
    this.chip.setAttribute("aria-label", `${selectedText(count, unit)}. Clear the selection`);
  }

  /** Name the field for words by what the points are. */
  nameSearch(unit) {
    this.field.placeholder = `Find a ${unit}`;
    this.field.setAttribute("aria-label", `Find a ${unit} on the map`);
  }

  showNote(text) {
    this.note.hidden = !text;
    this.note.textContent = text ?? "";
  }

  announce(text) {
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen().catch(() => {}); // an iframe may forbid it
  }
}

/** A text such as "3 words selected". */
export function selectedText(count, unit) {
  return `${counted(count, unit)} selected`;
}
