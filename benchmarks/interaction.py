"""What a visitor waits for, in a real browser at 1280 x 800, on a computer without a GPU.

`word_map`: from the click that asks for 20,000 words until they are on the screen, beside plotly's
`Scattergl` with the same words, each in a page that has drawn nothing yet. `analogy`: from Enter
on an expression until the new picture and the new table are there. `opened`: from the address of
the Map until its 20,000 words are on the screen; `changed`: from a click or Enter until the first
frame of another picture, on the Map, on Directions and on Dot products; `softmax_slider`: from a
key press on the temperature's slider until the probabilities of all 49,152 tokens are recomputed
and painted; `dragged`: frames a second of all 400,000 words, in software; `memory`: of the server
for one more visitor who has them on screen (on Linux).

A browser that finds no GPU draws pages in software and has no WebGL; so the analogies are asked
there. The clouds need WebGL for the peer's sake, which a flag computes in software; since that
flag makes the browser draw everything the slow way, the analogies are asked there as well.
"""

import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._watch import (
    frames_per_second,
    until_changed,
    until_first_picture,
    until_still,
)
from benchmarks.report import Pair, report
from launch import chromium, server

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
PLAIN = (
    "--disable-background-networking",
    "--no-sandbox",  # in a container there is none to be had; only our own pages are opened
)
SOFTWARE_WEBGL = (
    *PLAIN,
    "--enable-unsafe-swiftshader",
    "--use-gl=angle",
    "--use-angle=swiftshader",
)
EXPRESSIONS = {
    "paris - france + germany": "berlin",
    "uncle - man + woman": "niece",
    "sushi - japan + germany": "gourmet",
    "cat - meow + bark": "trunks",
    "hitler + italy - germany": "mussolini",
    "doctor - man + woman": "nurse",
}

ALL = "map?count=400%2C000&projection=PCA&word=&map_dimensions="
PLOT = ".js-plotly-plot .main-svg"
# A page, how its first picture is known, and what a visitor does there, one after the other.
CHANGES: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "map": (
        "[data-drawn]",
        [
            ("type", "Search a word", "cat"),
            ("click", "t-SNE"),
            ("click", "UMAP"),
            ("click", "3D"),
            ("click", "2D"),
            ("click", "PCA"),
            ("click", "groups by UMAP"),
            ("click", "coloured clusters"),
            ("click", "tower"),
        ],
    ),
    "directions": (
        PLOT,
        [
            ("click", "living"),
            ("click", "gender × royalty"),
            ("click", "three directions"),
            ("click", "plural"),
            ("type", "Words to place", "dog, dogs, cat, cats, one, two, three"),
        ],
    ),
    "dot_products": (
        PLOT,
        [
            ("click", "king · queen in GloVe"),
            ("click", "a wide angle"),
            ("click", "king · queen by hand"),
            ("click", "animals, sounds, royalty"),
            ("click", "seen as pets"),
            ("click", "king and company"),
        ],
    ),
}

# The word map says when its first whole picture is out of the graphics card. Of plotly's canvas,
# which keeps its picture, we look at the pixels themselves, once a frame.
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
# The words of the picture are text; the table is a canvas, of which we look at the pixels (its text
# for screen readers follows a fifth of a second later, on purpose).
ANSWERED = """
(word) => [...document.querySelectorAll(".js-plotly-plot .textpoint text")]
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


# From a key press on a slider to the frame after the one in which its numbers were other ones.
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


def main() -> None:
    """Measure and report."""
    times: dict[str, list[float]] = {"word map": [], "scatter plot": []}
    with _browser(SOFTWARE_WEBGL) as browser, _served("benchmarks/clouds_app.py") as served:
        for _ in range(ROUNDS):
            for kind, taken in times.items():
                taken.append(_draw(browser, f"{served.address}/?count=20000", kind))
        many = [
            _draw(browser, f"{served.address}/?count=400000", "word map") for _ in range(ROUNDS)
        ]
    with _served("app.py") as served:
        address = served.address
        with _browser(PLAIN) as browser:
            answers = _answers(browser, address)
            opened = _opened(browser, f"{address}/map")
            changes = {page: _changes(browser, address, page) for page in CHANGES}
            slid = _softmax_slider(browser, f"{address}/next_word")
        with _browser(SOFTWARE_WEBGL) as browser:
            slow_answers = _answers(browser, address)
            dragged = {
                shape: _dragged(browser, f"{address}/{ALL}{shape}") for shape in ("2D", "3D")
            }
            memory = _memory(browser, f"{address}/{ALL}2D", served.process)
    pair = Pair(*(tuple(t / 1e3 for t in times[kind]) for kind in ("word map", "scatter plot")))
    report(
        "From the click to the picture, and from Enter to the answer (medians)",
        {"word_map": pair},
        {
            "400,000 words, ms": round(statistics.median(many)),
            "analogy p50, ms": round(statistics.median(answers)),
            "analogy slowest, ms": round(max(answers)),
            "analogies asked": len(answers),
            "analogy p50 with WebGL in software, ms": round(statistics.median(slow_answers)),
            "Map opened, ms": round(statistics.median(opened)),
            "softmax_slider p50, ms": round(statistics.median(slid)),
            "400,000 words dragged, frames a second": dragged,
            "memory for one more visitor, MB": memory,
            **{
                f"{page} changed, p50 and slowest, ms": [
                    round(statistics.median(taken)),
                    round(max(taken)),
                ]
                for page, taken in changes.items()
            },
        },
    )


def _draw(browser: Browser, address: str, kind: str) -> float:
    """Return the milliseconds from a click to the drawn cloud, in a page of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=kind).wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)
    taken: float = page.evaluate(WATCH, [kind, kind])
    context.close()
    return taken


