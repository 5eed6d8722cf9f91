"""A store of arrays on disk, for results that take long to compute.

A result is an array in a file whose name is a digest of its key: everything that it depends on,
versions of libraries included. Files are written atomically, so several processes may write the
same one, and an interrupted write leaves no file that could be read. Each file ends with a digest
of its content; a damaged file counts as absent.
"""

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.files import TEMPORARY, atomic_write

FORMAT = 1  # of the files; increase it when their meaning changes
DIGEST = 16  # bytes of a digest
MAX_BYTES = 500_000_000  # the least recently used files are deleted beyond it

Key = Mapping[str, object]
Array = NDArray[Any]


class Results:
    """Arrays in a folder, by keys of everything that they depend on.

    Args:
        folder: created when the first result is kept.
        max_bytes: of all files together.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     results = Results(Path(folder))
    ...     results.keep({"method": "count"}, np.arange(3))
    ...     results.find({"method": "count"})
    array([0, 1, 2])
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def find(self, key: Key) -> Array | None:
        """Return the array kept under a key, read-only, or None."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            if _digest(content[:-DIGEST]) != content[-DIGEST:]:
                return None
            # Without pickle, a file can hold nothing but numbers.
            array: Array = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            os.utime(path)  # used just now
        array.flags.writeable = False
        return array

    def keep(self, key: Key, array: Array) -> None:
        """Keep an array under a key, unless the disk is full or read-only."""
        path = self._path(key)
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, array, allow_pickle=False)
        content = buffer.getvalue()
        with suppress(OSError, InputError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with atomic_write(path) as part:
                part.write_bytes(content + _digest(content))
            self._make_room()

    def _path(self, key: Key) -> Path:
        text = json.dumps([FORMAT, dict(key)], sort_keys=True)
        return self._folder / f"{_digest(text.encode()).hex()}.npy"

    def _make_room(self) -> None:
        # With the temporary files of processes that were killed.
        paths = [path for kind in ("*.npy", f"*{TEMPORARY}") for path in self._folder.glob(kind)]
        files = [(path.stat(), path) for path in paths]
        room = self._max_bytes
        for stat, path in sorted(files, key=lambda file: -file[0].st_mtime):
            room -= stat.st_size
            if room < 0:
                path.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST).digest()


def versions(*libraries: str) -> dict[str, str]:
    """Return the installed versions of libraries, for a key."""
    return {library: version(library) for library in libraries}


def words_digest(words: Sequence[str]) -> str:
    """Return a digest of a list of words and their order, for a key."""
    digest = hashlib.blake2b(digest_size=DIGEST)
    for word in words:
        text = word.encode("utf-8", "surrogatepass")
        digest.update(len(text).to_bytes(4, "little") + text)
    return digest.hexdigest()
