// Touch, mouse and keyboard input: pan, orbit, zoom, hover, click, box, lasso.

const MAX_CLICK_TREMOR = 5; // pixels that the pointer may move during a click
const ARROW_STEP = 42; // pixels by which an arrow key moves or rotates the view

/** Add listeners to the canvas; `actions` has a method for each gesture. Returns a function that
 * removes them. */
export function listen(canvas, actions) {
  const stop = new AbortController();
  const on = (kind, listener, options = {}) =>
    canvas.addEventListener(kind, listener, { signal: stop.signal, ...options });
  const fingers = new Map();
  let gesture = null;

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  on("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    const at = spot(event);
    fingers.set(event.pointerId, at);
    if (fingers.size === 2) {
      if (gesture?.shape) actions.shape(null);
      gesture = { kind: "pinch" };
    } else if (fingers.size === 1) {
      const isSecond = event.button === 2 || event.ctrlKey; // on macOS, Ctrl-click is a right click
      const kind = event.shiftKey ? "box" : isSecond ? "pan" : actions.mode();
      gesture = { kind, start: at, moved: false, touch: event.pointerType === "touch" };
      if (kind === "lasso") gesture.shape = [at];
    }
  });

  on("pointermove", (event) => {
    const at = spot(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") actions.hover(at);
      return;
    }
    if (gesture.kind === "pinch") pinch(event.pointerId, at);
    else drag(before, at);
    fingers.set(event.pointerId, at);
  });

  function pinch(moved, at) {
    const before = [...fingers.values()];
    const after = [...fingers].map(([finger, spot]) => (finger === moved ? at : spot));
    const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const span = ([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]);
    const [old, now] = [middle(before), middle(after)];
    actions.pan(now[0] - old[0], now[1] - old[1]);
    if (span(before) > 0) actions.zoom(span(after) / span(before), ...now);
  }

  function drag(before, at) {
    const { start, kind } = gesture;
    if (!gesture.moved && Math.hypot(at[0] - start[0], at[1] - start[1]) < MAX_CLICK_TREMOR) return;
    if (!gesture.moved) actions.leave();
    const from = gesture.moved ? before : start;
    gesture.moved = true;
    if (kind === "move") actions.drag(at[0] - from[0], at[1] - from[1]);
    else if (kind === "pan") actions.pan(at[0] - from[0], at[1] - from[1]);
    else {
      const corners = [start, [at[0], start[1]], at, [start[0], at[1]]];
      gesture.shape = kind === "box" ? corners : [...gesture.shape, at];
      actions.shape(gesture.shape);
    }
  }

  on("pointerup", (event) => {
    const at = spot(event);
    fingers.delete(event.pointerId);
    const done = gesture;
    if (fingers.size > 0 || !done) return;
    gesture = null;
    if (done.kind === "pinch" || (done.moved && !done.shape)) actions.rest();
    else if (done.moved) actions.select(done.shape);
    else actions.click(at, done.touch ? 26 : 14);
  });

  const drop = (event) => {
    fingers.delete(event.pointerId);
    if (gesture?.shape) actions.shape(null);
    if (fingers.size === 0) gesture = null;
  };
  on("pointercancel", drop);
  on("pointerleave", () => fingers.size === 0 && actions.leave());
  on("contextmenu", (event) => event.preventDefault()); // the right button pans

  // If the wheel always zoomed, readers could not scroll past the map. So it zooms only after a
  // click on the map, in full screen, or with Ctrl or Cmd (browsers report a pinch on a touchpad as
  // wheel events with Ctrl). At the limit of the zoom, the wheel scrolls the page.
  on("wheel", (event) => {
    const clicked = canvas.getRootNode().activeElement === canvas;
    const zooms = clicked || event.ctrlKey || event.metaKey || document.fullscreenElement;
    if (!zooms) {
      actions.refuseWheel();
      return;
    }
    const lines = event.deltaMode === 1 ? 16 : 1;
    const speed = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.012 : 0.0016;
    const moved = actions.zoom(Math.exp(-event.deltaY * lines * speed), ...spot(event));
    if (moved || event.ctrlKey) event.preventDefault();
  }, { passive: false });

  const keys = {
    ArrowLeft: (shift) => actions.arrow(ARROW_STEP, 0, shift),
    ArrowRight: (shift) => actions.arrow(-ARROW_STEP, 0, shift),
    ArrowUp: (shift) => actions.arrow(0, ARROW_STEP, shift),
    ArrowDown: (shift) => actions.arrow(0, -ARROW_STEP, shift),
    "+": () => actions.zoom(1.3),
    "=": () => actions.zoom(1.3),
    "-": () => actions.zoom(1 / 1.3),
    0: () => actions.home(),
    Escape: () => actions.clear(),
  };
  on("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // do not trigger Streamlit's shortcuts
    keys[event.key](event.shiftKey);
  });

  return () => stop.abort();
}
