"""Word vectors on disk: a memory-mapped matrix, `vectors.npy`, and its words, `words.txt`."""

from pathlib import Path

import numpy as np

from core import mapped_files
from core.catalog.manifest import damaged, read_manifest, write_manifest
from core.embeddings import Embeddings
from core.errors import InputError

VECTORS = "vectors.npy"  # (V, D) float32, row by row
WORDS = "words.txt"  # UTF-8; each word is ended by "\n"


def write_vectors(folder: Path, embeddings: Embeddings, sha256: str = "") -> None:
    """Write embeddings into a folder that exists, for `read_vectors`.

    Args:
        folder: an existing folder; its vectors and words are overwritten.
        embeddings: the embeddings.
        sha256: hash of the file they were made from, if there is one.

    Raises:
        InputError: a word has a line break, is there twice, or is not valid Unicode.
        OSError: the folder cannot be written.
    """
    text = _as_lines(embeddings)
    rows = np.ascontiguousarray(embeddings.vectors)
    with (folder / VECTORS).open("wb") as file:
        # Not np.save: on a full disk its error does not say so.
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(rows))
        file.write(rows.data)
    (folder / WORDS).write_bytes(text)
    write_manifest(folder, embeddings.name, sha256)


def _as_lines(embeddings: Embeddings) -> bytes:
    """Return the words as the contents of `words.txt`."""
    seen = set[str]()
    for word in embeddings.words:
        if "\n" in word:
            raise InputError(f"{word!r} has a line break. Every word must fit on one line.")
        if word in seen:
            raise InputError(f"{word!r} is there twice. The words must be unique.")
        seen.add(word)
    try:
        return "".join(f"{word}\n" for word in embeddings.words).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"A word of {embeddings.name} is not valid Unicode: {error}.") from error


def read_vectors(folder: Path) -> Embeddings:
    """Return the embeddings that `write_vectors` wrote, with their vectors mapped into memory.

    Raises:
        DamagedModelError: the files are missing or damaged.
    """
    manifest = read_manifest(folder)
    try:
        vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
        # Not splitlines(), which also splits at U+2028 and the like: real words contain them.
        words = (folder / WORDS).read_bytes().decode("utf-8").split("\n")
        if words.pop() != "":
            raise ValueError(f"{WORDS} does not end with a line break")
        if len(set(words)) != len(words):
            raise ValueError(f"{WORDS} has the same word twice")
        embeddings = Embeddings(manifest.name, tuple(words), np.asarray(vectors))
    except (OSError, ValueError, InputError) as error:
        raise damaged(folder, str(error)) from error
    mapped_files.register(embeddings, embeddings.vectors.ctypes.data, embeddings.vectors.nbytes)
    return embeddings
