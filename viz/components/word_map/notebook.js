// The map in a notebook, as an anywidget.

import { element } from "../shared/dom.js";
import { packIndices, unpackIndices } from "./payload.js";
import { deposit } from "./payload_store.js";
import { Scene } from "./scene.js";
import { markSelected } from "./selected_marks.js";
import { isOpaque, readTheme } from "./theme.js";

/** The colour behind an element: that of the first parent with an opaque one. */
function backgroundBehind(node) {
  for (; node; node = node.parentNode ?? node.host) {
    if (!(node instanceof Element)) continue;
    const color = getComputedStyle(node).backgroundColor;
    if (isOpaque(color)) return color;
  }
  return "#ffffff";
}

function render({ model, el }) {
  const host = element("div", {
    class: "embedding-playground-map",
    // The notebook's shortcuts, such as 0 0 to restart the kernel, are not for keys pressed here.
    "data-lm-suppress-shortcuts": "true",
    "data-jp-suppress-context-menu": "true",
  });
  // JupyterLab would select cells, and move the focus to them, by the Shift-drag that selects words.
  host.addEventListener("mousedown", (event) => event.shiftKey && event.stopPropagation());
  el.append(host);
  const scene = new Scene(host.attachShadow({ mode: "open" }));
  let background = null;
  let revision = 0; // of the selection: the scene adopts one with another number

  const selected = () => packIndices(scene.model.selection.indices);

  function update() {
    const selection = { indices: model.get("selected_rows"), revision };
    const setStateValue = () => {
      model.set("selected_rows", selected());
      model.save_changes();
      update();
    };
    const shown = model.get("_scene");
    const highlights = markSelected(shown.highlights, unpackIndices(selection.indices));
    const data = { ...shown, highlights, selection };
    scene.update({ data, setStateValue, setTriggerValue() {} });
  }

  function select() {
    if (model.get("selected_rows") === selected()) return; // it comes from this map
    revision += 1;
    update();
  }

  /** Adopt the notebook's theme, which is not known until the map is in the document. */
  function adoptTheme() {
    const behind = backgroundBehind(el);
    if (!host.isConnected || behind === background) return;
    background = behind;
    host.style.setProperty("--st-background-color", background);
    host.classList.toggle("dark", readTheme(host).dark === 1);
    update();
  }

  update();
  for (const { buffer, byteOffset, byteLength } of model.get("_payloads")) {
    deposit(new Uint8Array(buffer, byteOffset, byteLength));
  }
  model.on("change:selected_rows", select);
  const attached = new ResizeObserver(adoptTheme);
  attached.observe(host);
  const themed = new MutationObserver(() => requestAnimationFrame(adoptTheme));
  for (const root of [document.documentElement, document.body]) {
    themed.observe(root, { attributes: true });
  }
  return () => {
    model.off("change:selected_rows", select);
    attached.disconnect();
    themed.disconnect();
    scene.destroy();
    host.remove();
  };
}

export default function () {
  return { render };
}
