// All that travels with every change of a map: it hands over to the engine that carriers bring.

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
    page.awake ??= new Promise((resolve) => (page.wake = resolve));
    await page.awake;
  }
  return page.showScene(component);
}
