"""Waiting times in the browser: drawing words, answering an expression, moving a slider."""

from playwright.sync_api import Browser, Page

from benchmarks._watch import until_still

EXPRESSIONS = {
    "paris - france + germany": "berlin",
    "uncle - man + woman": "niece",
    "sushi - japan + germany": "gourmet",
    "cat - meow + bark": "trunks",
    "hitler + italy - germany": "mussolini",
    "doctor - man + woman": "nurse",
}
# The word map reports when its first complete picture is drawn. Of plotly's canvas, which keeps its
# picture, the pixels are read once per frame.
WATCH = """
([button, kind]) => new Promise((resolve, reject) => {
  const all = function* (root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  };
  const small = new OffscreenCanvas(64, 32).getContext("2d", { willReadFrequently: true });
  const painted = (canvas) => {
    small.clearRect(0, 0, 64, 32);
    small.drawImage(canvas, 0, 0, 64, 32);
    return small.getImageData(0, 0, 64, 32).data.some((value) => value > 0);
  };
  const there = {
    "word map": () => [...all(document)].some((element) => element.dataset?.drawn),
    "scatter plot": () => {
      const canvas = document.querySelector(".js-plotly-plot .gl-canvas-context");
      return canvas && canvas.width > 0 && painted(canvas);
    },
  }[kind];
  const start = performance.now();
  const look = () => {
    if (there()) resolve(performance.now() - start);
    else if (performance.now() - start > 60000) reject(new Error(`${kind}: nothing was drawn`));
    else requestAnimationFrame(look);
  };
  [...document.querySelectorAll("button")].find((b) => b.innerText.trim() === button).click();
  look();
})
"""
# The words of the picture are text; the table is a canvas whose pixels are read (its text for
# screen readers follows 0.2 s later, by design).
ANSWERED = """
(word) => [...document.querySelectorAll("*")]
  .flatMap((element) => [...(element.shadowRoot?.querySelectorAll(".plane .word text") ?? [])])
  .some((text) => text.textContent === word)
"""
ENTER = f"""
(word) => new Promise((resolve, reject) => {{
  const answered = {ANSWERED};
  const small = new OffscreenCanvas(64, 64).getContext("2d", {{ willReadFrequently: true }});
  const table = () => {{
    const canvas = document.querySelector("[data-testid=stDataFrame] canvas");
    small.clearRect(0, 0, 64, 64);
    small.drawImage(canvas, 0, 0, 64, 64);
    return small.getImageData(0, 0, 64, 64).data.join();
  }};
  const before = table();
  const start = performance.now();
  const look = () => {{
    if (answered(word) && table() !== before) resolve(performance.now() - start);
    else if (performance.now() - start > 20000) reject(new Error(`no picture of ${{word}}`));
    else requestAnimationFrame(look);
  }};
  const press = {{ key: "Enter", code: "Enter", keyCode: 13, bubbles: true }};
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", press));
  requestAnimationFrame(look);
}})
"""
# From a key press on a slider to the frame after the one with the new numbers.
SLID = """
(slider) => {
  const root = slider.closest(".softmax");
  slider.focus();
  const before = root.dataset.entropy;
  globalThis.slid = new Promise((resolve) => {
    slider.addEventListener("keydown", (event) => {
      const look = () => {
        if (root.dataset.entropy === before) requestAnimationFrame(look);
        else requestAnimationFrame(() => resolve(performance.now() - event.timeStamp));
      };
      requestAnimationFrame(look);
    }, { once: true });
  });
}
"""
# From a key press on a run's slider until words have moved, and until the page's text has changed.
REWOUND = """
(slider) => {
  const player = slider.closest(".training-player");
  const snapshot = () => player.dataset.snapshot; // set when the words have moved
  const text = () => [...document.querySelectorAll("[data-testid=stMarkdown]")]
    .map((element) => element.innerText).find((each) => each.startsWith("Nearest to"));
  const [snapshot0, text0] = [snapshot(), text()];
  globalThis.rewound = new Promise((resolve) => {
    slider.addEventListener("keydown", (event) => {
      let moved = null;
      const look = (now) => {
        if (moved === null && snapshot() !== snapshot0) moved = now - event.timeStamp;
        if (text() === text0) requestAnimationFrame(look);
        else resolve([moved, now - event.timeStamp]);
      };
      requestAnimationFrame(look);
    }, { once: true });
  });
}
"""

