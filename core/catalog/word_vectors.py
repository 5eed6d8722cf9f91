"""Word vectors on disk: `vectors.npy`, mapped into memory when read, and `words.txt`."""

from pathlib import Path

import numpy as np

from core.catalog.manifest import damaged, read_manifest, write_manifest
from core.embeddings import Embeddings
from core.errors import InputError

VECTORS = "vectors.npy"  # (V, D) float32, row by row
WORDS = "words.txt"  # UTF-8; each word is ended by "\n"


def write_vectors(folder: Path, embeddings: Embeddings, sha256: str = "") -> None:
    """Write embeddings into a folder that exists, for `read_vectors`.

    Args:
        folder: where to; files of an earlier write are overwritten.
        embeddings: what to write.
        sha256: of the file they were made from, if there is one.

    Raises:
        InputError: a word has a line break in it, is there twice, or is no valid Unicode.
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
            raise InputError(f"{word!r} has a line break; a word has to fit on one line.")
        if word in seen:
            raise InputError(f"{word!r} is there twice; each word has to be another one.")
        seen.add(word)
    try:
        return "".join(f"{word}\n" for word in embeddings.words).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"A word of {embeddings.name} is no valid Unicode: {error}.") from error


def read_vectors(folder: Path) -> Embeddings:
    """Return the embeddings that `write_vectors` wrote; their vectors stay on disk until used.

    Raises:
        DamagedModelError: the files are not what they should be.
    """
    manifest = read_manifest(folder)
    try:
        vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
        # Not splitlines(), which also breaks at U+2028 and its like: they are in real word lists.
        words = (folder / WORDS).read_bytes().decode("utf-8").split("\n")
        if words.pop() != "":
            raise ValueError(f"{WORDS} does not end with a line break")
        if len(set(words)) != len(words):
            raise ValueError(f"{WORDS} has the same word twice")
        return Embeddings(manifest.name, tuple(words), np.asarray(vectors))
    except (OSError, ValueError, InputError) as error:
        raise damaged(folder, str(error)) from error
