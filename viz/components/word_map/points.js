// The choice between the two ways to draw points.

import { CanvasPoints } from "./points_canvas.js";
import { WebGLPoints } from "./points_webgl.js";
import { store } from "./payload_store.js";

/** WebGL2 on a graphics card, else the same picture from the CPU: for 400,000 points, WebGL computed
 * on the CPU takes 110 ms, the canvas 20. `lost` is called if the graphics card is lost. */
export function pointsFor(panel, tryCard, lost) {
  if (tryCard) {
    const points = onCard(panel.freshCloud());
    if (points) {
      points.canvas.addEventListener("webglcontextlost", () => !points.ended && lost());
      return points;
    }
  }
  // A canvas that had a WebGL context cannot get another one.
  return new CanvasPoints(panel.freshCloud());
}

function onCard(canvas) {
  try {
    const points = new WebGLPoints(canvas);
    if (!points.inSoftware || store().webglInSoftware) return points;
    points.destroy();
  } catch {
    // No WebGL2, or none that works: the canvas is used instead.
  }
  return null;
}
