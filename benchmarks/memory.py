"""The memory of the server once every page is open, and after visitors have come and gone.

`python -m benchmarks.memory [--visits N]`, on Linux. `server_pss_mb` is the sum of private and
mapped pages (pages shared with other processes in proportion) with all three models open. Then ten
visitors come, each opens all pages and changes something, and leave: the memory has to come back to
within a tenth.
"""

import argparse
import asyncio
import random
import time

import psutil

from benchmarks._server import Memory, served, server_memory, wait_until_idle
from benchmarks._visitor import Visitor
from benchmarks.report import report
from benchmarks.throughput import PAGES, _change
from pages.registry import TITLES

VISITS = 10
RELEASED = 65.0  # seconds: the server releases memory once a minute
FORGOTTEN = 190.0  # seconds: it keeps the session of a visitor who left for two minutes before
# What opens the vectors and models that a page's first address does not.
MODELS = (
    "analogies?vectors=MiniLM+tokens",
    "analogies?vectors=SmolLM2+tokens",
    "context?part=attention",
    "next_word?part=stories",
)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="The memory of the server.")
    parser.add_argument("--visits", type=int, default=VISITS)
    visits = parser.parse_args().visits
    with served() as app:
        process = psutil.Process(app.process.pid)
        wait_until_idle(process)
        started = server_memory(process)
        asyncio.run(_open_all(app.port))
        time.sleep(RELEASED)
        wait_until_idle(process)
        opened = server_memory(process)
        asyncio.run(_visit(app.port, visits))
        time.sleep(FORGOTTEN)
        wait_until_idle(process)
        after = server_memory(process)
    report(
        "Memory of the server (MB)",
        {},
        {
            "started, all models open": started.pss_mb,
            "all pages opened": opened.pss_mb,
            **_parts(opened),
            f"after {visits} visits that ended": after.pss_mb,
            **{f"after, {part}": size for part, size in list(after.parts.items())[:4]},
        },
        server_pss_mb=opened.pss_mb,
        private_mb=opened.private_mb,
        mapped_mb=opened.mapped_mb,
        after_visits_pss_mb=after.pss_mb,
        after_over_before=round(after.pss_mb / opened.pss_mb, 3),
    )


def _parts(memory: Memory) -> dict[str, float]:
    return {"private": memory.private_mb, "mapped": memory.mapped_mb, **memory.parts}


async def _open_all(port: int) -> None:
    """Open every page, and the parts of pages that open a further model, in one visit each."""
    for path in (*TITLES, *MODELS):
        page, _, query = path.partition("?")
        async with Visitor(port, page, query):
            pass


async def _visit(port: int, count: int) -> None:
    """Let visitors stay on all pages at the same time, change something there, and leave."""

    async def visit(number: int) -> None:
        draw = random.Random(number)
        for page, change in PAGES.items():
            path, _, query = change.path.partition("?")
            async with Visitor(port, path, query) as visitor:
                for _ in range(3):
                    await _change(visitor, page, draw)
        await _open_all(port)

    await asyncio.gather(*map(visit, range(count)))


if __name__ == "__main__":
    main()
