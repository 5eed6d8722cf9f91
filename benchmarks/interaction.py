"""Waiting times of a visitor in a real browser at 1280 x 800, on a computer without a GPU.

- `word_map`: from a click until 20,000 words are on the screen, compared with plotly's `Scattergl`;
  each in a new page.
- `analogy`: from Enter on an expression until the new picture and the new table are shown.
- `opened`: from opening the Map until its 20,000 words are on the screen.
- `changed`: from a click or Enter until the first frame of the new picture, on Map, Directions and
  Dot products.
- `softmax_slider`: from a key press on the temperature slider until the probabilities of all 49,152
  tokens are recomputed and painted.
- `snapshot slider`: from a key press on a training run's slider until the words have moved, and
  until the page's text has changed.
- `arrow dragged`: from a movement of the pointer until the arrow and the scores have followed.
- `hop`: from a click on a word in the Map's table until its own neighbours are named.
- `dragged`: frames per second while all 400,000 words are dragged, with WebGL in software.
- `memory`: of the server for one more visitor who has all words on the screen (on Linux).

All but `word_map` are measured on a server that has finished its start-up.

Without a GPU the browser draws in software and has no WebGL, which the scatter plot needs; a flag
emulates it in software. The flag slows down everything that the browser draws, so the analogies are
measured without and with it.
"""

import statistics
import subprocess
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from benchmarks._browser import PLAIN, SOFTWARE_WEBGL, opened_browser
from benchmarks._server import served, wait_until_idle
from benchmarks._waits import (
    answer_times,
    drag_times,
    hop_times,
    rewind_times,
    slider_times,
    until_drawn,
)
from benchmarks._watch import (
    frames_per_second,
    until_changed,
    until_first_picture,
    until_still,
)
from benchmarks.report import Pair, report

ROUNDS = 5

ALL = "map?count=400%2C000&projection=PCA&word=&map_dimensions="
PLOT = ".js-plotly-plot .main-svg"
# For each page: the selector of its first picture and the visitor's actions.
CHANGES: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "map": (
        "[data-drawn]",
        [
            ("type", "Search a word", "cat"),
            ("click", "UMAP"),
            ("click", "3D"),
            ("click", "2D"),
            ("click", "t-SNE"),
            ("click", "PCA"),
            ("click", "groups, UMAP"),
            ("click", "all regions"),
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
            ("click", "many words"),
            ("click", "animals, sounds, royalty"),
            ("click", "seen as pets"),
            ("click", "king and company"),
            ("click", "two vectors"),
        ],
    ),
}


def main() -> None:
    """Measure and report."""
    times: dict[str, list[float]] = {"word map": [], "scatter plot": []}
    with opened_browser(SOFTWARE_WEBGL) as browser, served("benchmarks/clouds_app.py") as app:
        for _ in range(ROUNDS):
            for kind, taken in times.items():
                taken.append(until_drawn(browser, f"{app.address}/?count=20000", kind))
        many = [
            until_drawn(browser, f"{app.address}/?count=400000", "word map") for _ in range(ROUNDS)
        ]
    with served("app.py") as app:
        address = app.address
        wait_until_idle(psutil.Process(app.process.pid))
        with opened_browser(PLAIN) as browser:
            answers = answer_times(browser, address, ROUNDS)
            opened = _opened(browser, f"{address}/map")
            changes = {page: _changes(browser, address, page) for page in CHANGES}
            slid = slider_times(browser, f"{address}/next_word", 4 * ROUNDS)
            arrow = drag_times(browser, f"{address}/analogies", 4 * ROUNDS)
            hops = hop_times(browser, f"{address}/map?word=king", 4 * ROUNDS)
            moved, updated = rewind_times(browser, f"{address}/learning", 4 * ROUNDS)
        with opened_browser(SOFTWARE_WEBGL) as browser:
            slow_answers = answer_times(browser, address, ROUNDS)
            dragged = {
                shape: _dragged(browser, f"{address}/{ALL}{shape}") for shape in ("2D", "3D")
            }
            memory = _memory(browser, f"{address}/{ALL}2D", app.process)
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
            "arrow dragged, p50 and slowest, ms": [
                round(statistics.median(arrow)),
                round(max(arrow)),
            ],
            "hop p50 and slowest, ms": [round(statistics.median(hops)), round(max(hops))],
            "snapshot slider p50, words moved and page told, ms": [
                round(statistics.median(moved)),
                round(statistics.median(updated)),
            ],
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


def _opened(browser: Browser, address: str) -> list[float]:
    """Return the milliseconds from opening an address to the first picture, for new visitors."""
    taken = []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        taken.append(until_first_picture(page, address, "[data-drawn]"))
        until_still(page)
        context.close()
    return taken


def _changes(browser: Browser, address: str, name: str) -> list[float]:
    """Return the milliseconds of each change on a page, the median of `ROUNDS`."""
    first, acts = CHANGES[name]
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    until_first_picture(page, f"{address}/{name}", first)
    rounds = []
    for _ in range(1 + ROUNDS):  # the first round fills the caches and is not counted
        taken = []
        for act in acts:
            until_still(page)
            taken.append(until_changed(page, *act))
        rounds.append(taken)
    page.close()
    return [statistics.median(times) for times in zip(*rounds[1:], strict=True)]


def _dragged(browser: Browser, address: str) -> int:
    """Return the frames per second of a dragged map, the median of `ROUNDS`."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    until_first_picture(page, address, "[data-drawn]")
    until_still(page)
    shown = [frames_per_second(page) for _ in range(ROUNDS)]
    page.close()
    return round(statistics.median(shown))


def _memory(browser: Browser, address: str, process: subprocess.Popen[bytes]) -> float | None:
    """Return the megabytes of server memory per visitor after the first, or None without /proc."""
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


if __name__ == "__main__":
    main()
