"""The middles of a direction: of all frequent words, and of the words that it was made from."""

from dataclasses import dataclass

import numpy as np

from core.embeddings import Embeddings
from core.geometry.directions import FREQUENT_WORDS, Direction, coordinates


@dataclass(frozen=True)
class Middles:
    """Coordinates on a direction with which those of words can be compared.

    Args:
        words: the median coordinate of the frequent words: half of them lie below it, half above.
        low: the mean coordinate of the words that the direction leads away from, or None without
            such words.
        high: the mean coordinate of the words that it leads to, or None without such words.
    """

    words: float
    low: float | None
    high: float | None

    @property
    def halfway(self) -> float | None:
        """The middle between the means of both ends, or None if an end has no words."""
        if self.low is None or self.high is None:
            return None
        return (self.low + self.high) / 2


def middles(
    embeddings: Embeddings,
    direction: Direction,
    *,
    length_one: bool = False,
    among: int = FREQUENT_WORDS,
) -> Middles:
    """Return the middles of a direction.

    Args:
        embeddings: one or more words, the most frequent first.
        direction: the direction, of any length.
        length_one: whether the direction is scaled to length one first.
        among: number of most frequent words of which the median is taken, 1 or more.

    >>> toy = Embeddings("toy", ["a", "b", "c"], np.array([[1], [3], [8]], dtype=np.float32))
    >>> found = middles(toy, Direction("size", "a", "b", np.array([1.0]), ("a",), ("b",)))
    >>> found.words, found.halfway
    (3.0, 2.0)
    """
    rows = range(min(among, len(embeddings)))
    frequent = coordinates(embeddings, direction, rows, length_one=length_one)
    ends = (
        coordinates(embeddings, direction, embeddings.indices(words), length_one=length_one)
        for words in (direction.low, direction.high)
    )
    low, high = (float(end.mean()) if len(end) else None for end in ends)
    return Middles(float(np.median(frequent)), low, high)
