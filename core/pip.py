"""Run pip in a process of its own, and say in plain words why it failed.

Standard library only: `run.py` needs it before anything is installed.
"""

import os
import re
import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from core.errors import FetchError

_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")

# What pip prints when something is wrong, and what a person can do about it. The first that fits
# wins: a full disk or a missing network also make pip say that it found no matching version.
_REASONS: dict[str, str] = {
    r"No space left on device|Errno 28|WinError 112|not enough space on the disk": (
        "The disk is full. Make room and start again."
    ),
    r"No module named '?pip": (
        "This Python has no pip. Install it (`python -m ensurepip`; on Debian and Ubuntu "
        "`apt install python3-pip python3-venv`) and start again."
    ),
    r"incomplete-download|IncompleteRead|Connection interrupted": (
        "A download broke off: the connection was lost, or the disk is full. Start again when "
        "neither is so."
    ),
    (
        r"Retrying \(|Max retries exceeded|Failed to establish a new connection|NameResolution"
        r"|Connection (?:refused|reset|broken|aborted)|timed? ?out|ProxyError|SSLError"
        r"|Network is unreachable"
    ): (
        "pip could not reach its package index. Check the internet connection and pip's own "
        "settings (`pip config list` shows index and proxy), then start again."
    ),
    r"No matching distribution found|Could not find a version": (
        "pip's package index does not have what is needed for this computer and this Python. "
        "Check pip's own settings (`pip config list`), or use another Python version."
    ),
    r"ResolutionImpossible|conflicting dependencies": (
        "The pinned versions do not fit together. If you changed pyproject.toml, change "
        "constraints.txt with it."
    ),
    r"Permission denied|Errno 13|WinError 5\b": "pip was not allowed to write its files.",
}


def download_progress(line: str) -> tuple[int, int] | None:
    """Return the bytes done and the bytes in all that a `--progress-bar raw` line tells of.

    >>> download_progress("Progress 262144 of 76067791")
    (262144, 76067791)
    """
    found = _PROGRESS.fullmatch(line.strip())
    return (int(found[1]), int(found[2])) if found else None


def why(lines: Sequence[str]) -> str:
    """Return, from the lines that a failing pip printed, what is wrong and what to do.

    >>> why(["ERROR: Could not install packages due to an OSError: No space left on device"])
    'The disk is full. Make room and start again.'
    """
    said = "\n".join(lines)
    for pattern, advice in _REASONS.items():
        if re.search(pattern, said, re.IGNORECASE):
            return advice
    errors = [line for line in lines if re.match("ERROR:|×", line)]
    last = (errors or [line for line in lines if line] or ["nothing"])[-1]
    return f"pip said: {re.sub('^(ERROR:|×)', '', last).strip()}"


def scratch_folders(folder: str) -> dict[str, str]:
    """Return the environment variables that have a program keep its temporary files in a folder."""
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)


def run_pip(
    python: Path,
    arguments: Sequence[str],
    on_line: Callable[[str], None] = lambda _: None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run `python -m pip arguments` and hand on what it prints, line by line.

    Args:
        python: the interpreter whose pip is meant.
        arguments: what follows `pip` on the command line.
        on_line: called with each line; when it raises, pip is stopped.
        environment: variables on top of the present ones.

    Raises:
        FetchError: pip could not be started, or failed; says why.
    """
    try:
        process = subprocess.Popen(
            [str(python), "-m", "pip", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env={
                **os.environ,
                "PYTHONIOENCODING": "utf-8",
                "PIP_NO_INPUT": "1",
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                **(environment or {}),
            },
        )
    except OSError as error:
        raise FetchError(f"pip could not be started with {python}: {error}.") from error
    said: deque[str] = deque(maxlen=200)
    try:
        for line in process.stdout or ():
            if download_progress(line) is None:
                said.append(line.rstrip())
            on_line(line.rstrip())
        failed = process.wait() != 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
    if failed:
        raise FetchError(why(said))
