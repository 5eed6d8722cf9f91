"""Detect changes of the picture in the browser."""

from playwright.sync_api import Page

# A checksum of each canvas of the word map, scaled down, and the SVG of each plotly figure.
SEEN = """
() => {
  const all = function* (root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  };
  const small = new OffscreenCanvas(160, 96).getContext("2d", { willReadFrequently: true });
  const seen = [];
  for (const element of all(document)) {
    if (element.tagName === "CANVAS" && element.closest(".stage") && element.width > 0) {
      small.clearRect(0, 0, 160, 96);
      small.drawImage(element, 0, 0, 160, 96);
      const data = small.getImageData(0, 0, 160, 96).data;
      let sum = 0;
      for (let i = 0; i < data.length; i++) sum = (sum * 31 + data[i]) | 0;
      seen.push(sum);
    }
    if (element.classList?.contains("main-svg")) seen.push(element.innerHTML);
  }
  return seen.join();
}
"""
# Click or type like a visitor, then check once per frame whether the picture has changed.
CHANGE = f"""
([kind, name, value]) => new Promise((resolve, reject) => {{
  const look = {SEEN};
  const before = look();
  const start = performance.now();
  const again = () => {{
    if (look() !== before) resolve(performance.now() - start);
    else if (performance.now() - start > 20000) reject(new Error(`${{name}}: nothing changed`));
    else requestAnimationFrame(again);
  }};
  if (kind === "click") {{
    const button = [...document.querySelectorAll("button, [role=radio], label")]
      .find((element) => element.innerText.trim() === name && element.offsetParent);
    if (!button) return reject(new Error(`no button ${{name}}`));
    button.click();
  }} else {{
    const field = document.querySelector(`input[aria-label="${{name}}"]`);
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    field.focus();
    set.call(field, value);
    field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    const press = {{ key: "Enter", code: "Enter", keyCode: 13, bubbles: true }};
    setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", press)), 0);
  }}
  requestAnimationFrame(again);
}})
"""
# From the start of the navigation to the first picture; evaluated right after the navigation.
FIRST = """
(selector) => new Promise((resolve, reject) => {
  const all = function* (root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  };
  const look = () => {
    if ([...all(document)].some((element) => element.matches(selector))) {
      requestAnimationFrame(() => resolve(performance.now()));
    } else if (performance.now() > 60000) reject(new Error(`no ${selector}`));
    else requestAnimationFrame(look);
  };
  look();
})
"""

# Drag the map a little in every frame, and return the frames per second.
DRAG = """
() => new Promise((resolve) => {
  const map = [...globalThis[Symbol.for("word_map")].scenes.values()][0];
  let frames = 0;
  let start = 0;
  const step = (now) => {
    if (frames === 5) start = now;
    if (frames === 65) return resolve(60000 / (now - start));
    map.drag(frames % 2 ? 9 : 5, frames < 35 ? 2 : -2);
    frames += 1;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
"""


def until_first_picture(page: Page, address: str, selector: str) -> float:
    """Return the milliseconds from opening an address to the first picture."""
    page.goto(address, wait_until="commit")
    taken: float = page.evaluate(FIRST, selector)
    return taken


def until_changed(page: Page, kind: str, name: str, value: str = "") -> float:
    """Return the milliseconds from a visitor's action to the first frame of the new picture.

    Args:
        page: the page.
        kind: `click` a button, or `type` a value into a field.
        name: the label of the button or field.
        value: the text that is typed.
    """
    taken: float = page.evaluate(CHANGE, [kind, name, value])
    return taken


def until_still(page: Page) -> None:
    """Wait until the picture has not changed for half a second."""
    before, same = "", 0
    while same < 5:
        page.wait_for_timeout(100)
        now = page.evaluate(SEEN)
        same = same + 1 if now == before else 0
        before = now


def frames_per_second(page: Page) -> float:
    """Return the frames per second that a map shows while it is dragged."""
    shown: float = page.evaluate(DRAG)
    return shown
