// The part of the menu that makes posters.

import { element } from "../shared/dom.js";
import { PAPERS } from "./poster_plan.js";

/** The elements, and what is chosen; `use(tool)` is called with the name of the pressed button. */
export class PosterMenu {
  constructor(use) {
    const papers = Object.keys(PAPERS).map((name) => element("option", {}, name));
    this.select = element("select", {}, ...papers);
    this.select.value = "A3";
    this.box = element("input", { type: "checkbox" });
    this.onlyView = element("label", {}, this.box, "Only what is in view");
    this.onlyView.hidden = true;
    const button = (tool, text) => {
      const pressed = element("button", { type: "button" }, text);
      pressed.onclick = () => use(tool);
      return pressed;
    };
    this.elements = [
      element("hr"), element("label", {}, "Poster on", this.select), this.onlyView,
      button("posterFile", "Poster as SVG"), button("posterPrint", "Poster as PDF"),
      element("small", {}, "For a PDF, choose “Save as PDF” in the print window."),
    ];
  }

  /** Offer a poster of the view alone, or of the whole map only. */
  offerView(offered) {
    this.onlyView.hidden = !offered;
    if (!offered) this.box.checked = false;
  }

  get choice() {
    return [this.select.value, this.box.checked];
  }
}
