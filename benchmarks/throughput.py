"""Changes per second that one server answers to simultaneous visitors, for each page.

`python -m benchmarks.throughput [--changes N] [--measured N] [--visitors N] [--pages NAME ...]`

Each visitor is a session without a browser that changes a control as soon as the response to the
last change is complete. Every response is checked: it must contain the typed words.
`changes_per_second` is measured on a fresh server; `after_an_hour` on the same server after it has
served `--changes` changes to visitors who come and leave.

The report also has the server's processor time per change, which other programs on the computer
affect less, and the server's memory before and after.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import psutil

from benchmarks._server import served, server_memory, wait_until_idle
from benchmarks._visitor import Visitor
from benchmarks.report import report

CHANGES: Final = 20_000
MEASURED: Final = 240
VISITORS: Final = 8
VISIT: Final = 40  # changes of one visitor between the two measurements
COMMON: Final = (  # each is a word of GloVe and, after a space, a single token
    "king queen man woman boy girl doctor nurse teacher student river mountain ocean forest "
    "village kitchen window table school bridge island letter paper stone dog cat horse cow apple "
    "pear bread cheese coffee tea summer winter spring autumn metal glass car train ship plane "
    "red green blue yellow guitar piano violin drum house castle garden street happy sad angry "
    "quiet large small fast slow"
)
WORDS: Final = tuple(COMMON.split())


@dataclass(frozen=True)
class Change:
    """A visitor's action on a page: typing words into a field.

    Args:
        path: the page with the query of its address.
        key: the key of the field.
        count: the number of words.
        text: returns the typed text, given the words.
    """

    path: str
    key: str
    count: int
    text: Callable[[Sequence[str]], str]


PAGES: Final = {
    "analogies": Change("analogies", "expression", 3, lambda w: f"{w[0]} - {w[1]} + {w[2]}"),
    "map": Change("map", "word", 1, lambda w: w[0]),
    "directions": Change("directions", "words", 8, ", ".join),
    "dot_products": Change("dot_products?source=GloVe", "first", 1, lambda w: w[0]),
    "tokens": Change("tokens", "to_cut", 4, " ".join),
    "next_word": Change("next_word", "prompt", 5, lambda w: f"The {' '.join(w)}"),
}
# The pages visited between the measurements, by frequency.
MIXTURE: Final = ("analogies",) * 6 + ("map",) * 2 + ("directions",) * 2 + ("dot_products",)


@dataclass(frozen=True)
class Rate:
    """The measurements on one page.

    Args:
        changes_per_second: answered to all visitors together.
        server_cpu_ms: processor time of the server per change.
        p50_ms: median response time.
        p95_ms: 95th percentile of the response times.
        kilobytes: mean size of the messages per change.
    """

    changes_per_second: float
    server_cpu_ms: float
    p50_ms: int
    p95_ms: int
    kilobytes: float


def main() -> None:
    """Measure and report."""
    options = _options()
    with served() as app:
        process = psutil.Process(app.process.pid)
        wait_until_idle(process)
        fresh, memory = asyncio.run(_measure(app.port, process, options)), server_memory(process)
        asyncio.run(_serve_many(app.port, options.changes))
        wait_until_idle(process)
        old, later = asyncio.run(_measure(app.port, process, options)), server_memory(process)
    report(
        f"{options.visitors} visitors at once, {options.measured} changes on each page",
        {},
        {
            **{f"{page}, fresh": asdict(rate) for page, rate in fresh.items()},
            **{f"{page}, after {options.changes:,}": asdict(rate) for page, rate in old.items()},
            "server_pss_mb, fresh and after": [memory.pss_mb, later.pss_mb],
        },
        changes_per_second=_changes_per_second(fresh),
        after_an_hour=_changes_per_second(old),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Changes per second that the server answers.")
    parser.add_argument("--changes", type=int, default=CHANGES, help="between the measurements")
    parser.add_argument("--measured", type=int, default=MEASURED, help="changes on each page")
    parser.add_argument("--visitors", type=int, default=VISITORS, help="at the same time")
    parser.add_argument("--pages", nargs="+", choices=list(PAGES), default=list(PAGES))
    return parser.parse_args()


def _changes_per_second(rates: dict[str, Rate]) -> dict[str, float]:
    return {page: rate.changes_per_second for page, rate in rates.items()}


async def _measure(
    port: int, process: psutil.Process, options: argparse.Namespace
) -> dict[str, Rate]:
    """Return the rate of each page, measured one after the other."""
    return {
        page: await _rate(port, page, process, options.visitors, options.measured)
        for page in options.pages
    }


async def _rate(port: int, page: str, process: psutil.Process, visitors: int, changes: int) -> Rate:
    """Return the measurements on one page."""
    path, _, query = PAGES[page].path.partition("?")
    draw = random.Random(page)
    opened = [Visitor(port, path, query) for _ in range(visitors)]
    for visitor in opened:
        await visitor.__aenter__()
        await make_change(visitor, page, draw)  # the first change of a session is not counted
    each = max(1, changes // visitors)
    cpu, start = _cpu(process), time.perf_counter()
    answers = await asyncio.gather(*(_changes(visitor, page, draw, each) for visitor in opened))
    seconds, used = time.perf_counter() - start, _cpu(process) - cpu
    for visitor in opened:
        await visitor.__aexit__(None, None, None)
    times = sorted(taken for some in answers for taken, _ in some)
    return Rate(
        round(len(times) / seconds, 1),
        round(1e3 * used / len(times), 1),
        round(1e3 * statistics.median(times)),
        round(1e3 * times[int(0.95 * (len(times) - 1))]),
        round(statistics.mean(size for some in answers for _, size in some) / 1e3, 1),
    )


async def _changes(
    visitor: Visitor, page: str, draw: random.Random, count: int
) -> list[tuple[float, int]]:
    """Make a number of changes; return the seconds and bytes of each response."""
    return [await make_change(visitor, page, draw) for _ in range(count)]


async def make_change(visitor: Visitor, page: str, draw: random.Random) -> tuple[float, int]:
    """Make one change, check the response, and return its seconds and bytes."""
    change = PAGES[page]
    words = draw.sample(WORDS, change.count)
    start = time.perf_counter()
    response = await visitor.type(change.key, change.text(words))
    taken = time.perf_counter() - start
    if not response.holds(words):
        raise RuntimeError(f"{page} did not answer {change.text(words)!r}.")
    return taken, response.size


async def _serve_many(port: int, changes: int) -> None:
    """Let visitors come, make `VISIT` changes each and leave, until `changes` are served."""
    draw = random.Random(0)
    visits = iter(range(-(-changes // VISIT)))

    async def come_and_go(which: Iterable[int]) -> None:
        for _ in which:
            page = draw.choice(MIXTURE)
            path, _, query = PAGES[page].path.partition("?")
            async with Visitor(port, path, query) as visitor:
                await _changes(visitor, page, draw, VISIT)

    await asyncio.gather(*(come_and_go(visits) for _ in range(VISITORS)))


def _cpu(process: psutil.Process) -> float:
    """Return the processor seconds that a process has used so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
