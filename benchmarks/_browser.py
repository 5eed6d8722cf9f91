"""A served script, and a browser of its own to look at it, for benchmarks."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from launch import chromium, server

ROOT = Path(__file__).resolve().parents[1]
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


class Served(NamedTuple):
    """A script that is served, and by which process."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def served(script: str) -> Iterator[Served]:
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
def opened_browser(flags: Sequence[str]) -> Iterator[Browser]:
    """Open a Chromium with some flags, and close it."""
    path = chromium.find(Path(sys.executable))
    if path is None:
        sys.exit("There is no Chromium; `python run.py test` installs one.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(flags))
        yield launched
        launched.close()
