"""The consistency of a direction: each of its words or pairs compared with all others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.directions import Direction
from core.geometry.units import unit_rows


@dataclass(frozen=True)
class DirectionCheck:
    """The fit of each pair, or each word of two groups, to the direction made from the others.

    The difference of a pair is its second vector minus its first; that of a word is its vector
    minus the middle between the means of both groups, with the sign of its own group.

    Args:
        labels: N pairs or words.
        cosines: (N,) float64, of each difference with the whole direction.
        held_out_cosines: (N,) float64, of each difference with the direction made without it.
        margins: (N,) float64, the dot product of each difference with the direction made without
            it. Below 0, the pair is in the wrong order or the word on the wrong side of the middle.
        agreement: the mean cosine of two differences. Unlike the other figures, it does not grow
            with their number.
    """

    labels: tuple[str, ...]
    cosines: NDArray[np.float64]
    held_out_cosines: NDArray[np.float64]
    margins: NDArray[np.float64]
    agreement: float

    @property
    def correct(self) -> int:
        """The number of pairs or words that the direction made without them puts in order."""
        return int((self.margins > 0).sum())


def check(embeddings: Embeddings, direction: Direction) -> DirectionCheck | None:
    """Return the consistency of a direction by leave-one-out.

    Each pair is left out in turn and the direction made from the other pairs, which should still
    put the second word above the first. Of two groups, each word is left out in turn; it should
    still be on its own side of the middle between the two means.

    Args:
        embeddings: the embeddings of the words.
        direction: a direction from pairs or from two groups.

    Returns:
        The check, or None if there is nothing to leave out: one pair, a group of one word, or no
        words.

    >>> toy = Embeddings("toy", ["a", "b", "c", "d"],
    ...                  np.array([[0, 0], [1, 1], [0, 1], [1, 2]], dtype=np.float32))
    >>> step = Direction("up", "a", "b", np.ones(2), ("a", "c"), ("b", "d"), paired=True)
    >>> check(toy, step).correct
    2
    """
    if direction.paired:
        return _check_pairs(embeddings, direction) if len(direction.low) > 1 else None
    if min(len(direction.low), len(direction.high)) < 2:
        return None
    return _check_groups(embeddings, direction)


def _check_pairs(embeddings: Embeddings, direction: Direction) -> DirectionCheck:
    own = differences(embeddings, direction)
    pairs = zip(direction.low, direction.high, strict=True)
    labels = tuple(f"{low} → {high}" for low, high in pairs)
    return _compared(labels, direction, own, leave_one_out_means(own))


def _check_groups(embeddings: Embeddings, direction: Direction) -> DirectionCheck:
    low, high = (_vectors(embeddings, words) for words in (direction.low, direction.high))
    own, without = [], []
    for group, other_mean, sign in ((low, high.mean(axis=0), -1), (high, low.mean(axis=0), 1)):
        mean = leave_one_out_means(group)
        own.append(sign * (group - (mean + other_mean) / 2))
        without.append(sign * (mean - other_mean))
    labels = direction.low + direction.high
    return _compared(labels, direction, np.vstack(own), np.vstack(without))


def differences(embeddings: Embeddings, direction: Direction) -> NDArray[np.float64]:
    """Return the difference of each of P pairs, (P, D) float64."""
    return _vectors(embeddings, direction.high) - _vectors(embeddings, direction.low)


def leave_one_out_means(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each of P > 1 rows (P, D), the mean of the others, (P, D) float64.

    >>> leave_one_out_means(np.array([[1.0], [2.0], [6.0]]))
    array([[4. ],
           [3.5],
           [1.5]])
    """
    # Computed separately: subtracting a row from the sum of all leaves rounding errors if the
    # others cancel.
    return np.array([np.delete(rows, row, axis=0).mean(axis=0) for row in range(len(rows))])


def _compared(
    labels: tuple[str, ...],
    direction: Direction,
    own: NDArray[np.float64],
    without: NDArray[np.float64],
) -> DirectionCheck:
    """Compare differences (N, D) with a direction and with those made without each (N, D)."""
    whole = np.broadcast_to(direction.vector, own.shape)
    margins: NDArray[np.float64] = np.einsum("nd,nd->n", own, without)
    units = unit_rows(own)
    # The squared length of the sum of the units has each product with itself once, others twice.
    count, squared = len(own), float(np.square(units.sum(axis=0)).sum())
    agreement = (squared - float(np.square(units).sum())) / (count * (count - 1))
    return DirectionCheck(labels, _cosines(own, whole), _cosines(own, without), margins, agreement)


def _cosines(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine of each row with the same row of another matrix; 0 with a zero vector."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    products: NDArray[np.float64] = np.einsum("nd,nd->n", one, other)
    cosines: NDArray[np.float64] = np.divide(
        products, lengths, out=np.zeros_like(products), where=lengths > 0
    )
    return cosines


def _vectors(embeddings: Embeddings, words: Sequence[str]) -> NDArray[np.float64]:
    return embeddings.vectors[embeddings.indices(words)].astype(np.float64)
