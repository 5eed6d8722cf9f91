// The choice between WebGL and a 2D canvas to draw points.

import { CanvasPoints } from "./points_canvas.js";
import { WebGLPoints } from "./points_webgl.js";
import { store } from "./payload_store.js";

/** WebGL2 if there is a graphics card, else a 2D canvas with the same picture: for 400,000 points,
 * WebGL on the CPU takes 110 ms, the canvas 20. `lost` is called when the WebGL context is lost. */
export function pointsFor(panel, tryCard, lost) {
  if (tryCard) {
    const points = onCard(panel.freshCloud());
    if (points) {
      points.canvas.addEventListener("webglcontextlost", () => !points.ended && lost());
      return points;
    }
  }
  // A new canvas, since one with a WebGL context cannot get a 2D context.
  return new CanvasPoints(panel.freshCloud());
}

function onCard(canvas) {
  try {
    const points = new WebGLPoints(canvas);
    if (!points.inSoftware || store().webglInSoftware) return points;
    points.destroy();
  } catch {
    // WebGL2 is missing or does not work: use the 2D canvas.
  }
  return null;
}
