"""The words of a map."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings, Matrix, Unit
from core.geometry.units import unit_rows
from core.layouts.array_store import words_digest
from core.layouts.curated_words import curated_words

MIN_WORDS_WITH_CURATED = 1_000  # with fewer, most of the map would be curated words


@dataclass(frozen=True, eq=False)
class MapWords:
    """Some words of embeddings, the most frequent first.

    Args:
        source: the name of the embeddings.
        rows: their rows in the embeddings, (N,) intp, ascending.
        words: N words.
        vectors: (N, D) float32, read-only.
        frequent: number of words that are on the map because they are the most frequent.
        order: as in `Embeddings`.
        unit: as in `Embeddings`.
    """

    source: str
    rows: NDArray[np.intp]
    words: Sequence[str]
    vectors: Matrix
    frequent: int
    order: Literal["most frequent", "first"] = "most frequent"
    unit: Unit = "word"

    def __len__(self) -> int:
        return len(self.words)

    @property
    def nbytes(self) -> int:
        """The bytes that are kept for the map alone: not those of the embeddings that it views."""
        size = self.rows.nbytes + 8 * len(self.words)
        if self.vectors.base is None:
            size += self.vectors.nbytes
        if "units" in self.__dict__:
            size += self.units.nbytes
        return size

    def position(self, row: int) -> int | None:
        """Return the position of a row of the embeddings among the words of the map, or None."""
        position = int(np.searchsorted(self.rows, row))
        known = position < len(self.rows) and self.rows[position] == row
        return position if known else None

    @cached_property
    def digest(self) -> str:
        """A digest of the words and their vectors."""
        digest = hashlib.blake2b(words_digest(self.words).encode(), digest_size=16)
        digest.update(np.ascontiguousarray(self.vectors).reshape(-1).data)
        return digest.hexdigest()

    @cached_property
    def units(self) -> Matrix:
        """The vectors with length one, (N, D) float32: distances order them as angles do."""
        units = unit_rows(self.vectors, np.float32)
        units.flags.writeable = False
        return units


def most_frequent(embeddings: Embeddings, count: int) -> MapWords:
    """Return the `count` most frequent words and, with a thousand or more, the curated words.

    >>> toy = Embeddings("toy", ["the", "of", "king"], np.eye(3, dtype=np.float32))
    >>> most_frequent(toy, 2).words
    ['the', 'of']
    """
    count = min(count, len(embeddings))
    rarer: list[int] = []
    if count >= MIN_WORDS_WITH_CURATED:
        known = (embeddings.index(word) for word in curated_words() if word in embeddings)
        rarer = sorted(row for row in known if row >= count)
    if not rarer:  # a view of the words that are there already
        words, vectors = embeddings.words[:count], embeddings.vectors[:count]
        rows = np.arange(count)
        order, unit = embeddings.order, embeddings.unit
        return MapWords(embeddings.name, rows, words, vectors, count, order, unit)
    return _taken(embeddings, [*range(count), *rarer], count)


def chosen(embeddings: Embeddings, rows: Iterable[int], frequent: int = 0) -> MapWords:
    """Return the words in some rows, each once; `frequent` is kept as it is given."""
    return _taken(embeddings, sorted(set(rows)), frequent)


def _taken(embeddings: Embeddings, rows: Sequence[int], frequent: int) -> MapWords:
    vectors = embeddings.vectors[list(rows)]
    vectors.flags.writeable = False
    words = [embeddings.words[row] for row in rows]
    indices = np.array(rows, dtype=np.intp)
    order, unit = embeddings.order, embeddings.unit
    return MapWords(embeddings.name, indices, words, vectors, frequent, order, unit)
