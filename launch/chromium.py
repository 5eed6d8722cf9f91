"""The browser for the tests: found on this computer, or installed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

VARIABLE = "EMBEDDING_PLAYGROUND_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Playwright's download hangs on some closed networks instead of failing.
PLAYWRIGHT_SECONDS = 120
APT_SECONDS = 600
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find(python: Path) -> Path | None:
    """Return a Chromium: the one that is named, one of the system, or one of Playwright's.

    Args:
        python: an interpreter that has Playwright.
    """
    named = os.environ.get(VARIABLE)
    if named:
        # Who names one means that one: no other in its place.
        return Path(named) if Path(named).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in (*on_path, *_usual_places()) if path), None) or (
        _playwrights(python)
    )


def install(python: Path) -> Path | None:
    """Install a Chromium and return it; None if that cannot be done."""
    if os.environ.get(VARIABLE):
        return None
    print("There is no Chromium for the browser tests; installing one.", flush=True)
    if _run([str(python), "-m", "playwright", "install", "chromium"], PLAYWRIGHT_SECONDS):
        found = find(python)
        if found is not None:
            return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run(["apt-get", "update"], APT_SECONDS)
        _run(["apt-get", "install", "-y", "chromium"], APT_SECONDS)
    return find(python)


def _usual_places() -> Iterator[Path]:
    """Yield the browsers that Windows and macOS keep out of the PATH."""
    places = [
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    ]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            places.append(Path(folder) / "Google/Chrome/Application/chrome.exe")
            places.append(Path(folder) / "Chromium/Application/chrome.exe")
    yield from (place for place in places if place.is_file())


def _playwrights(python: Path) -> Path | None:
    """Return the Chromium that Playwright has downloaded, if it has."""
    asked = subprocess.run(
        [str(python), "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = Path(asked.stdout.strip())
    return path if asked.returncode == 0 and path.is_file() else None


def _run(command: Sequence[str], seconds: float) -> bool:
    """Run a command with all its children for at most so long; return whether it succeeded."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        print(f"  given up after {seconds:.0f} seconds", flush=True)
        return False
    finally:
        if process.poll() is None:
            # The command itself is only a front: what hangs is a child of it.
            if sys.platform == "win32":
                kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
                subprocess.run(kill, capture_output=True, check=False)
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
