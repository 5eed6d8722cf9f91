"""The text format of word2vec: a line per word, with the word and its coordinates."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.embeddings import Embeddings, Vector
from core.errors import InputError
from core.formats.text_lines import counted


def vectors_as_text(embeddings: Embeddings) -> bytes:
    """Return vectors in the format that word2vec writes and gensim's `load_word2vec_format` reads.

    The first line has V and D; each of the others has a word and its D numbers.

    >>> print(vectors_as_text(Embeddings("toy", ["king"], np.eye(1, 2, dtype=np.float32))).decode())
    1 2
    king 1 0
    <BLANKLINE>
    """
    buffer = io.BytesIO()
    buffer.writelines(text_lines(embeddings))
    return buffer.getvalue()


def text_lines(embeddings: Embeddings) -> Iterator[bytes]:
    """Yield the lines of `vectors_as_text`."""
    yield f"{len(embeddings)} {embeddings.dimensions}\n".encode()
    for word, row in zip(embeddings.words, embeddings.vectors, strict=True):
        # Nine digits are enough to restore each float32 exactly.
        numbers = " ".join(f"{number:.9g}" for number in row.tolist())
        yield f"{word} {numbers}\n".encode("utf-8", "replace")


def read_text(path: Path) -> Embeddings:
    """Return the vectors in a file of this format, compressed with gzip or not.

    The first line may be missing, as in GloVe's files. If a word occurs twice, its first vector is
    used.

    Raises:
        InputError: there is no such file, or one of its lines is not in this format.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    rows: dict[str, Vector] = {}
    dimensions = 0
    try:
        with opener(path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                # Words may contain spaces, as in GloVe: count the numbers from the end of the line.
                word, *numbers = line.rstrip().rsplit(" ", dimensions or -1)
                if number == 1 and len(numbers) == 1 and numbers[0].isdecimal():
                    dimensions = int(numbers[0])
                    continue
                dimensions = dimensions or len(numbers)
                if word not in rows:
                    rows[word] = _vector(numbers, dimensions, number)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise InputError(f"{path.name} cannot be read as word vectors: {error}.") from error
    if not rows:
        raise InputError(f"{path.name} cannot be read as word vectors: it has no words.")
    name = path.name.partition(".")[0]
    return Embeddings(name, tuple(rows), np.stack(list(rows.values())))


def _vector(numbers: list[str], dimensions: int, line: int) -> Vector:
    if len(numbers) != dimensions or not numbers:
        raise ValueError(
            f"line {line} has {counted(numbers, 'number')} after its word, "
            f"expected {dimensions or 'at least one'}"
        )
    try:
        with np.errstate(over="ignore"):  # a number that is too large becomes infinite; see below
            vector = np.array(numbers, dtype=np.float32)
    except ValueError as error:
        raise ValueError(f"line {line} has something that is not a number") from error
    if not np.isfinite(vector).all():
        raise ValueError(f"line {line} has a number that is not finite")
    return vector
