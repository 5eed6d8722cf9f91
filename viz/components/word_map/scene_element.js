// The script of a map. Streamlit sends it with every change, so it is short: it only calls the
// engine that engine_element.js loads.

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
