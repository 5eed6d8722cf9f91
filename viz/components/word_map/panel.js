// The elements around the cloud: legend, tools, canvases, tooltip, messages.

import { element } from "../shared/dom.js";
import { icon } from "./toolbar.js";
import { legendElements } from "./legend.js";
import { STYLESHEET } from "./stylesheet.js";

const TOOLS = [
  ["move", "Move the map"],
  ["box", "Select words with a box (or drag with Shift)"],
  ["lasso", "Select words with a lasso"],
  null,
  ["closer", "Zoom in (+)"],
  ["further", "Zoom out (−)"],
  ["home", "Reset the view (0)"],
  ["large", "Fill the screen"],
  ["save", "Save the picture"],
  ["table", "Show as table"],
];
const FILES = [["png", "Image (PNG)"], ["svg", "Drawing (SVG)"]];
const MODES = ["move", "box", "lasso"];
const KEYS = "Arrow keys move, plus and minus zoom, 0 resets the view, Escape clears.";

export class Panel {
  /** `use(tool)` is called with the name of a tool that was pressed. */
  constructor(parent, use) {
    this.root = element("div", "word-map");
    this.legend = element("div", "legend");
    this.tools = element("div", "tools", "", { role: "toolbar", "aria-label": "Map tools" });
    this.buttons = {};
    for (const tool of TOOLS) {
      if (!tool) {
        this.tools.append(element("hr"));
        continue;
      }
      const [name, title] = tool;
      const button = element("button", "", "", { type: "button", title, "aria-label": title });
      button.append(icon(name));
      button.onclick = () => use(name);
      this.buttons[name] = button;
      this.tools.append(button);
    }
    this.buttons.large.hidden = !document.fullscreenEnabled;
    this.menu = element("div", "menu", "", { role: "group", "aria-label": "Save the picture" });
    for (const [name, title] of FILES) {
      const button = element("button", "", title, { type: "button" });
      button.onclick = () => use(name);
      this.menu.append(button);
    }
    for (const folded of ["save", "table"]) this.buttons[folded].setAttribute("aria-expanded", false);
    this.stage = element("div", "stage");
    this.overlay = element("canvas", "overlay", "", { tabindex: "0", role: "application" });
    this.tip = element("div", "tip");
    this.hint = element("div", "hint", "Click the map to zoom with the wheel");
    this.chip = element("button", "chip", "", { type: "button" });
    this.chip.onclick = () => use("clear");
    this.note = element("div", "note", "Loading the words …");
    this.table = element("div", "table", "", { tabindex: "0" });
    this.live = element("div", "quiet", "", { "aria-live": "polite" });
    this.keys = element("div", "quiet", KEYS, { id: "keys" });
    this.overlay.setAttribute("aria-describedby", "keys");
    this.tip.hidden = this.chip.hidden = this.table.hidden = this.menu.hidden = true;
    this.stage.append(
      this.overlay, element("div", "ring"), this.note, this.hint, this.chip, this.tip, this.table,
      this.menu, this.live, this.keys,
    );
    const bar = element("div", "bar");
    bar.append(this.legend, this.tools);
    this.root.append(element("style", "", STYLESHEET), bar, this.stage);
    // The stub left a box of the right size, so that the page does not jump: take its place.
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

  /** Hide what is unfolded and go back to its button; returns whether anything was. */
  fold() {
    for (const [name, button] of [["menu", "save"], ["table", "table"]]) {
      if (this[name].hidden) continue;
      this.unfold(name, false);
      this.buttons[button].focus();
      return true;
    }
    return false;
  }

  /** What lies on the map, as rectangles; under the table are labels that it lists. */
  covers() {
    if (this.chip.hidden) return [];
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = this.chip;
    return [{ left, top, width, height }];
  }

  /** A fresh canvas for the cloud: one that had WebGL cannot be drawn on otherwise. */
  freshCloud() {
    this.cloud?.remove();
    this.cloud = element("canvas", "cloud", "", { "aria-hidden": "true" });
    this.stage.prepend(this.cloud);
    return this.cloud;
  }

  setMode(mode) {
    for (const name of MODES) this.buttons[name].setAttribute("aria-pressed", name === mode);
  }

  describe({ alt, height }) {
    // Never the whole screen: a finger needs a place beside the map to scroll the page.
    this.root.style.height = height ? `min(${height}px, 78svh)` : "100%";
    this.overlay.setAttribute("aria-label", alt);
  }

  /** What the colours mean; `toggle(name)` switches a group off or on. */
  showLegend({ legend, hidden }, theme, toggle) {
    const asked = JSON.stringify([legend, theme.dark, theme.roles, [...hidden]]);
    if (asked === this.explained) return; // a rerun must not take the focus from a button
    this.explained = asked;
    this.legend.replaceChildren(...legendElements(legend, theme, hidden, toggle));
  }

  /** The word at (x, y), on the side where there is room. */
  showTip(word, detail, x, y) {
    this.tip.replaceChildren(element("b", "", word));
    if (detail) this.tip.append(element("small", "", detail));
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

  showSelected(count) {
    this.chip.hidden = count === 0;
    const words = count === 1 ? "1 word" : `${count.toLocaleString("en")} words`;
    this.chip.textContent = `${words} selected ✕`;
    this.chip.setAttribute("aria-label", `${words} selected. Clear the selection`);
  }

  showNote(text) {
    this.note.hidden = !text;
    this.note.textContent = text ?? "";
  }

  announce(text) {
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  toggleLarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen().catch(() => {}); // a page in a frame may not
  }
}
