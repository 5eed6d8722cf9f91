"""How far a direction can be trusted: what its own words say of it, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.directions import Direction
from core.geometry.neighbors import Neighbors, nearest_each
from core.geometry.units import unit_rows

MOST = 20  # pairs whose way is looked at: each takes a search or two
NEAR = 10  # how many words are looked at where a direction leads


@dataclass(frozen=True)
class Check:
    """How well each pair, or each word of two groups, fits the direction of the others.

    Args:
        labels: N pairs, or words.
        cosines: (N,) float64, of its own difference with the whole direction.
        others: (N,) float64, of its own difference with the direction made without it.
        margins: (N,) float64, how far the direction made without it puts the second word of the
            pair above the first, or a word on the right side of the middle; below 0 it is wrong.
        agreement: the mean cosine of two of the own differences; unlike the others, it does not
            grow with their number.
    """

    labels: tuple[str, ...]
    cosines: NDArray[np.float64]
    others: NDArray[np.float64]
    margins: NDArray[np.float64]
    agreement: float

    @property
    def right(self) -> int:
        """How many are ordered rightly by the direction that was made without them."""
        return int((self.margins > 0).sum())


@dataclass(frozen=True)
class Arrival:
    """Where a direction leads from a word, the word itself left out.

    Args:
        start: the word.
        partner: the word where it should lead, or nothing.
        near: the words nearest to the start plus the direction, by cosine.
        without_own: the same with the direction that was made without this pair, or None where
            that is not possible.
    """

    start: str
    partner: str
    near: Neighbors
    without_own: Neighbors | None = None


def check(embeddings: Embeddings, direction: Direction) -> Check | None:
    """Return what the words of a direction say of it, each held against the others.

    A pair is left out and the direction made again from the other pairs; then it should still put
    the second word above the first. For two groups a word at a time is left out; it should still
    lie on its own side of the middle between the two means.

    Args:
        embeddings: where the vectors come from.
        direction: from pairs or from two groups.

    Returns:
        None where nothing is left to check with: one pair, a group of one word, no words at all.
    """
    if direction.paired:
        return _check_pairs(embeddings, direction) if len(direction.low) > 1 else None
    if min(len(direction.low), len(direction.high)) < 2:
        return None
    return _check_groups(embeddings, direction)


def _check_pairs(embeddings: Embeddings, direction: Direction) -> Check:
    own = differences(embeddings, direction)
    pairs = zip(direction.low, direction.high, strict=True)
    labels = tuple(f"{low} → {high}" for low, high in pairs)
    return _check(labels, direction, own, without_each(own))


def _check_groups(embeddings: Embeddings, direction: Direction) -> Check:
    low, high = (_vectors(embeddings, words) for words in (direction.low, direction.high))
    own, without = [], []
    for group, far, sign in ((low, high.mean(axis=0), -1), (high, low.mean(axis=0), 1)):
        mean = without_each(group)
        # From the middle between both means to the word, as seen along the direction.
        own.append(sign * (group - (mean + far) / 2))
        without.append(sign * (mean - far))
    return _check(direction.low + direction.high, direction, np.vstack(own), np.vstack(without))


def differences(embeddings: Embeddings, direction: Direction) -> NDArray[np.float64]:
    """Return each pair's own difference, (P, D) float64."""
    return _vectors(embeddings, direction.high) - _vectors(embeddings, direction.low)


def without_each(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each of P > 1 rows (P, D), the mean of the others.

    >>> without_each(np.array([[1.0], [2.0], [6.0]]))
    array([[4. ],
           [3.5],
           [1.5]])
    """
    # Each mean anew: to take one row away from the sum of all would leave rounding where the
    # others cancel.
    return np.array([np.delete(rows, place, axis=0).mean(axis=0) for place in range(len(rows))])


def arrivals(
    embeddings: Embeddings, direction: Direction, starts: Sequence[str] = (), most: int = MOST
) -> tuple[Arrival, ...]:
    """Return where a direction leads from words: which words are nearest to their sum.

    Args:
        embeddings: where the vectors come from.
        direction: as it is, not scaled to length one.
        starts: words; if none are given, the first words of the direction's own pairs.
        most: how many of them are looked at.

    Raises:
        UnknownWordError: a word is not in the embeddings.

    >>> toy = Embeddings("toy", ["a", "b", "c"], np.array([[1, 0], [1, 1], [2, 0]], np.float32))
    >>> step = Direction("up", "low", "high", np.array([0.0, 1.0]))
    >>> arrivals(toy, step, ["a"])[0].near.words
    ('b', 'c')
    """
    if starts:
        rows = embeddings.indices(starts[:most])
        near = _near(embeddings, rows, np.tile(direction.vector, (len(rows), 1)))
        words = (embeddings.words[row] for row in rows.tolist())
        return tuple(Arrival(word, "", found) for word, found in zip(words, near, strict=True))
    if not direction.paired:
        return ()
    rows = embeddings.indices(direction.low[:most])
    near = _near(embeddings, rows, np.tile(direction.vector, (len(rows), 1)))
    fair: list[Neighbors | None] = [None] * len(rows)
    if len(direction.low) > 1:
        fair = [*_near(embeddings, rows, without_each(differences(embeddings, direction))[:most])]
    ends = zip(direction.low[:most], direction.high[:most], strict=True)
    return tuple(
        Arrival(start, partner, found, held_out)
        for (start, partner), found, held_out in zip(ends, near, fair, strict=True)
    )


def _near(
    embeddings: Embeddings, rows: NDArray[np.intp], steps: NDArray[np.float64]
) -> list[Neighbors]:
    """Return the words nearest to each of N words plus a step (N, D), itself left out."""
    sums = embeddings.vectors[rows].astype(np.float64) + steps
    found = nearest_each(embeddings, sums, NEAR + 1)
    return [
        near.take(np.flatnonzero(near.indices != row)[:NEAR])
        for near, row in zip(found, rows.tolist(), strict=True)
    ]


def _check(
    labels: tuple[str, ...],
    direction: Direction,
    own: NDArray[np.float64],
    without: NDArray[np.float64],
) -> Check:
    """Return how rows (N, D) agree with a direction, and with those made without each (N, D)."""
    whole = np.broadcast_to(direction.vector, own.shape)
    margins: NDArray[np.float64] = np.einsum("nd,nd->n", own, without)
    units = unit_rows(own)
    # The sum of all units, squared, holds each with itself and each two of them twice.
    count, squared = len(own), float(np.square(units.sum(axis=0)).sum())
    agreement = (squared - float(np.square(units).sum())) / (count * (count - 1))
    return Check(labels, _cosines(own, whole), _cosines(own, without), margins, agreement)


def _cosines(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine of each row with the row in the same place; 0 where one is zero."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    products: NDArray[np.float64] = np.einsum("nd,nd->n", one, other)
    found: NDArray[np.float64] = np.divide(
        products, lengths, out=np.zeros_like(products), where=lengths > 0
    )
    return found


def _vectors(embeddings: Embeddings, words: Sequence[str]) -> NDArray[np.float64]:
    return embeddings.vectors[embeddings.indices(words)].astype(np.float64)
