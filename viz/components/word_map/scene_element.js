// The script that travels with every change of a map: it calls the engine of engine_element.js.

export default async function (component) {
  const { data, parentElement } = component;
  const page = (globalThis[Symbol.for("word_map")] ??= {});
  if (!page.showScene) {
    if (!parentElement.querySelector(".word-map-room")) {
      const room = document.createElement("div");
      room.className = "word-map-room";
      room.style.height = `min(${data.height}px, 78svh)`;
      parentElement.append(room);
    }
    page.engine ??= new Promise((resolve) => (page.engineReady = resolve));
    await page.engine;
  }
  return page.showScene(component);
}
