"""Streamlit servers that all test processes share: each script is served once."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
from filelock import FileLock

from launch import server

ROOT = Path(__file__).resolve().parent.parent
FOLDER_VARIABLE = "EMBEDDING_PLAYGROUND_TEST_SERVERS"  # the test processes inherit it
FIRST_PORT = 8700
END_SECONDS = 10
_started: list[subprocess.Popen[bytes]] = []  # which may go on after this process


def make_folder() -> None:
    """Make the folder with what is known of the servers, in the process that starts the others."""
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp()


def served(script: Path, path: str = "") -> str:
    """Return the address at which a script is served, by a server that is started if needed.

    Args:
        script: to serve.
        path: below which it is served, if it is not the root.
    """
    folder, address = Path(os.environ[FOLDER_VARIABLE]), server.Address(path=path)
    with FileLock(folder / "lock"):
        known = folder / f"{script.stem}-{path}"
        if not known.exists():
            port = server.free_port(FIRST_PORT)
            options = ["--server.port", str(port), "--server.baseUrlPath", path]
            command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
            with known.with_suffix(".log").open("wb") as log:
                process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            _started.append(process)
            (folder / f"{process.pid}.pid").touch()
            assert server.wait_until_ready(process, port, address), f"{script} was not served"
            known.write_text(address.url(port))
        return known.read_text()


def last_lines(count: int = 40) -> str:
    """Return the last lines that each server wrote, for the message of a failed test."""
    logs = sorted(Path(os.environ[FOLDER_VARIABLE]).glob("*.log"))
    return "\n".join("\n".join(log.read_text().splitlines()[-count:]) for log in logs)


def end_all() -> None:
    """End all servers, when the last test has ended."""
    folder = Path(os.environ.pop(FOLDER_VARIABLE))
    for known in folder.glob("*.pid"):
        try:
            process = psutil.Process(int(known.stem))
            process.terminate()
            process.wait(END_SECONDS)
        except psutil.NoSuchProcess:
            continue
        except psutil.TimeoutExpired:
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)
