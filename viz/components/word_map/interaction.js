// From fingers, mouse and keys to what they mean: pan, orbit, zoom, hover, click, box, lasso.

const STILL = 5; // pixels that a click may tremble
const STEP = 42; // pixels or degrees-to-be for one arrow key

/** Listen on the canvas; `act` has a method for each meaning. Returns what stops it all. */
export function listen(canvas, act) {
  const ending = new AbortController();
  const on = (kind, heard, options = {}) =>
    canvas.addEventListener(kind, heard, { signal: ending.signal, ...options });
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
      if (gesture?.shape) act.shape(null);
      gesture = { kind: "pinch" };
    } else if (fingers.size === 1) {
      const beside = event.button === 2 || event.ctrlKey; // the second button, or its stand-in
      const kind = event.shiftKey ? "box" : beside ? "pan" : act.mode();
      gesture = { kind, start: at, moved: false, touch: event.pointerType === "touch" };
      if (kind === "lasso") gesture.shape = [at];
    }
  });

  on("pointermove", (event) => {
    const at = spot(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") act.hover(at);
      return;
    }
    if (gesture.kind === "pinch") pinch(event.pointerId, at);
    else drag(before, at);
    fingers.set(event.pointerId, at);
  });

  function pinch(moved, at) {
    const before = [...fingers.values()];
    const after = [...fingers].map(([finger, place]) => (finger === moved ? at : place));
    const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const span = ([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]);
    const [old, now] = [middle(before), middle(after)];
    act.pan(now[0] - old[0], now[1] - old[1]);
    if (span(before) > 0) act.zoom(span(after) / span(before), ...now);
  }

  function drag(before, at) {
    const { start, kind } = gesture;
    if (!gesture.moved && Math.hypot(at[0] - start[0], at[1] - start[1]) < STILL) return;
    if (!gesture.moved) act.leave();
    const from = gesture.moved ? before : start;
    gesture.moved = true;
    if (kind === "move") act.drag(at[0] - from[0], at[1] - from[1]);
    else if (kind === "pan") act.pan(at[0] - from[0], at[1] - from[1]);
    else {
      const corners = [start, [at[0], start[1]], at, [start[0], at[1]]];
      gesture.shape = kind === "box" ? corners : [...gesture.shape, at];
      act.shape(gesture.shape);
    }
  }

  on("pointerup", (event) => {
    const at = spot(event);
    fingers.delete(event.pointerId);
    const done = gesture;
    if (fingers.size > 0 || !done) return;
    gesture = null;
    if (done.kind === "pinch" || (done.moved && !done.shape)) act.rest();
    else if (done.moved) act.select(done.shape);
    else act.click(at, done.touch ? 26 : 14);
  });

  const drop = (event) => {
    fingers.delete(event.pointerId);
    if (gesture?.shape) act.shape(null);
    if (fingers.size === 0) gesture = null;
  };
  on("pointercancel", drop);
  on("pointerleave", () => fingers.size === 0 && act.leave());
  on("contextmenu", (event) => event.preventDefault()); // the right button pans

  // A map that takes every turn of the wheel traps whoever scrolls past it; one that never does
  // feels broken. So the wheel zooms once the map has been clicked (or with Ctrl, which is also
  // what a pinch on a touchpad sends), and lets the page go on when there is nothing left to zoom.
  on("wheel", (event) => {
    const clicked = canvas.getRootNode().activeElement === canvas;
    const wanted = clicked || event.ctrlKey || event.metaKey || document.fullscreenElement;
    if (!wanted) {
      act.refuseWheel();
      return;
    }
    const lines = event.deltaMode === 1 ? 16 : 1;
    const speed = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.012 : 0.0016;
    const moved = act.zoom(Math.exp(-event.deltaY * lines * speed), ...spot(event));
    if (moved || event.ctrlKey) event.preventDefault();
  }, { passive: false });

  const keys = {
    ArrowLeft: (shift) => act.arrow(STEP, 0, shift),
    ArrowRight: (shift) => act.arrow(-STEP, 0, shift),
    ArrowUp: (shift) => act.arrow(0, STEP, shift),
    ArrowDown: (shift) => act.arrow(0, -STEP, shift),
    "+": () => act.zoom(1.3),
    "=": () => act.zoom(1.3),
    "-": () => act.zoom(1 / 1.3),
    0: () => act.home(),
    Escape: () => act.clear(),
  };
  on("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has shortcuts of its own
    keys[event.key](event.shiftKey);
  });

  return () => ending.abort();
}
