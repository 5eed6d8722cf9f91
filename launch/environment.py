"""The virtual environment .venv: created if it is missing, updated if requirements change."""

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
MIN_SHOWN_MB = 5.0  # smaller downloads are not printed
MIN_FREE_BYTES = 100_000_000  # with less disk space, nothing can be installed


@dataclass(frozen=True)
class Stamp:
    """A record of what a finished installation contains.

    Contents are compared, not file dates: git sets a new date on every file that it checks out.

    Args:
        python: the Python that .venv was made with.
        constraints: the SHA-256 of constraints.txt.
        requirements: the requirements that pip installed.
    """

    python: str
    constraints: str
    requirements: tuple[str, ...]

    def serves(self, wanted: "Stamp") -> bool:
        """Return whether an installation with this stamp contains everything that is wanted."""
        return (
            self.python == wanted.python
            and self.constraints == wanted.constraints
            and set(wanted.requirements) <= set(self.requirements)
        )


def calm_environment() -> dict[str, str]:
    """Return environment variables for a process that shares its processors with others.

    `OMP_WAIT_POLICY`: torch's threads wait for work by spinning. When several visitors compute at
    once, the spinning threads slow each other down: a minute instead of seconds.

    `MALLOC_ARENA_MAX`: each malloc arena keeps its freed memory. With two arenas, a tenth less is
    kept after visitors have left, and answers take no longer (glibc only; ignored elsewhere).
    """
    return {"OMP_WAIT_POLICY": "PASSIVE", "MALLOC_ARENA_MAX": "2", **os.environ}


def prepare(*extras: str, root: Path = ROOT) -> Path:
    """Create or update .venv if necessary and return its Python.

    Args:
        extras: names from [project.optional-dependencies] in pyproject.toml.
        root: the project's folder.

    Raises:
        PlaygroundError: the set-up failed; the message says what to do.
    """
    venv = root / ".venv"
    python = python_of(venv)
    wanted = wanted_stamp(root, extras)
    present = read_stamp(venv) if python.exists() else None
    if present is not None and present.serves(wanted):
        return python
    try:
        if present is None or present.python != wanted.python:
            # Also after an interrupted installation, which may have left a broken environment.
            print("Setting up .venv (once; it takes a few minutes).", flush=True)
            _make(venv)
        else:
            print("Updating .venv.", flush=True)
            stamp_of(venv).unlink()
        _install(python, root / "constraints.txt", wanted.requirements)
        stamp_of(venv).write_text(json.dumps(asdict(wanted), indent=2) + "\n", encoding="utf-8")
    except FetchError as error:
        raise PlaygroundError(f"The set-up did not finish. {error}") from error
    except OSError as error:
        raise PlaygroundError(f"The set-up did not finish. {why([str(error)])}") from error
    return python


def python_of(venv: Path) -> Path:
    """Return the path of a virtual environment's Python."""
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def stamp_of(venv: Path) -> Path:
    """Return the file in .venv that is written when an installation is finished."""
    return venv / "installed.json"


def read_stamp(venv: Path) -> Stamp | None:
    """Return the stamp of a finished installation; None if it is missing or cannot be read."""
    try:
        read = json.loads(stamp_of(venv).read_text(encoding="utf-8"))
        return Stamp(read["python"], read["constraints"], tuple(read["requirements"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def wanted_stamp(root: Path, extras: tuple[str, ...] = ()) -> Stamp:
    """Return the stamp of an up-to-date installation for this Python and these extras."""
    constraints = (root / "constraints.txt").read_text(encoding="utf-8")
    return Stamp(
        python="{} {}.{}".format(sys.implementation.name, *sys.version_info),
        constraints=hashlib.sha256(constraints.encode("utf-8")).hexdigest(),
        requirements=requirements(root / "pyproject.toml", extras),
    )


def requirements(pyproject: Path, extras: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the dependencies in pyproject.toml, then those of the extras."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return tuple(wanted)


def _make(venv: Path) -> None:
    """Make an empty virtual environment; replace an existing one."""
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if made.returncode == 0:
        return
    output = (made.stdout + made.stderr).strip().splitlines()
    if re.search("ensurepip is not available|No module named '?venv", "\n".join(output)):
        version = "{}.{}".format(*sys.version_info)
        raise PlaygroundError(
            f"This Python ({sys.executable}) cannot make virtual environments. On Debian and "
            f"Ubuntu: `sudo apt install python{version}-venv`. Elsewhere, install Python with the "
            "installer from python.org, then start again."
        )
    if shutil.disk_usage(venv.parent).free < MIN_FREE_BYTES:
        output = ["No space left on device"]  # venv itself does not report it
    raise PlaygroundError(f"The folder .venv could not be made. {why(output)}")


def _install(python: Path, constraints: Path, wanted: tuple[str, ...]) -> None:
    pinned = ["install", "--only-binary", ":all:", "--constraint", str(constraints)]
    # Not in the system's temporary folder, which may be small; a killed pip leaves files behind.
    with tempfile.TemporaryDirectory(
        prefix="pip-", dir=constraints.parent / ".venv", ignore_cleanup_errors=True
    ) as scratch:
        folders = scratch_folders(scratch)
        # A new environment has the pip of its Python, which may be years old.
        run_pip(python, [*pinned, "--upgrade", "pip"], environment=folders)
        run_pip(python, [*pinned, *wanted], show, folders)


def show(line: str) -> None:
    """Print the progress of a long installation, from a line of pip's output."""
    download = re.search(r"Downloading (?:\S*/)?([\w.]+)-\d\S* \(([\d.]+) MB\)", line)
    if download and float(download[2]) >= MIN_SHOWN_MB:
        print(f"  {download[1]}, {float(download[2]):.0f} MB", flush=True)
    elif line.startswith("Installing collected packages"):
        print("  unpacking", flush=True)
    elif "Retrying (" in line:
        print("  the package index does not answer; retrying", flush=True)
