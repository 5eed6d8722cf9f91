// The element that carries a payload and this engine. It shows nothing.

import { Scene } from "./scene.js";
import { deposit, release, store } from "./store.js";

const scenes = new WeakMap(); // where it is mounted -> the scene

/** What the stub calls for every change: make the scene, or bring it up to date. */
function showScene(component) {
  const { parentElement } = component;
  if (!scenes.has(parentElement)) scenes.set(parentElement, new Scene(parentElement));
  scenes.get(parentElement).update(component);
  return () => whenGone(parentElement, () => {
    scenes.get(parentElement)?.destroy();
    scenes.delete(parentElement);
  });
}

// Streamlit also cleans up after a run that a newer one overtook; then the element is still there.
function whenGone(parentElement, then) {
  setTimeout(() => {
    if (!(parentElement.host ?? parentElement).isConnected) then();
  });
}

export default function ({ data, parentElement }) {
  const page = store();
  page.showScene ??= showScene;
  page.wake?.();
  deposit(parentElement, data);
  return () => whenGone(parentElement, () => release(parentElement));
}
