"""Start the app's server as `run.py` does and measure its memory."""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from launch import server
from launch.environment import ROOT, calm_environment

FIRST_PORT: Final = 8800
IDLE_SHARE: Final = 5.0  # percent of a core that an idle server uses at most
IDLE_SECONDS: Final = 5  # an idle server has been idle for; start-up has pauses of four seconds
MAX_WAIT: Final = 180  # seconds


@dataclass(frozen=True)
class Served:
    """A server, its port and its process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """The address for a browser on this computer."""
        return f"http://localhost:{self.port}"


@dataclass(frozen=True)
class Memory:
    """The proportional set size of a process in megabytes (2**20 bytes).

    Args:
        pss_mb: the total.
        private_mb: memory that belongs to no file: heaps, stacks and copies of file pages.
        mapped_mb: pages of mapped files.
        parts: the largest parts of both, by kind or file.
    """

    pss_mb: float
    private_mb: float
    mapped_mb: float
    parts: dict[str, float]


@contextmanager
def served(script: str = "app.py") -> Iterator[Served]:
    """Serve a script as run.py serves the app; end the server at the end of the block."""
    port = server.free_port(FIRST_PORT)
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=calm_environment())
    try:
        if not server.wait_until_ready(process, port):
            sys.exit(f"The server of {script} did not start.")
        yield Served(port, process)
    finally:
        server.end(process)


def wait_until_idle(process: psutil.Process) -> None:
    """Wait until the server has finished its start-up, or for `MAX_WAIT` seconds."""
    idle = 0
    give_up = time.monotonic() + MAX_WAIT
    while idle < IDLE_SECONDS and time.monotonic() < give_up:
        idle = idle + 1 if process.cpu_percent(interval=1.0) < IDLE_SHARE else 0


def server_memory(process: psutil.Process) -> Memory:
    """Return the memory of a process by kind and file; on Linux only.

    Raises:
        FileNotFoundError: the system has no /proc.
    """
    private, mapped = Counter[str](), Counter[str]()
    name, in_file, size = "", False, 0
    for line in Path(f"/proc/{process.pid}/smaps").read_text(encoding="utf-8").splitlines():
        if header := re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ (\d+) *(.*)", line):
            in_file = header[1] != "0"
            name = _part(header[2])
        elif line.startswith("Pss:"):
            size = int(line.split()[1])
        elif line.startswith("Anonymous:"):
            anonymous = min(int(line.split()[1]), size)
            private["copies of file pages" if in_file else name] += anonymous
            if in_file:
                mapped[name] += size - anonymous
    parts = {f"private: {part}": kilobytes for part, kilobytes in private.most_common(6)}
    parts |= {f"mapped: {part}": kilobytes for part, kilobytes in mapped.most_common(14)}
    both = private.total() + mapped.total()
    return Memory(
        _megabytes(both),
        _megabytes(private.total()),
        _megabytes(mapped.total()),
        {part: _megabytes(kilobytes) for part, kilobytes in parts.items()},
    )


def _part(path: str) -> str:
    """Return the name of a memory mapping: its kind, or its file with the folder."""
    if not path:
        return "arrays and arenas"
    if path.startswith("["):
        return path.strip("[]")
    return "/".join(Path(path).parts[-2:])


def _megabytes(kilobytes: int) -> float:
    return round(kilobytes / 1024, 1)
