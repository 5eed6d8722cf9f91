"""Run coroutines in tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end, in a thread of its own.

    Once a test has started a browser, Playwright's event loop is running in the thread of all
    tests, and a second one cannot.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()
