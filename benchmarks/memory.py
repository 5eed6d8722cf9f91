"""The memory of the server with every page opened, and after visitors have left.

`python -m benchmarks.memory [--visits N]`, on Linux. `server_pss_mb` is the proportional set size
with all three models loaded. Then ten visitors open all pages, change something and leave;
afterwards the memory must be within 10 % of its value before.
"""

import argparse
import asyncio
import random
import time

import psutil

from benchmarks._server import Memory, served, server_memory, wait_until_idle
from benchmarks._visitor import Visitor
from benchmarks.report import report
from benchmarks.throughput import PAGES, make_change
from pages.registry import TITLES

VISITS = 10
RELEASED = 65.0  # seconds until memory is released, which happens once a minute
FORGOTTEN = 190.0  # seconds until the sessions of visitors who left are dropped and released
# Addresses that load the vectors and models that the pages without a query do not load.
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
    """Open every page, and the addresses that load further models, each in its own session."""
    for path in (*TITLES, *MODELS):
        page, _, query = path.partition("?")
        async with Visitor(port, page, query):
            pass


async def _visit(port: int, count: int) -> None:
    """Let visitors open all pages at the same time, change something, and leave."""

    async def visit(number: int) -> None:
        draw = random.Random(number)
        for page, change in PAGES.items():
            path, _, query = change.path.partition("?")
            async with Visitor(port, path, query) as visitor:
                for _ in range(3):
                    await make_change(visitor, page, draw)
        await _open_all(port)

    await asyncio.gather(*map(visit, range(count)))


if __name__ == "__main__":
    main()
