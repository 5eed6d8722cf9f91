// The element that brings this engine. It shows nothing.

import { Scene } from "./scene.js";
import { store } from "./payload_store.js";

const scenes = new WeakMap(); // where it is mounted -> the scene

/** What the stub calls for every change: make the scene, or bring it up to date. */
function showScene(component) {
  const { parentElement } = component;
  if (!scenes.has(parentElement)) scenes.set(parentElement, new Scene(parentElement));
  scenes.get(parentElement).update(component);
  // Streamlit also cleans up after a run that a newer one overtook; then the element is still there.
  return () => setTimeout(() => {
    if ((parentElement.host ?? parentElement).isConnected) return;
    scenes.get(parentElement)?.destroy();
    scenes.delete(parentElement);
  });
}

export default function () {
  const page = store();
  page.showScene ??= showScene;
  page.wake?.();
}
