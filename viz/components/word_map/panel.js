// The elements around the cloud: legend, tools, canvases, tooltip, messages.

import { number } from "./axes.js";
import { icon } from "./icons.js";
import { STYLESHEET } from "./stylesheet.js";
import { css, placeColor } from "./theme.js";

const TOOLS = [
  ["move", "Move the map"],
  ["box", "Select words with a box (or drag with Shift)"],
  ["lasso", "Select words with a lasso"],
  null,
  ["closer", "Zoom in (+)"],
  ["further", "Zoom out (−)"],
  ["home", "Reset the view (0)"],
  ["large", "Fill the screen"],
  ["table", "Show as table"],
];
const MODES = ["move", "box", "lasso"];
const KEYS = "Arrow keys move, plus and minus zoom, 0 resets the view, Escape clears.";

/** An element; texts are always text, never HTML. */
export function element(tag, className = "", text = "", attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

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
    this.tip.hidden = this.chip.hidden = this.table.hidden = true;
    this.stage.append(
      this.overlay, element("div", "ring"), this.note, this.hint, this.chip, this.tip, this.table,
      this.live, this.keys,
    );
    const bar = element("div", "bar");
    bar.append(this.legend, this.tools);
    this.root.append(element("style", "", STYLESHEET), bar, this.stage);
    // The stub left a box of the right size, so that the page does not jump: take its place.
    parent.querySelector(".word-map-room")?.remove();
    parent.append(this.root);
    this.setMode("move");
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
    this.root.style.height = `min(${height}px, 78svh)`;
    this.overlay.setAttribute("aria-label", alt);
  }

  /** The groups with their colours, or the scale with its ends. */
  showLegend(legend, theme) {
    this.legend.replaceChildren();
    const color = (place) => css(placeColor(theme, legend, place));
    for (const [place, name] of (legend?.groups ?? []).entries()) {
      const item = element("span");
      const dot = element("i");
      dot.style.background = color(place);
      item.append(dot, name);
      this.legend.append(item);
    }
    if (legend?.scale) {
      const strip = element("span", "scale");
      const stops = [0, 63, 127, 190, 254].map(color).join(",");
      strip.style.background = `linear-gradient(to right, ${stops})`;
      const [low, high] = legend.scale.map(number);
      const item = element("span");
      const [name, from, to] = [legend.name, low, high].map((text) => element("span", "", text));
      item.append(name, from, strip, to);
      this.legend.append(item);
    }
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
