// The effects of gestures and tools on a scene.

import { saveFile } from "../shared/dom.js";
import { pngOf, svgOf } from "./export.js";
import { detailOf } from "./legend.js";
import { counted } from "./counted.js";
import { indexOfWord } from "./find_word.js";
import { selectedText } from "./panel.js";
import { readable } from "./payload.js";
import { denseNear, meanNear, nearestWord, wordsInside } from "./picking.js";
import { isCloser, posterOf, printPoster } from "./poster.js";
import { nameOf, wordsOf } from "./regions.js";
import { fillTable } from "./table.js";
import { Tour } from "./tour.js";

const POINTER_REACH = 20; // pixels around the pointer within which words count as under it

export function actionsOf(scene) {
  const ready = () => Boolean(scene.model.layout && scene.points && scene.theme);
  const middle = () => [scene.camera.width / 2, scene.camera.height / 2];

  /** The index of the word at a position: a word whose label is there, else a highlighted word that
   * is close, else the nearest word within `reach`; -1 if there is none. */
  function wordAt([x, y], reach) {
    const { overlay, model, camera } = scene;
    const label = overlay.labels.find((each) => each.index !== undefined && contains(each, [x, y]));
    if (label) return label.index;
    for (const { index } of model.highlights) {
      const seen = camera.project(model.position(index));
      if (seen && Math.hypot(seen[0] - x, seen[1] - y) <= reach * 0.7) return index;
    }
    return nearestWord(model.positions(), camera, x, y, reach);
  }

  const contains = ({ rectangle: { left, top, width, height } }, [x, y]) =>
    x >= left && x <= left + width && y >= top && y <= top + height;

  /** The name of a region at a position, or the text that counts the words outside; or undefined. */
  const nameAt = (at) => scene.overlay.names.find((name) => contains(name, at));
  const edgeAt = (at) => scene.overlay.edges.find((edge) => contains(edge, at));

  function move(change) {
    if (!ready()) return;
    scene.finishFlight();
    scene.byHand = true;
    change(scene.camera);
    scene.viewMoved();
  }

  let pointer = null; // the last mouse position, until its word has been looked up

  function lookUp() {
    const at = pointer;
    pointer = null;
    if (!at || !ready() || scene.flight) return;
    const { model, panel } = scene;
    const [name, edge] = [nameAt(at), edgeAt(at)];
    const index = name || edge ? -1 : wordAt(at, 12);
    panel.stage.dataset.pointer = name || edge || index >= 0 ? "word" : "";
    if (name) {
      actions.leave();
      const size = model.regions.levels[name.level].sizes[name.region];
      return panel.showTip(name.text, `a region of ${counted(size, model.unit)}`, ...at);
    }
    if (index < 0) return actions.leave();
    const meaning = detailOf(model, index);
    const word = readable(model.words.at(index), 200);
    panel.showTip(word, meaning, ...at);
    if (model.hovered === index) return;
    model.hovered = index;
    panel.announce(meaning ? `${word}, ${meaning}` : word);
    scene.requestFrame();
  }

  function select(indices, region = null) {
    const { model, panel, send, data } = scene;
    model.emphasized = region;
    model.selection.set(indices);
    scene.updatePoints();
    panel.showSelected(model.selection.count, model.unit);
    const name = region ? `${nameOf(model.regions, region.level, region.region)}: ` : "";
    panel.announce(`${name}${selectedText(model.selection.count, model.unit)}`);
    send.state("selection", model.selection.message(data.words));
    scene.requestFrame();
  }

  function save(file) {
    scene.panel.fold();
    if (!ready()) return;
    scene.finishFlight();
    file();
  }

  const poster = () => posterOf(scene, ...scene.panel.poster.choice);

  const tools = {
    zoomIn: () => actions.zoom(1.5),
    zoomOut: () => actions.zoom(1 / 1.5),
    home: () => actions.home(),
    fullScreen: () => scene.panel.toggleFullScreen(),
    clear: () => actions.clear(),
    search() {
      const { panel, model } = scene;
      if (!ready()) return;
      const typed = panel.field.value.trim();
      const found = indexOfWord(model.words, typed);
      const index = found >= 0 && model.position(found).every(Number.isFinite) ? found : -1;
      panel.answer.textContent = typed && index < 0
        ? `“${readable(typed, 60)}” is not on the map.` : "";
      if (index < 0) return;
      actions.pick(index);
      scene.byHand = true;
      scene.fly(scene.wordView(index));
    },
    tour() {
      if (scene.tour) return scene.tour.stop();
      if (!ready() || !scene.model.regions) return;
      scene.finishFlight();
      scene.toured = scene.model.regions;
      scene.panel.setTouring(true);
      scene.tour = new Tour(scene, () => {
        scene.tour = null;
        scene.panel.setTouring(false);
      });
    },
    table() {
      const { panel } = scene;
      panel.unfold("table", panel.table.hidden);
      if (!panel.table.hidden && ready()) actions.fillTable();
      scene.requestFrame();
    },
    save() {
      const { panel } = scene;
      if (ready()) panel.poster.offerView(isCloser(scene));
      panel.unfold("menu", panel.menu.hidden);
    },
    svg: () => save(() => saveFile(svgOf(scene), "word-map.svg")),
    posterFile: () => save(() => {
      const { svg } = poster();
      saveFile(new Blob([svg], { type: "image/svg+xml" }), "word-map-poster.svg");
    }),
    posterPrint: () => save(() => printPoster(poster())),
    png: () => save(async () => saveFile(await pngOf(scene), "word-map.png")),
  };

  const actions = {
    mode: () => scene.mode,
    drag: (right, down) => move((camera) => {
      if (scene.model.layout.dimensions === 3) camera.orbit(right, down);
      else camera.pan(right, down);
      scene.panel.stage.dataset.pointer = "drag";
    }),
    pan: (right, down) => move((camera) => camera.pan(right, down)),
    arrow: (right, down, shift) => (shift ? actions.pan(right, down) : actions.drag(right, down)),
    /** Zoom at a point of the picture, or without one towards the words in it, so that nobody ends
     * in an empty part of a map; in space, towards the words under the pointer, which may be nearer
     * or farther than the middle of the cloud. Returns whether the scale changed: it has limits. */
    zoom(factor, ...at) {
      const before = scene.camera.scale;
      move((camera) => {
        const { dimensions } = scene.model.layout;
        const [x, y] = at.length ? at : middle();
        const positions = scene.model.positions();
        let words = null;
        if (factor > 1 && !at.length) {
          words = denseNear(positions, camera, x, y, Math.min(camera.width, camera.height) / 4);
        } else if (factor > 1 && dimensions === 3) {
          words = meanNear(positions, camera, x, y, POINTER_REACH);
        }
        if (words) camera.zoomTo(factor, words);
        else camera.zoomAt(factor, x, y);
      });
      actions.leave();
      return scene.camera.scale !== before;
    },
    home() {
      if (!ready()) return;
      scene.byHand = true;
      scene.fly(scene.home);
    },
    /** Called when a drag or pinch ends. */
    rest() {
      scene.panel.stage.dataset.pointer = "";
      scene.viewMoved();
    },
    hover(at) {
      if (!pointer) requestAnimationFrame(lookUp);
      pointer = at;
    },
    leave() {
      pointer = null;
      scene.panel.hideTip();
      if (scene.model.hovered === null) return;
      scene.model.hovered = null;
      scene.requestFrame();
    },
    click(at, reach) {
      if (!ready()) return;
      scene.finishFlight();
      const name = nameAt(at);
      if (name) return actions.pickRegion(name);
      if (edgeAt(at)) return actions.showWhole();
      const index = wordAt(at, reach);
      if (index >= 0) actions.pick(index);
      else if (scene.model.selection.count > 0) actions.clear();
    },
    pick(index) {
      const { model, panel, send, data } = scene;
      model.picked = index;
      panel.announce(`${readable(model.words.at(index), 200)} picked`);
      send.trigger("picked", { words: data.words, index });
      scene.requestFrame();
    },
    /** Select the words of a region and move to it. */
    pickRegion({ level, region }) {
      select(wordsOf(scene.model.regions, level, region), { level, region });
      actions.leave(); // the tooltip of the name, which moves away
      scene.byHand = true;
      scene.fly(scene.regionView({ level, region }), { lifted: true });
    },
    showWhole() {
      actions.leave();
      scene.byHand = true;
      scene.fly(scene.wholeView());
    },
    fillTable() {
      const { panel, model, overlay } = scene;
      fillTable(panel.table, model, overlay.labels, {
        pick: actions.pick,
        close() {
          panel.fold();
          scene.requestFrame();
        },
      });
    },
    toggleGroup(name) {
      const { hidden } = scene.model;
      if (!hidden.delete(name)) hidden.add(name);
      scene.updatePoints();
      scene.requestFrame();
    },
    shape(points) {
      scene.shape = points;
      scene.requestFrame();
    },
    select(polygon) {
      scene.shape = null;
      if (ready()) select(wordsInside(scene.model.positions(), scene.camera, polygon));
    },
    clear() {
      const { model } = scene;
      scene.shape = null;
      model.picked = model.emphasized = null;
      if (model.selection.count > 0) select([]);
      scene.requestFrame();
    },
    refuseWheel: () => scene.panel.showHint(),
    use(tool) {
      if (tools[tool]) return tools[tool]();
      scene.mode = tool;
      scene.panel.setMode(tool);
    },
  };
  return actions;
}
