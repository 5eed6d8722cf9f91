"""The words nearest to other words plus a direction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.direction_checks import differences, leave_one_out_means
from core.geometry.directions import Direction
from core.geometry.neighbors import Neighbors, nearest_each

MAX_STARTS = 20  # words to which a direction is added; each takes one or two searches
NEIGHBORS = 10


@dataclass(frozen=True)
class Offset:
    """The words nearest to a word plus a direction; the word itself is left out.

    Args:
        start: the word.
        partner: the other word of its pair; or empty.
        neighbors: the words nearest to the sum, by cosine.
        held_out: the words nearest to the sum with the direction made without this pair; or None.
    """

    start: str
    partner: str
    neighbors: Neighbors
    held_out: Neighbors | None = None


def offset_words(
    embeddings: Embeddings,
    direction: Direction,
    starts: Sequence[str] = (),
    max_starts: int = MAX_STARTS,
) -> tuple[Offset, ...]:
    """Return the words nearest to words plus a direction (vector offset, Mikolov et al. 2013).

    Args:
        embeddings: the embeddings of the words.
        direction: the direction; it is not scaled to length one.
        starts: the words; by default the first words of the direction's own pairs.
        max_starts: only the first `max_starts` words are used.

    Raises:
        UnknownWordError: a word is not in the embeddings.

    >>> toy = Embeddings("toy", ["a", "b", "c"], np.array([[1, 0], [1, 1], [2, 0]], np.float32))
    >>> step = Direction("up", "low", "high", np.array([0.0, 1.0]))
    >>> offset_words(toy, step, ["a"])[0].neighbors.words
    ('b', 'c')
    """
    if starts:
        rows = embeddings.indices(starts[:max_starts])
        neighbors = _neighbors(embeddings, rows, np.tile(direction.vector, (len(rows), 1)))
        words = (embeddings.words[row] for row in rows.tolist())
        return tuple(Offset(word, "", near) for word, near in zip(words, neighbors, strict=True))
    if not direction.paired:
        return ()
    rows = embeddings.indices(direction.low[:max_starts])
    neighbors = _neighbors(embeddings, rows, np.tile(direction.vector, (len(rows), 1)))
    held_out: list[Neighbors | None] = [None] * len(rows)
    if len(direction.low) > 1:
        without = leave_one_out_means(differences(embeddings, direction))
        held_out = [*_neighbors(embeddings, rows, without[:max_starts])]
    pairs = zip(direction.low[:max_starts], direction.high[:max_starts], strict=True)
    return tuple(
        Offset(start, partner, near, fair)
        for (start, partner), near, fair in zip(pairs, neighbors, held_out, strict=True)
    )


def _neighbors(
    embeddings: Embeddings, rows: NDArray[np.intp], steps: NDArray[np.float64]
) -> list[Neighbors]:
    """Return the words nearest to each of N words plus a step (N, D), without the word itself."""
    sums = embeddings.vectors[rows].astype(np.float64) + steps
    return [
        near.take(np.flatnonzero(near.indices != row)[:NEIGHBORS])
        for near, row in zip(
            nearest_each(embeddings, sums, NEIGHBORS + 1), rows.tolist(), strict=True
        )
    ]
