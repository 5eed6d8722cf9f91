"""Directions: differences of words that carry a meaning, and where words lie along them.

A direction from pairs is the mean of their differences; one from two groups is the difference of
their means. A word's coordinate on it is the dot product of the two vectors (Bolukbasi et al. 2016,
"Man is to Computer Programmer as Woman is to Homemaker?"; Grand et al. 2022, "Semantic projection
recovers rich human knowledge of multiple object features from word embeddings").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.errors import InputError, NoDirectionError
from core.geometry.arithmetic import evaluate

FREQUENT = 20_000  # the words that count as usual ones
ROUNDING = 1e-12  # what is left of a difference that cancels, as a share of what went in


@dataclass(frozen=True)
class Direction:
    """A direction in the space of words, and the words it was made from.

    Args:
        name: what it is called.
        low_end: what one finds against the direction, in a word or two.
        high_end: what one finds along it.
        vector: (D,) float64, not zero, of any length.
        low: the words it leads away from, as the embeddings spell them.
        high: the words it leads to.
        paired: whether each word of `low` belongs to the one of `high` in the same place.
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
class Placed:
    """Words, and where they lie along a direction.

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
    """The words that lie furthest out, the furthest first.

    Args:
        low: those furthest against the direction.
        high: those furthest along it.
    """

    low: Placed
    high: Placed


def from_pairs(
    embeddings: Embeddings, pairs: Sequence[tuple[str, str]], name: str = ""
) -> Direction:
    """Return the mean of the differences of pairs, the second word minus the first.

    Args:
        embeddings: where the vectors come from.
        pairs: such as `[("man", "woman"), ("king", "queen")]`.
        name: what it is called; else by its first pair.

    Raises:
        InputError: there is no pair.
        UnknownWordError: a word is not in the embeddings.
        NoDirectionError: the two words of a pair have the same vector, or the differences cancel.

    >>> toy = Embeddings("toy", ["cat", "cats"], np.array([[1, 0], [1, 2]], dtype=np.float32))
    >>> from_pairs(toy, [("cat", "cats")]).vector
    array([0., 2.])
    """
    if not pairs:
        raise InputError("No pair came. Write two words, then a comma: man woman, king queen")
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
        embeddings: where the vectors come from.
        low: the words it leads away from.
        high: the words it leads to.
        name: what it is called; else by the first word of each.

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
    """Return the vector that an expression gives, such as `cats - cat`, as a direction.

    Raises:
        as `core.geometry.arithmetic.evaluate` does.

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
    """Return one of the vectors' own coordinates as a direction.

    Args:
        embeddings: of D dimensions.
        number: 1 to D.
        name: what it is called; else `dimension 17`.

    Raises:
        InputError: there is no such dimension.

    >>> from_dimension(Embeddings("toy", ["a"], np.ones((1, 3), dtype=np.float32)), 2).vector
    array([0., 1., 0.])
    """
    if not 1 <= number <= embeddings.dimensions:
        raise InputError(
            f"Dimension {number} was asked for; {embeddings.name} has 1 to {embeddings.dimensions}."
        )
    vector = np.zeros(embeddings.dimensions)
    vector[number - 1] = 1
    return Direction(name or f"dimension {number}", "less", "more", vector)


def coordinates(
    embeddings: Embeddings, direction: Direction, rows: ArrayLike, *, length_one: bool = False
) -> NDArray[np.float64]:
    """Return where words lie along a direction: the dot products of their vectors with it.

    Args:
        embeddings: where the vectors come from.
        direction: of any length.
        rows: of N words.
        length_one: whether the direction is shortened or stretched to length one first.

    >>> toy = Embeddings("toy", ["a", "b"], np.array([[1, 0], [2, 3]], dtype=np.float32))
    >>> coordinates(toy, from_dimension(toy, 2), [0, 1])
    array([0., 3.])
    """
    vector = direction.vector / direction.length if length_one else direction.vector
    # Row by row, unlike a matrix product: a word has the same coordinate in every company.
    found: NDArray[np.float64] = np.einsum("nd,d->n", _vectors(embeddings, rows), vector)
    return found


def extremes(
    embeddings: Embeddings, direction: Direction, count: int = 10, among: int = FREQUENT
) -> Extremes:
    """Return which of the most frequent words lie furthest out at either end.

    Words with digits or signs in them are passed over: most are phone numbers and dates.

    Args:
        embeddings: V words, the most frequent first.
        direction: of any length.
        count: how many words at each end.
        among: how many of the most frequent words are looked at.

    >>> toy = Embeddings("toy", ["a", "b", "c"], np.array([[1], [3], [2]], dtype=np.float32))
    >>> extremes(toy, from_dimension(toy, 1), count=2).high.words
    ('b', 'c')
    """
    rows = _spelled_with_letters(embeddings, max(among, 0))
    along = coordinates(embeddings, direction, rows)
    ends = []
    for sign in (1, -1):
        chosen = np.argsort(sign * along, kind="stable")[: max(count, 0)]
        ends.append(Placed(_words(embeddings, rows[chosen]), rows[chosen], along[chosen]))
    return Extremes(*ends)


def cosine(one: Direction, other: Direction) -> float:
    """Return the cosine of the angle between two directions: 0 if they are perpendicular."""
    return float(one.vector @ other.vector / (one.length * other.length))


@lru_cache(maxsize=16)
def _spelled_with_letters(embeddings: Embeddings, among: int) -> NDArray[np.intp]:
    """Return the rows of those of the most frequent words that are all letters."""
    frequent = embeddings.words[:among]
    return np.array([row for row, word in enumerate(frequent) if word.isalpha()], dtype=np.intp)


def _vectors(embeddings: Embeddings, rows: ArrayLike) -> NDArray[np.float64]:
    return embeddings.vectors[np.asarray(rows, dtype=np.intp)].astype(np.float64)


def _words(embeddings: Embeddings, rows: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(embeddings.words[row] for row in rows.tolist())


def _refuse_zero(vector: NDArray[np.float64], size: float, reason: str) -> None:
    """Raise if a vector is nothing but rounding, compared with the size of what it was made of."""
    if np.linalg.norm(vector) <= ROUNDING * size:
        raise NoDirectionError(
            f"{reason}: the result is the zero vector, which points nowhere. Change a word."
        )
