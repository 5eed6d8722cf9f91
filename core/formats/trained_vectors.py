"""Files of vectors that were trained here: safetensors, or word2vec's text format."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from core.embeddings import Embeddings
from core.errors import FormatError, InputError
from core.files import atomic_write
from core.formats.checked_rows import checked
from core.formats.vector_file import Choices, Loaded, VectorFile
from core.formats.word2vec_text import text_lines

NAME = "trained vectors of the Embedding Playground"
MAX_HEADER = 10_000  # bytes
Array = NDArray[Any]
FORMAT = "embedding-playground-vectors-1"
TEXT_SUFFIXES = (".txt", ".vec")


def write_trained(path: Path, embeddings: Embeddings) -> None:
    """Write vectors: as word2vec's text if the path ends in .txt or .vec, else as safetensors.

    Raises:
        InputError: they could not be written; an existing file is left unchanged.
    """
    with atomic_write(path) as part, part.open("wb") as file:
        if path.suffix in TEXT_SUFFIXES:
            file.writelines(text_lines(embeddings))
        else:
            file.write(vectors_as_safetensors(embeddings))


def vectors_as_safetensors(embeddings: Embeddings) -> bytes:
    """Return a safetensors file with the tensors `vectors`, (V, D) float32, and `words`, uint8.

    The words are UTF-8 text, each ended by a line break; the format has no strings.

    >>> toy = Embeddings("toy", ["king", "queen"], np.eye(2, dtype=np.float32))
    >>> len(vectors_as_safetensors(toy)) > 16
    True
    """
    words = "".join(f"{word}\n" for word in embeddings.words).encode("utf-8", "replace")
    tensors: dict[str, Array] = {
        "vectors": np.ascontiguousarray(embeddings.vectors),
        "words": np.frombuffer(words, dtype=np.uint8),
    }
    return save(tensors, {"format": FORMAT, "name": embeddings.name})


def read_trained(path: Path) -> Embeddings:
    """Return the vectors in a file of any format that is read here.

    Raises:
        InputError: there is no such file, or it holds no word vectors.
    """
    from core.formats import read_vectors

    return read_vectors(path).embeddings


def sniff(file: VectorFile) -> bool:
    """Return whether `vectors_as_safetensors` made the file."""
    head = file.head
    size = int.from_bytes(head[:8], "little")
    return head[8:9] == b"{" and size < MAX_HEADER and FORMAT.encode() in head[8 : 8 + size]


def read(file: VectorFile, choices: Choices) -> Loaded:
    """Return the vectors in a file that `vectors_as_safetensors` made.

    Raises:
        FormatError: the file is cut or damaged.
    """
    try:
        with safe_open(file.path, framework="numpy") as opened:
            name = (opened.metadata() or {})["name"]
            words = opened.get_tensor("words").tobytes().decode("utf-8").split("\n")[:-1]
            whole = Embeddings(name, words, opened.get_tensor("vectors"))
    except (OSError, SafetensorError, KeyError, ValueError, AttributeError, InputError) as error:
        raise FormatError(
            file.name, f"the file is damaged ({error}). Save the vectors again."
        ) from error
    count = len(whole) if choices.limit is None else min(len(whole), max(choices.limit, 1))
    notes = [f"Only the first {count:,} words were read."] if count < len(whole) else []
    loaded = checked(file, NAME, words[:count], whole.vectors[:count].copy(), notes, unit="word")
    return replace(loaded, embeddings=replace(loaded.embeddings, name=name))
