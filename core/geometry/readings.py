"""What the coordinates of words on directions show: the furthest words, sides, and steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Furthest:
    """The words with the lowest and the highest coordinate on a direction.

    Args:
        low: the word with the lowest coordinate.
        high: the word with the highest coordinate.
    """

    low: str
    high: str


@dataclass(frozen=True)
class Sides:
    """The words on both sides of a middle, the furthest from it first.

    Args:
        low: the words below it.
        high: the words above it.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]


@dataclass(frozen=True)
class Steps:
    """Number of pairs by the sign of their step along a direction.

    Args:
        up: pairs whose second word has the higher coordinate.
        down: pairs whose second word has the lower coordinate.
        count: all pairs.
    """

    up: int
    down: int
    count: int


def furthest(words: Sequence[str], coordinates: ArrayLike) -> Furthest | None:
    """Return the furthest words on a direction; None if all have the same coordinate.

    Args:
        words: N words.
        coordinates: (N,) on the direction.

    >>> furthest(["a", "b", "c"], [2, -1, 5])
    Furthest(low='b', high='c')
    """
    along = np.asarray(coordinates, dtype=np.float64)
    if not len(along) or along.min() == along.max():
        return None
    return Furthest(words[int(along.argmin())], words[int(along.argmax())])


def sides(words: Sequence[str], coordinates: ArrayLike, middle: float) -> Sides:
    """Return the words below and above a middle; words on it are on neither side.

    Args:
        words: N words.
        coordinates: (N,) on the direction.
        middle: the coordinate of the middle.

    >>> sides(["a", "b", "c"], [2, -1, 5], 1.5)
    Sides(low=('b',), high=('c', 'a'))
    """
    along = np.asarray(coordinates, dtype=np.float64)
    order = np.argsort(along, kind="stable").tolist()
    low = tuple(words[index] for index in order if along[index] < middle)
    high = tuple(words[index] for index in reversed(order) if along[index] > middle)
    return Sides(low, high)


def steps(words: Sequence[str], coordinates: ArrayLike, joined: Sequence[tuple[str, str]]) -> Steps:
    """Return how many pairs step up and how many step down a direction.

    Args:
        words: N words.
        coordinates: (N,) on the direction.
        joined: pairs of words; those with another word are not counted.

    >>> steps(["a", "b", "c"], [2, -1, 5], [("a", "b"), ("b", "c"), ("a", "z")])
    Steps(up=1, down=1, count=2)
    """
    along = np.asarray(coordinates, dtype=np.float64).tolist()
    of_word = dict(zip(words, along, strict=True))
    known = [(of_word[a], of_word[b]) for a, b in joined if a in of_word and b in of_word]
    return Steps(sum(b > a for a, b in known), sum(b < a for a, b in known), len(known))
