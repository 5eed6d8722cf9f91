// An invisible component that loads the engine of all maps into the page.

import { Scene } from "./scene.js";
import { store } from "./payload_store.js";

const scenes = new WeakMap(); // mount point -> scene

/** Create or update a scene; scene_element.js calls this for every change. */
function showScene(component) {
  const { parentElement } = component;
  if (!scenes.has(parentElement)) scenes.set(parentElement, new Scene(parentElement));
  scenes.get(parentElement).update(component);
  // Streamlit also calls this when a newer run replaces a run, although the element stays.
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
