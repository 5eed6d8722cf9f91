// The element that brings the engine to the page. It shows nothing itself.

import { Scene } from "./scene.js";
import { store } from "./payload_store.js";

const scenes = new WeakMap(); // mount point -> scene

/** Create or update a scene; the scene element calls this for every change. */
function showScene(component) {
  const { parentElement } = component;
  if (!scenes.has(parentElement)) scenes.set(parentElement, new Scene(parentElement));
  scenes.get(parentElement).update(component);
  // Streamlit also cleans up after a run that a newer one replaced, while the element stays.
  return () => setTimeout(() => {
    if ((parentElement.host ?? parentElement).isConnected) return;
    scenes.get(parentElement)?.destroy();
    scenes.delete(parentElement);
  });
}

export default function () {
  const page = store();
  page.showScene ??= showScene;
  page.engineReady?.();
}
