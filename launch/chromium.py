"""Find or install the browser for the tests."""

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
PRINT_PLAYWRIGHT_CHROMIUM = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find(python: Path) -> Path | None:
    """Return a Chromium: the one that `VARIABLE` names, else the system's, else Playwright's.

    Args:
        python: an interpreter that has Playwright.
    """
    named = os.environ.get(VARIABLE)
    if named:
        # If the named file is missing, no other browser is used instead.
        return Path(named) if Path(named).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in (*on_path, *_installed_outside_path()) if path), None) or (
        _playwright_chromium(python)
    )


def install(python: Path) -> Path | None:
    """Install a Chromium and return it; None if it cannot be installed."""
    if os.environ.get(VARIABLE):
        return None
    print("There is no Chromium for the browser tests; installing one.", flush=True)
    if _run([str(python), "-m", "playwright", "install", "chromium"], PLAYWRIGHT_SECONDS):
        chromium = find(python)
        if chromium is not None:
            return chromium
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run(["apt-get", "update"], APT_SECONDS)
        _run(["apt-get", "install", "-y", "chromium"], APT_SECONDS)
    return find(python)


def _installed_outside_path() -> Iterator[Path]:
    """Yield the browsers that Windows and macOS install outside the PATH."""
    candidates = [
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    ]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            candidates.append(Path(folder) / "Google/Chrome/Application/chrome.exe")
            candidates.append(Path(folder) / "Chromium/Application/chrome.exe")
    yield from (path for path in candidates if path.is_file())


def _playwright_chromium(python: Path) -> Path | None:
    """Return the Chromium that Playwright has downloaded, or None."""
    result = subprocess.run(
        [str(python), "-c", PRINT_PLAYWRIGHT_CHROMIUM], capture_output=True, text=True, check=False
    )
    path = Path(result.stdout.strip())
    return path if result.returncode == 0 and path.is_file() else None


def _run(command: Sequence[str], seconds: float) -> bool:
    """Run a command and its children for at most `seconds`; return whether it succeeded."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        print(f"  given up after {seconds:.0f} seconds", flush=True)
        return False
    finally:
        if process.poll() is None:
            # Kill the whole group: it is a child of the command that hangs.
            if sys.platform == "win32":
                kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
                subprocess.run(kill, capture_output=True, check=False)
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
