"""Directions: differences of words with a meaning, and the coordinates of words on them.

A direction from pairs is the mean of their differences; one from two groups is the difference of
their means. A word's coordinate on it is the dot product of the two vectors (Bolukbasi et al. 2016,
"Man is to Computer Programmer as Woman is to Homemaker?"; Grand et al. 2022, "Semantic projection
recovers rich human knowledge of multiple object features from word embeddings").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.errors import InputError, NoDirectionError
from core.geometry.arithmetic import evaluate

FREQUENT_WORDS = 20_000  # searched for extremes
ROUNDING = 1e-12  # relative rounding error of a difference that cancels


@dataclass(frozen=True)
class Direction:
    """A direction in the embedding space, and the words it was made from.

    Args:
        name: its name.
        low_end: a short name of the end with low coordinates.
        high_end: a short name of the end with high coordinates.
        vector: (D,) float64, not zero, of any length.
        low: the words that it leads away from, as the embeddings spell them.
        high: the words that it leads to.
        paired: whether the words of `low` and `high` are pairs, in this order.
    """

    name: str
    low_end: str
    high_end: str
    vector: NDArray[np.float64]
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    paired: bool = False

    @property
    def length(self) -> float:
        """The length of the vector."""
        return float(np.linalg.norm(self.vector))


@dataclass(frozen=True)
class WordCoordinates:
    """Words and their coordinates on a direction.

    Args:
        words: N words.
        indices: their rows, (N,) intp.
        coordinates: (N,) float64.
    """

    words: tuple[str, ...]
    indices: NDArray[np.intp]
    coordinates: NDArray[np.float64]


@dataclass(frozen=True)
class Extremes:
    """The words with the lowest and highest coordinates, the most extreme first.

    Args:
        low: those with the lowest coordinates.
        high: those with the highest coordinates.
    """

    low: WordCoordinates
    high: WordCoordinates


def from_pairs(
    embeddings: Embeddings, pairs: Sequence[tuple[str, str]], name: str = ""
) -> Direction:
    """Return the mean of the differences of pairs, the second word minus the first.

    Args:
        embeddings: the embeddings of the words.
        pairs: such as `[("man", "woman"), ("king", "queen")]`.
        name: the name of the direction; by default its first pair.

    Raises:
        InputError: there is no pair.
        UnknownWordError: a word is not in the embeddings.
        NoDirectionError: the two words of a pair have the same vector, or the differences cancel.

    >>> toy = Embeddings("toy", ["cat", "cats"], np.array([[1, 0], [1, 2]], dtype=np.float32))
    >>> from_pairs(toy, [("cat", "cats")]).vector
    array([0., 2.])
    """
    if not pairs:
        raise InputError("There is no pair. Write two words, then a comma: man woman, king queen")
    low = embeddings.indices(first for first, _ in pairs)
    high = embeddings.indices(second for _, second in pairs)
    before, after = _vectors(embeddings, low), _vectors(embeddings, high)
    apart = np.linalg.norm(after - before, axis=1)
    for (first, second), far in zip(pairs, apart.tolist(), strict=True):
        if far == 0:
            raise NoDirectionError(
                f"'{first}' and '{second}' have the same vector, so nothing leads from one to the "
                "other. Change one of them."
            )
    vector = (after - before).mean(axis=0)
    ends = (embeddings.words[int(low[0])], embeddings.words[int(high[0])])
    _refuse_zero(vector, float(apart.max()), "The differences of these pairs cancel out")
    words = (_words(embeddings, low), _words(embeddings, high))
    return Direction(name or " → ".join(ends), *ends, vector, *words, paired=True)


def from_groups(
    embeddings: Embeddings, low: Sequence[str], high: Sequence[str], name: str = ""
) -> Direction:
    """Return the difference of the means of two groups of words.

    Args:
        embeddings: the embeddings of the words.
        low: the words that it leads away from.
        high: the words that it leads to.
        name: the name of the direction; by default the first word of each group.

    Raises:
        InputError: a group is empty.
        UnknownWordError: a word is not in the embeddings.
        NoDirectionError: both groups have the same mean.

    >>> toy = Embeddings("toy", ["up", "down"], np.array([[0, 1], [0, -1]], dtype=np.float32))
    >>> from_groups(toy, ["down"], ["up"]).vector
    array([0., 2.])
    """
    if not low or not high:
        raise InputError("A group is empty. Each of the two groups needs at least one known word.")
    rows = embeddings.indices(low), embeddings.indices(high)
    before, after = (_vectors(embeddings, group) for group in rows)
    vector = after.mean(axis=0) - before.mean(axis=0)
    longest = float(np.linalg.norm(np.vstack([before, after]), axis=1).max())
    _refuse_zero(vector, longest, "The two groups have the same mean")
    words = (_words(embeddings, rows[0]), _words(embeddings, rows[1]))
    ends = (words[0][0], words[1][0])
    return Direction(name or " → ".join(ends), *ends, vector, *words)


def from_expression(embeddings: Embeddings, expression: str, name: str = "") -> Direction:
    """Return the vector of an expression, such as `cats - cat`, as a direction.

    Args:
        embeddings: the embeddings of the words.
        expression: an expression for `core.geometry.arithmetic.evaluate`.
        name: the name of the direction; by default the expression.

    Raises:
        ExpressionError, UnknownWordError, NoDirectionError: as `evaluate` does.

    >>> toy = Embeddings("toy", ["cat", "cats"], np.array([[1, 0], [1, 2]], dtype=np.float32))
    >>> from_expression(toy, "cats - cat").low
    ('cat',)
    """
    total = evaluate(embeddings, expression)
    signs = list(zip(total.words, total.weights.tolist(), strict=True))
    low = tuple(dict.fromkeys(word for word, weight in signs if weight < 0))
    high = tuple(dict.fromkeys(word for word, weight in signs if weight > 0))
    ends = (low[0] if low else "less", high[0] if high and low else "more")
    return Direction(name or expression.strip(), *ends, total.vector, low, high)


def from_dimension(embeddings: Embeddings, number: int, name: str = "") -> Direction:
    """Return one dimension of the vectors as a direction.

    Args:
        embeddings: embeddings of D dimensions.
        number: the number of the dimension, 1 to D.
        name: the name of the direction; by default such as `dimension 17`.

    Raises:
        InputError: there is no such dimension.

    >>> from_dimension(Embeddings("toy", ["a"], np.ones((1, 3), dtype=np.float32)), 2).vector
    array([0., 1., 0.])
    """
    if not 1 <= number <= embeddings.dimensions:
        raise InputError(
            f"{embeddings.name} has dimensions 1 to {embeddings.dimensions}, not {number}."
        )
    vector = np.zeros(embeddings.dimensions)
    vector[number - 1] = 1
    return Direction(name or f"dimension {number}", "less", "more", vector)


def coordinates(
    embeddings: Embeddings, direction: Direction, rows: ArrayLike, *, length_one: bool = False
) -> NDArray[np.float64]:
    """Return the coordinates of words on a direction: the dot products of their vectors with it.

    Args:
        embeddings: the embeddings of the words.
        direction: the direction, of any length.
        rows: the rows of the words, (N,) integers.
        length_one: whether the direction is scaled to length one first.

    Returns:
        (N,) float64.

    >>> toy = Embeddings("toy", ["a", "b"], np.array([[1, 0], [2, 3]], dtype=np.float32))
    >>> coordinates(toy, from_dimension(toy, 2), [0, 1])
    array([0., 3.])
    """
    vector = direction.vector / direction.length if length_one else direction.vector
    # Unlike with a matrix product, a word's coordinate does not depend on the other words.
    products: NDArray[np.float64] = np.einsum("nd,d->n", _vectors(embeddings, rows), vector)
    return products


def extremes(
    embeddings: Embeddings, direction: Direction, count: int = 10, among: int = FREQUENT_WORDS
) -> Extremes:
    """Return the frequent words with the lowest and the highest coordinates on a direction.

    Words with digits or signs are skipped: most of them are phone numbers and dates.

    Args:
        embeddings: V words, the most frequent first.
        direction: the direction, of any length.
        count: number of words at each end.
        among: number of most frequent words that are searched.

    >>> toy = Embeddings("toy", ["a", "b", "c"], np.array([[1], [3], [2]], dtype=np.float32))
    >>> extremes(toy, from_dimension(toy, 1), count=2).high.words
    ('b', 'c')
    """
    along = coordinates(embeddings, direction, np.arange(min(max(among, 0), len(embeddings))))
    ends = []
    for sign in (1, -1):
        order = np.argsort(sign * along, kind="stable").tolist()
        spelled = (row for row in order if embeddings.words[row].isalpha())
        rows = np.array(list(islice(spelled, max(count, 0))), dtype=np.intp)
        ends.append(WordCoordinates(_words(embeddings, rows), rows, along[rows]))
    return Extremes(*ends)


def cosine(one: Direction, other: Direction) -> float:
    """Return the cosine of the angle between two directions: 0 if they are perpendicular."""
    return float(one.vector @ other.vector / (one.length * other.length))


def _vectors(embeddings: Embeddings, rows: ArrayLike) -> NDArray[np.float64]:
    return embeddings.vectors[np.asarray(rows, dtype=np.intp)].astype(np.float64)


def _words(embeddings: Embeddings, rows: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(embeddings.words[row] for row in rows.tolist())


def _refuse_zero(vector: NDArray[np.float64], size: float, reason: str) -> None:
    """Raise `NoDirectionError` for a vector that is zero up to rounding, relative to `size`."""
    if np.linalg.norm(vector) <= ROUNDING * size:
        raise NoDirectionError(
            f"{reason}: the result is the zero vector, which has no direction. Change a word."
        )
