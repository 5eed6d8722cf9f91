"""Which words a map draws."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings, Matrix
from core.geometry.units import unit_rows
from core.layouts.array_store import words_digest
from core.layouts.curated_words import lesson_words

WITH_LESSONS_FROM = 1_000  # words; among fewer, those of the lessons would be most of the picture


@dataclass(frozen=True, eq=False)
class DrawnWords:
    """Some words of embeddings, the most frequent first.

    Args:
        source: the name of the embeddings.
        rows: their rows in the embeddings, (N,) intp, ascending.
        words: N words.
        vectors: (N, D) float32, read-only.
        frequent: how many are here for being the most frequent ones.
        order: as in `Embeddings`.
    """

    source: str
    rows: NDArray[np.intp]
    words: Sequence[str]
    vectors: Matrix
    frequent: int
    order: Literal["most frequent", "first"] = "most frequent"

    def __len__(self) -> int:
        return len(self.words)

    def place(self, row: int) -> int | None:
        """Return the place of a row of the embeddings among the drawn words, or None."""
        place = int(np.searchsorted(self.rows, row))
        return place if place < len(self.rows) and self.rows[place] == row else None

    @cached_property
    def digest(self) -> str:
        """What stands for exactly these words with these vectors."""
        digest = hashlib.blake2b(words_digest(self.words).encode(), digest_size=16)
        digest.update(np.ascontiguousarray(self.vectors).reshape(-1).data)
        return digest.hexdigest()

    @cached_property
    def units(self) -> Matrix:
        """The vectors with length one, (N, D) float32: their distances order as angles do."""
        units = unit_rows(self.vectors, np.float32)
        units.flags.writeable = False
        return units


def most_frequent(embeddings: Embeddings, count: int) -> DrawnWords:
    """Return the `count` most frequent words and, from a thousand on, those of the lessons.

    >>> toy = Embeddings("toy", ["the", "of", "king"], np.eye(3, dtype=np.float32))
    >>> most_frequent(toy, 2).words
    ['the', 'of']
    """
    count = min(count, len(embeddings))
    rarer: list[int] = []
    if count >= WITH_LESSONS_FROM:
        known = (embeddings.index(word) for word in lesson_words() if word in embeddings)
        rarer = sorted(row for row in known if row >= count)
    if not rarer:  # a view of the words that are there already
        words, vectors = embeddings.words[:count], embeddings.vectors[:count]
        return DrawnWords(
            embeddings.name, np.arange(count), words, vectors, count, embeddings.order
        )
    return _taken(embeddings, [*range(count), *rarer], count)


def chosen(embeddings: Embeddings, rows: Iterable[int], frequent: int = 0) -> DrawnWords:
    """Return the words in these rows, each once; say how many are there for being frequent."""
    return _taken(embeddings, sorted(set(rows)), frequent)


def _taken(embeddings: Embeddings, rows: Sequence[int], frequent: int) -> DrawnWords:
    vectors = embeddings.vectors[list(rows)]
    vectors.flags.writeable = False
    words = [embeddings.words[row] for row in rows]
    places = np.array(rows, dtype=np.intp)
    return DrawnWords(embeddings.name, places, words, vectors, frequent, embeddings.order)