# From each movement of the pointer over the arrows to the frame after the one that shows it.
DRAGGED = """
(picture) => {
  globalThis.dragged = [];
  picture.addEventListener("pointermove", (event) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      globalThis.dragged.push(performance.now() - event.timeStamp);
    }));
  });
}
"""
# From a click on a row of neighbours until the heading of the neighbours names another word.
HOPPED = """
() => {
  const heading = () => [...document.querySelectorAll("[data-testid=stMarkdown]")]
    .map((element) => element.innerText).find((text) => text.startsWith("Nearest to"));
  const before = heading();
  globalThis.hopped = new Promise((resolve) => {
    document.addEventListener("pointerdown", (event) => {
      const look = (now) => {
        if (heading() === before) requestAnimationFrame(look);
        else resolve(now - event.timeStamp);
      };
      requestAnimationFrame(look);
    }, { once: true, capture: true });
  });
}
"""
TABLE = "[data-testid=stDataFrame] canvas"
ROW, WORDS = 35, 90  # pixels: the height of a table's row, and a place in its column of words


def until_drawn(browser: Browser, address: str, kind: str) -> float:
    """Return the milliseconds from a click to the drawn words, in a new page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=kind).wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)
    taken: float = page.evaluate(WATCH, [kind, kind])
    context.close()
    return taken


def answer_times(browser: Browser, address: str, rounds: int) -> list[float]:
    """Return the milliseconds from Enter to the new picture and table, for each expression."""
    page: Page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/analogies")
    page.wait_for_function(ANSWERED, arg="queen", timeout=60_000)
    page.wait_for_timeout(2_000)
    field = page.locator("input[aria-label='Add and subtract words']")
    taken: list[float] = []
    for _ in range(rounds):
        for expression, word in EXPRESSIONS.items():
            field.fill(expression)
            page.wait_for_timeout(400)
            taken.append(page.evaluate(ENTER, word))
    return taken


def slider_times(browser: Browser, address: str, rounds: int) -> list[float]:
    """Return the milliseconds from a key press on the temperature slider to the new picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.locator(".softmax[data-ready]").wait_for(timeout=60_000)
    until_still(page)
    slider = page.get_by_role("slider", name="Temperature")
    taken = []
    for _ in range(rounds):
        slider.evaluate(SLID)
        page.keyboard.press("ArrowRight")
        taken.append(page.evaluate("() => globalThis.slid"))
        page.wait_for_timeout(400)
    page.close()
    return taken


def rewind_times(browser: Browser, address: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds from a key press on a run's slider to moved words and new text."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.get_by_role("button", name="Train", exact=True).click(timeout=60_000)
    page.locator('.training-player[data-snapshot="100"]').wait_for(timeout=60_000)
    until_still(page)
    slider = page.get_by_role("slider", name="Snapshot")
    slider.focus()
    moved, updated = [], []
    for _ in range(rounds):
        slider.evaluate(REWOUND)
        page.keyboard.press("ArrowLeft")
        times = page.evaluate("() => globalThis.rewound")
        moved.append(times[0])
        updated.append(times[1])
        page.wait_for_timeout(400)
    page.close()
    return moved, updated


def drag_times(browser: Browser, address: str, rounds: int) -> list[float]:
    """Return the milliseconds from each movement of a dragged tip to its new picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    ring = page.locator(".plane .tip")
    ring.wait_for(timeout=60_000)
    until_still(page)
    page.locator(".plane svg").evaluate(DRAGGED)
    box = ring.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(rounds):
        page.mouse.move(x + 2 * step, y + 10 * step)
        page.wait_for_timeout(100)
    page.mouse.up()
    taken: list[float] = page.evaluate("() => globalThis.dragged")
    page.close()
    return taken


def hop_times(browser: Browser, address: str, rounds: int) -> list[float]:
    """Return the milliseconds from a click on a neighbour until its own neighbours are named."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.locator(TABLE).first.wait_for(timeout=60_000)
    until_still(page)
    taken: list[float] = []
    for step in range(rounds):
        box = page.locator(TABLE).first.bounding_box()
        assert box is not None
        x, y = box["x"] + WORDS, box["y"] + ROW * (1.5 + step % 3)
        page.mouse.move(x, y)
        page.wait_for_timeout(400)
        page.evaluate(HOPPED)
        page.mouse.click(x, y)
        taken.append(page.evaluate("() => globalThis.hopped"))
        until_still(page)
    page.close()
    return taken
