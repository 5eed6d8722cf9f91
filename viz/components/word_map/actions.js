// What a reader's gestures do to a scene.

import { pngOf, save, svgOf } from "./export.js";
import { meaningOf } from "./legend.js";
import { readable } from "./payload.js";
import { nearestWord, wordsInside } from "./picking.js";
import { fillTable } from "./table.js";

export function actionsOf(scene) {
  const ready = () => Boolean(scene.model.layout && scene.points && scene.theme);
  const middle = () => [scene.camera.width / 2, scene.camera.height / 2];

  /** The word under a spot: by its label, else the nearest marked one, else the nearest. */
  function find([x, y], reach) {
    const { overlay, model, camera } = scene;
    const label = overlay.labels.find(({ index, rectangle: { left, top, width, height } }) =>
      index !== undefined && x >= left && x <= left + width && y >= top && y <= top + height);
    if (label) return label.index;
    for (const { index } of model.highlights) {
      const seen = camera.project(model.place(index));
      if (seen && Math.hypot(seen[0] - x, seen[1] - y) <= reach * 0.7) return index;
    }
    return nearestWord(model.positions(), camera, x, y, reach);
  }

  function move(change) {
    if (!ready()) return;
    scene.land();
    change(scene.camera);
    scene.touch();
  }

  let pointer = null; // where the mouse was last, until that is looked up

  function lookUp() {
    const at = pointer;
    pointer = null;
    if (!at || !ready() || scene.flight) return;
    const { model, panel } = scene;
    const index = find(at, 12);
    panel.stage.dataset.pointer = index < 0 ? "" : "word";
    if (index < 0) return actions.leave();
    const meaning = meaningOf(model, index);
    const word = readable(model.words.at(index), 200);
    panel.showTip(word, meaning, ...at);
    if (model.hovered === index) return;
    model.hovered = index;
    panel.announce(meaning ? `${word}, ${meaning}` : word);
    scene.ask();
  }

  function select(indices) {
    const { model, panel, tell, wanted } = scene;
    model.selection.set(indices);
    scene.supply();
    panel.showSelected(model.selection.count);
    panel.announce(`${model.selection.count} words selected`);
    tell.state("selection", model.selection.message(wanted.words));
    scene.ask();
  }

  function keep(file) {
    scene.panel.fold();
    if (!ready()) return;
    scene.land();
    file();
  }

  const tools = {
    closer: () => actions.zoom(1.5),
    further: () => actions.zoom(1 / 1.5),
    home: () => actions.home(),
    large: () => scene.panel.toggleLarge(),
    clear: () => actions.clear(),
    table() {
      const { panel } = scene;
      panel.unfold("table", panel.table.hidden);
      if (!panel.table.hidden && ready()) actions.fillTable();
      scene.ask();
    },
    save: () => scene.panel.unfold("menu", scene.panel.menu.hidden),
    svg: () => keep(() => save(svgOf(scene), "word-map.svg")),
    png: () => keep(async () => save(await pngOf(scene), "word-map.png")),
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
    /** Returns whether there was room to zoom. */
    zoom(factor, x = middle()[0], y = middle()[1]) {
      const before = scene.camera.scale;
      move((camera) => camera.zoomAt(factor, x, y));
      actions.leave();
      return scene.camera.scale !== before;
    },
    home: () => ready() && scene.fly(scene.home),
    rest() {
      scene.panel.stage.dataset.pointer = "";
      scene.touch();
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
      scene.ask();
    },
    click(at, reach) {
      if (!ready()) return;
      scene.land();
      const index = find(at, reach);
      if (index >= 0) actions.pick(index);
    },
    pick(index) {
      const { model, panel, tell, wanted } = scene;
      model.picked = index;
      panel.announce(`${readable(model.words.at(index), 200)} picked`);
      tell.trigger("picked", { words: wanted.words, index });
      scene.ask();
    },
    fillTable() {
      const { panel, model, overlay } = scene;
      fillTable(panel.table, model, overlay.labels, {
        pick: actions.pick,
        close() {
          panel.fold();
          scene.ask();
        },
      });
    },
    toggleGroup(name) {
      const { hidden } = scene.model;
      if (!hidden.delete(name)) hidden.add(name);
      scene.supply();
      scene.ask();
    },
    shape(points) {
      scene.shape = points;
      scene.ask();
    },
    select(polygon) {
      scene.shape = null;
      if (ready()) select(wordsInside(scene.model.positions(), scene.camera, polygon));
    },
    clear() {
      const { model } = scene;
      scene.shape = null;
      model.picked = null;
      if (model.selection.count > 0) select([]);
      scene.ask();
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
