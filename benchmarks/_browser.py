"""Open the browser of the benchmarks."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from launch import chromium

PLAIN = (
    "--disable-background-networking",
    "--no-sandbox",  # containers have no sandbox; only our own pages are opened
)
SOFTWARE_WEBGL = (
    *PLAIN,
    "--enable-unsafe-swiftshader",
    "--use-gl=angle",
    "--use-angle=swiftshader",
)


@contextmanager
def opened_browser(flags: Sequence[str]) -> Iterator[Browser]:
    """Open a Chromium with command-line flags; close it at the end of the block."""
    path = chromium.find(Path(sys.executable))
    if path is None:
        sys.exit("There is no Chromium; `python run.py test` installs one.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(flags))
        yield launched
        launched.close()