def _answers(browser: Browser, address: str) -> list[float]:
    """Return the milliseconds from Enter to the new picture and table, for each expression."""
    page: Page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/analogies")
    page.wait_for_function(ANSWERED, arg="queen", timeout=60_000)
    page.wait_for_timeout(2_000)
    field = page.get_by_role("textbox", name="Add and subtract words")
    taken: list[float] = []
    for _ in range(ROUNDS):
        for expression, word in EXPRESSIONS.items():
            field.fill(expression)
            page.wait_for_timeout(400)
            taken.append(page.evaluate(ENTER, word))
    return taken


def _opened(browser: Browser, address: str) -> list[float]:
    """Return the milliseconds from an address to the first picture, each time for a new visitor."""
    taken = []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        taken.append(until_first_picture(page, address, "[data-drawn]"))
        until_still(page)
        context.close()
    return taken


def _changes(browser: Browser, address: str, name: str) -> list[float]:
    """Return the milliseconds that each change on a page took, the median of some rounds."""
    first, acts = CHANGES[name]
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    until_first_picture(page, f"{address}/{name}", first)
    rounds = []
    for _ in range(1 + ROUNDS):  # the first one is for what is made once
        taken = []
        for act in acts:
            until_still(page)
            taken.append(until_changed(page, *act))
        rounds.append(taken)
    page.close()
    return [statistics.median(times) for times in zip(*rounds[1:], strict=True)]


def _softmax_slider(browser: Browser, address: str) -> list[float]:
    """Return the milliseconds from a key press on the temperature's slider to the new picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.locator(".softmax[data-ready]").wait_for(timeout=60_000)
    until_still(page)
    slider = page.get_by_role("slider", name="Temperature")
    taken = []
    for _ in range(4 * ROUNDS):
        slider.evaluate(SLID)
        page.keyboard.press("ArrowRight")
        taken.append(page.evaluate("() => globalThis.slid"))
        page.wait_for_timeout(400)
    page.close()
    return taken


def _dragged(browser: Browser, address: str) -> int:
    """Return the frames a second of a dragged map, the median of some tries."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    until_first_picture(page, address, "[data-drawn]")
    until_still(page)
    shown = [frames_per_second(page) for _ in range(ROUNDS)]
    page.close()
    return round(statistics.median(shown))


def _memory(browser: Browser, address: str, process: subprocess.Popen[bytes]) -> float | None:
    """Return the megabytes by which each visitor after the first makes the server grow, or None."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return None
    pages, sizes = [], []
    for _ in range(ROUNDS):
        pages.append(browser.new_page(viewport={"width": 1280, "height": 800}))
        until_first_picture(pages[-1], address, "[data-drawn]")
        until_still(pages[-1])
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        sizes.append(int(line.split()[1]) / 1024)
    for page in pages:
        page.close()
    return round((sizes[-1] - sizes[0]) / (len(sizes) - 1), 1)


class Served(NamedTuple):
    """A script that is served, and by which process."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def _served(script: str) -> Iterator[Served]:
    """Serve a Streamlit script on this computer, and end it."""
    port = server.free_port(8800)
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        if not server.wait_until_ready(process, port):
            sys.exit(f"{script} was not served.")
        yield Served(f"http://localhost:{port}", process)
    finally:
        server.end(process)


@contextmanager
def _browser(flags: Sequence[str]) -> Iterator[Browser]:
    path = chromium.find(Path(sys.executable))
    if path is None:
        sys.exit("There is no Chromium; `python run.py test` installs one.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(flags))
        yield launched
        launched.close()


if __name__ == "__main__":
    main()
