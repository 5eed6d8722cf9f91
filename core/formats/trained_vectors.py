"""Files of trained word vectors: safetensors, or word2vec's text format."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from core.embeddings import Embeddings
from core.errors import InputError
from core.files import atomic_write
from core.formats.word2vec_text import read_text, text_lines

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
    """Return the vectors that `write_trained` wrote, or others in word2vec's text format.

    Files ending in .txt, .vec or .gz are read as word2vec's text, others as safetensors.

    Raises:
        InputError: there is no such file, or it holds no word vectors.
    """
    if path.suffix in (*TEXT_SUFFIXES, ".gz"):
        return read_text(path)
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            if metadata.get("format") != FORMAT:
                raise InputError(
                    f"{path.name} holds no word vectors written by the Embedding Playground."
                )
            words = file.get_tensor("words").tobytes().decode("utf-8").split("\n")[:-1]
            return Embeddings(metadata["name"], tuple(words), file.get_tensor("vectors"))
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read as word vectors: {error}.") from error
