// Which of the two ways to draw points this browser gets.

import { CanvasPoints } from "./points_canvas.js";
import { WebGLPoints } from "./points_webgl.js";
import { store } from "./payload_store.js";

/** WebGL2 on a graphics card, else the same picture from the CPU: WebGL that is itself computed
 * there takes 110 ms for 400,000 points, the canvas 20. `lost` is called if the card goes away. */
export function pointsFor(panel, tryCard, lost) {
  if (tryCard) {
    const points = onCard(panel.freshCloud());
    if (points) {
      points.canvas.addEventListener("webglcontextlost", () => !points.ended && lost());
      return points;
    }
  }
  // A canvas that was asked for WebGL is of no use for anything else.
  return new CanvasPoints(panel.freshCloud());
}

function onCard(canvas) {
  try {
    const points = new WebGLPoints(canvas);
    if (!points.inSoftware || store().webglInSoftware) return points;
    points.destroy();
  } catch {
    // No WebGL2, or none that works: that is what the other way is for.
  }
  return null;
}
