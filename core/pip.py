"""Run pip in a subprocess and explain its failures.

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

# Patterns of pip's error messages and the explanation of each. The first match is used: with a full
# disk or without a network, pip also reports that it found no matching version.
_EXPLANATIONS: dict[str, str] = {
    r"No space left on device|Errno 28|WinError 112|not enough space on the disk": (
        "The disk is full. Free some space and start again."
    ),
    r"No module named '?pip": (
        "This Python has no pip. Install it (`python -m ensurepip`; on Debian and Ubuntu "
        "`apt install python3-pip python3-venv`) and start again."
    ),
    r"incomplete-download|IncompleteRead|Connection interrupted": (
        "A download was interrupted: the connection was lost, or the disk is full. Check both and "
        "start again."
    ),
    (
        r"Retrying \(|Max retries exceeded|Failed to establish a new connection|NameResolution"
        r"|Connection (?:refused|reset|broken|aborted)|timed? ?out|ProxyError|SSLError"
        r"|Network is unreachable"
    ): (
        "pip could not reach its package index. Check the internet connection and pip's settings "
        "(`pip config list` shows index and proxy), then start again."
    ),
    r"No matching distribution found|Could not find a version": (
        "pip's package index does not have what is needed for this computer and this Python. "
        "Check pip's settings (`pip config list`), or use another Python version."
    ),
    r"ResolutionImpossible|conflicting dependencies": (
        "The pinned versions conflict. If you changed pyproject.toml, change constraints.txt too."
    ),
    r"Permission denied|Errno 13|WinError 5\b": "pip was not allowed to write its files.",
}


def download_progress(line: str) -> tuple[int, int] | None:
    """Return the bytes done and the total bytes in a line of `--progress-bar raw`.

    >>> download_progress("Progress 262144 of 76067791")
    (262144, 76067791)
    """
    match = _PROGRESS.fullmatch(line.strip())
    return (int(match[1]), int(match[2])) if match else None


def why(lines: Sequence[str]) -> str:
    """Return an explanation of pip's failure, from the lines that it printed.

    >>> why(["ERROR: Could not install packages due to an OSError: No space left on device"])
    'The disk is full. Free some space and start again.'
    """
    output = "\n".join(lines)
    for pattern, explanation in _EXPLANATIONS.items():
        if re.search(pattern, output, re.IGNORECASE):
            return explanation
    errors = [line for line in lines if re.match("ERROR:|×", line)]
    last = (errors or [line for line in lines if line] or ["nothing"])[-1]
    return f"pip said: {re.sub('^(ERROR:|×)', '', last).strip()}"


def scratch_folders(folder: str) -> dict[str, str]:
    """Return the environment variables that set a program's folder for temporary files."""
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)


def run_pip(
    python: Path,
    arguments: Sequence[str],
    on_line: Callable[[str], None] = lambda _: None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run `python -m pip arguments` and pass its output on, line by line.

    Args:
        python: the interpreter that runs pip.
        arguments: the command-line arguments of pip.
        on_line: called with each line; an exception that it raises stops pip.
        environment: variables added to those of this process.

    Raises:
        FetchError: pip could not be started, or failed; the message explains why.
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
    output: deque[str] = deque(maxlen=200)
    try:
        for line in process.stdout or ():
            if download_progress(line) is None:
                output.append(line.rstrip())
            on_line(line.rstrip())
        failed = process.wait() != 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
    if failed:
        raise FetchError(why(output))
