"""The folder .venv: made when it is missing, brought up to date when the project asks for more."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import FetchError, PlaygroundError
from core.pip import run_pip, scratch_folders, why

ROOT = Path(__file__).resolve().parent.parent
BIG = 5.0  # megabytes; smaller downloads are not worth a line
ROOM = 100_000_000  # bytes; with less on the disk, nothing can be installed


@dataclass(frozen=True)
class Stamp:
    """What a finished installation was made for.

    Its contents are compared, not the age of files: git gives every file it checks out a new date.

    Args:
        python: the Python that .venv was made with.
        constraints: the SHA-256 of constraints.txt.
        requirements: what was asked of pip.
    """

    python: str
    constraints: str
    requirements: tuple[str, ...]

    def serves(self, wanted: "Stamp") -> bool:
        """Return whether an installation with this stamp has all that is wanted."""
        return (
            self.python == wanted.python
            and self.constraints == wanted.constraints
            and set(wanted.requirements) <= set(self.requirements)
        )


def calm_environment() -> dict[str, str]:
    """Return the variables for a process that computes beside others.

    Threads that wait for work by spinning, as torch's do, take the processors from one another
    when several visitors ask at once: what takes seconds alone took a minute.

    Each thread's arena keeps freed memory for itself; two arenas for all leave a tenth less behind
    after visitors have left, and answers take no longer (glibc only; others ignore the variable).
    """
    return {"OMP_WAIT_POLICY": "PASSIVE", "MALLOC_ARENA_MAX": "2", **os.environ}


def prepare(*extras: str, root: Path = ROOT) -> Path:
    """Bring .venv up to date, if it is not, and return its Python.

    Args:
        extras: names from [project.optional-dependencies] in pyproject.toml.
        root: the project's folder.

    Raises:
        PlaygroundError: that did not work; says what to do.
    """
    venv = root / ".venv"
    python = python_of(venv)
    wanted = wanted_stamp(root, extras)
    present = read_stamp(venv) if python.exists() else None
    if present is not None and present.serves(wanted):
        return python
    try:
        if present is None or present.python != wanted.python:
            # Also after an installation that was interrupted: who knows what it left.
            print("Setting up .venv (once; it takes a few minutes).", flush=True)
            _make(venv)
        else:
            print("Bringing .venv up to date.", flush=True)
            stamp_of(venv).unlink()
        _install(python, root / "constraints.txt", wanted.requirements)
        stamp_of(venv).write_text(json.dumps(asdict(wanted), indent=2) + "\n", encoding="utf-8")
    except FetchError as error:
        raise PlaygroundError(f"The set-up did not finish. {error}") from error
    except OSError as error:
        raise PlaygroundError(f"The set-up did not finish. {why([str(error)])}") from error
    return python


def python_of(venv: Path) -> Path:
    """Return where a virtual environment has its Python."""
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def stamp_of(venv: Path) -> Path:
    """Return the file in .venv that is written when an installation is finished."""
    return venv / "installed.json"


def read_stamp(venv: Path) -> Stamp | None:
    """Return the stamp of a finished installation; None if there is none that can be read."""
    try:
        read = json.loads(stamp_of(venv).read_text(encoding="utf-8"))
        return Stamp(read["python"], read["constraints"], tuple(read["requirements"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def wanted_stamp(root: Path, extras: tuple[str, ...] = ()) -> Stamp:
    """Return the stamp that an installation for this Python and these extras would get."""
    constraints = (root / "constraints.txt").read_text(encoding="utf-8")
    return Stamp(
        python="{} {}.{}".format(sys.implementation.name, *sys.version_info),
        constraints=hashlib.sha256(constraints.encode("utf-8")).hexdigest(),
        requirements=requirements(root / "pyproject.toml", extras),
    )


def requirements(pyproject: Path, extras: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what pyproject.toml asks for: the dependencies, then those of the extras."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return tuple(wanted)


def _make(venv: Path) -> None:
    """Make an empty virtual environment in place of whatever is there."""
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if made.returncode == 0:
        return
    said = (made.stdout + made.stderr).strip().splitlines()
    if re.search("ensurepip is not available|No module named '?venv", "\n".join(said)):
        version = "{}.{}".format(*sys.version_info)
        raise PlaygroundError(
            f"This Python ({sys.executable}) cannot make virtual environments. On Debian and "
            f"Ubuntu: `sudo apt install python{version}-venv`. Elsewhere install Python from its "
            "own installer, then start again."
        )
    if shutil.disk_usage(venv.parent).free < ROOM:
        said = ["No space left on device"]  # venv itself does not tell
    raise PlaygroundError(f"The folder .venv could not be made. {why(said)}")


def _install(python: Path, constraints: Path, wanted: tuple[str, ...]) -> None:
    pinned = ["install", "--only-binary", ":all:", "--constraint", str(constraints)]
    # Not in the system's temporary folder: it may be small, and a pip that is ended leaves things.
    with tempfile.TemporaryDirectory(
        prefix="pip-", dir=constraints.parent / ".venv", ignore_cleanup_errors=True
    ) as scratch:
        folders = scratch_folders(scratch)
        # A new environment comes with the pip of its Python, which may be years old.
        run_pip(python, [*pinned, "--upgrade", "pip"], environment=folders)
        run_pip(python, [*pinned, *wanted], show, folders)


def show(line: str) -> None:
    """Print the lines of pip that tell where a long installation is."""
    download = re.search(r"Downloading (?:\S*/)?([\w.]+)-\d\S* \(([\d.]+) MB\)", line)
    if download and float(download[2]) >= BIG:
        print(f"  {download[1]}, {float(download[2]):.0f} MB", flush=True)
    elif line.startswith("Installing collected packages"):
        print("  unpacking", flush=True)
    elif "Retrying (" in line:
        print("  the package index does not answer; trying again", flush=True)
