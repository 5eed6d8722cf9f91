// The state of a map for tests and benchmarks, in globalThis[Symbol.for("word_map")].scenes.

export function report(scene) {
  const { model, camera } = scene;
  return {
    get renderer() {
      return scene.points?.constructor.name ?? null;
    },
    get labels() {
      return scene.overlay.labels.map(({ text, index, importance, leader, rectangle }) => (
        { text, index, importance, leader, ...rectangle }
      ));
    },
    /** The names of regions on the picture. */
    get names() {
      return scene.overlay.names.map(({ text, level, region, size, stands, rectangle }) => (
        { text, level, region, size, stands, ...rectangle }
      ));
    },
    /** The counts of words outside the picture. */
    get edges() {
      return scene.overlay.edges.map(({ side, count, text, rectangle }) => (
        { side, count, text, ...rectangle }
      ));
    },
    /** The region whose name stands out, and whether a tour is under way. */
    get emphasized() {
      return model.emphasized;
    },
    get touring() {
      return Boolean(scene.tour);
    },
    get framesPerSecond() {
      return scene.framesPerSecond ?? null;
    },
    get picked() {
      return model.picked;
    },
    get hovered() {
      return model.hovered;
    },
    get selected() {
      return model.selection.count;
    },
    get view() {
      return camera.view();
    },
    get flying() {
      return scene.flight !== null;
    },
    /** Whether the picture is drawn and nothing moves. */
    get still() {
      return !scene.frame && !scene.moving && !scene.flight;
    },
    get size() {
      return [camera.width, camera.height];
    },
    /** The position of a word on the screen, in pixels from the upper left corner of the map. */
    where(index) {
      return camera.project(model.position(index));
    },
    /** Drag the view, as the reader does with a finger or the mouse. */
    drag(right, down) {
      scene.actions.drag(right, down);
    },
    /** Drag the view and wait until it is drawn: a benchmark must count only finished frames. */
    drive(right, down) {
      scene.actions.drag(right, down);
      cancelAnimationFrame(scene.frame);
      scene.draw(performance.now());
      scene.points.finish();
    },
  };
}
