"""Results that took long, kept on disk so that nobody has to wait for them twice.

A result is one array in a file whose name is a digest of its key: all that went into it, library
versions too, so that a result of other versions is another result. Files are written beside their
place and moved there whole: two processes may write the same one at once, and one that is stopped
leaves nothing behind that could be read. At its end a file has a digest of itself; one that is
damaged counts as absent.
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

FORMAT = 1  # of the files; raise it when older ones mean something else
DIGEST = 16  # bytes of a digest
MOST_BYTES = 500_000_000  # beyond it, those used longest ago are deleted

Key = Mapping[str, object]
Array = NDArray[Any]


class Results:
    """Arrays kept in a folder, by what went into them.

    Args:
        folder: made when the first result is kept.
        most_bytes: how much room they may take together.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     results = Results(Path(folder))
    ...     results.keep({"method": "count"}, np.arange(3))
    ...     results.find({"method": "count"})
    array([0, 1, 2])
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

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
        """Keep an array under a key; where the disk is full or read-only, nothing is kept."""
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
        room = self._most_bytes
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
    """Return what stands for a list of words in a key: other words, or another order, differ."""
    digest = hashlib.blake2b(digest_size=DIGEST)
    for word in words:
        text = word.encode("utf-8", "surrogatepass")
        digest.update(len(text).to_bytes(4, "little") + text)
    return digest.hexdigest()
