"""A run as pictures: one set of axes for all of its snapshots, so that only words move."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.expression import parse
from core.geometry.units import unit_rows
from core.spelling import close_words

Numbers = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Axes:
    """Where the axes of a picture point, and where its middle is.

    Args:
        axes: (K, D) float64, of length one and at right angles; zeros if there are fewer than K.
        center: (D,) float64.
    """

    axes: Numbers
    center: Numbers

    def project(self, vectors: NDArray[np.floating]) -> Numbers:
        """Return where vectors (..., D) are drawn, (..., K) float64."""
        drawn: Numbers = (vectors - self.center) @ self.axes.T
        return drawn


def axes_of(vectors: NDArray[np.floating], before: Axes | None = None, components: int = 2) -> Axes:
    """Return the principal axes of vectors, turned so that the picture agrees with one before.

    The axes are turned and flipped within their plane (orthogonal Procrustes, Schönemann 1966), so
    that a picture that is made anew while a run goes on does not jump.

    Args:
        vectors: (N, D) of the words shown.
        before: the axes of the picture before.
        components: K.

    >>> cross = np.array([[0, 0, 1], [0, 0, -1], [0, 0.5, 0], [0, -0.5, 0]])
    >>> abs(axes_of(cross).axes.round(3))
    array([[0., 0., 1.],
           [0., 1., 0.]])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    center = rows.mean(axis=0)
    _, _, found = np.linalg.svd(rows - center, full_matrices=False)
    axes = np.zeros((components, rows.shape[1]))
    axes[: len(found)] = found[:components]
    largest = axes[np.arange(components), np.abs(axes).argmax(axis=1)]
    axes *= np.where(largest < 0, -1, 1)[:, None]
    if before is None or before.axes.shape != axes.shape:
        return Axes(axes, center)
    drawn, wanted = (rows - center) @ axes.T, before.project(rows)
    left, _, right = np.linalg.svd(drawn.T @ (wanted - wanted.mean(axis=0)))
    return Axes((left @ right).T @ axes, center)


def nearest_words(
    vectors: Vectors, words: Sequence[str], row: int, count: int = 8
) -> tuple[tuple[str, ...], Numbers]:
    """Return the words nearest to one of them, the nearest first, and their cosines.

    Args:
        vectors: (R, D) float32.
        words: R words.
        row: of the word that is asked for; it is left out.
        count: how many.
    """
    unit = unit_rows(vectors)
    cosines = unit @ unit[row]
    cosines[row] = -np.inf
    best = np.argsort(-cosines, kind="stable")[: min(count, len(words) - 1)]
    return tuple(words[place] for place in best.tolist()), cosines[best]


def usual_cosine(vectors: Vectors) -> float:
    """Return the mean cosine of two different words.

    Args:
        vectors: (R, D), of two words or more.

    >>> round(usual_cosine(np.array([[1, 0], [0, 2], [3, 0]], dtype=np.float32)), 4)
    0.3333
    """
    units = unit_rows(vectors)
    among_all = float(np.square(units.sum(0)).sum())
    count = len(units)
    return (among_all - float(np.square(units).sum())) / (count * (count - 1))


@dataclass(frozen=True)
class Puzzle:
    """An analogy with the word that is expected.

    Args:
        rows: of the words that are added, (T,) ints.
        weights: their factors.
        expected: the row of the word that should come nearest.
        text: the analogy as it was written.
        answer: the word expected.
    """

    rows: tuple[int, ...]
    weights: tuple[float, ...]
    expected: int
    text: str
    answer: str


def read_puzzle(text: str, words: Sequence[str]) -> Puzzle:
    """Return an analogy such as `king - man + woman = queen`.

    Raises:
        InputError: it has no `=`, or a word that is not among `words`.
        ExpressionError: what is before the `=` cannot be read.

    >>> read_puzzle("king - man + woman = queen", ["king", "man", "woman", "queen"]).rows
    (0, 1, 2)
    """
    before, equals, after = (part.strip() for part in text.rpartition("="))
    if not equals or not after:
        raise InputError(
            f"'{text[:60]}' has no expected word. Write an analogy such as "
            "king - man + woman = queen."
        )
    terms = parse(before).terms
    row_of = {word: row for row, word in enumerate(words)}
    rows = tuple(row_in(row_of, term.word) for term in terms)
    expected = row_in(row_of, after.strip('"'))
    if expected in rows:
        raise InputError(f"'{after}' is on both sides. The words of the sum take no place.")
    weights = tuple(float(term.weight) for term in terms)
    return Puzzle(rows, weights, expected, before, words[expected])


def known_row(row_of: dict[str, int], word: str) -> int | None:
    """Return the row of a word as it is written, else in lower case; None if it has none."""
    return row_of.get(word, row_of.get(word.lower()))


def row_in(row_of: dict[str, int], word: str) -> int:
    """Return the row of a word as it is written, else in lower case.

    Raises:
        InputError: it has none.
    """
    if (row := known_row(row_of, word)) is not None:
        return row
    raise unknown_word(row_of, word)


def unknown_word(row_of: dict[str, int], word: str) -> InputError:
    """Return what there is to say of a word that has no row, with words that are close to it."""
    close = close_words(word.lower(), tuple(row_of))
    hint = f" Close: {', '.join(close)}." if close else ""
    return InputError(
        f"'{word[:60]}' is not among the {len(row_of):,} words learned from this text.{hint}"
    )


@dataclass(frozen=True)
class Score:
    """How well an analogy is solved.

    Args:
        place: of the expected word, 1 for the nearest; words of the sum take no place. None if it
            has no cosine.
        cosine: of the expected word with the sum; NaN where one of them has no length.
    """

    place: int | None
    cosine: float


def score(vectors: Vectors, puzzle: Puzzle) -> Score:
    """Return how well vectors (R, D) solve an analogy.

    >>> square = np.array([[0, 1], [0, 2], [3, 2], [3, 1], [-1, 0]], dtype=np.float32)
    >>> score(square, Puzzle((1, 0, 3), (1, -1, 1), 2, "", ""))
    Score(place=1, cosine=1.0)
    """
    rows = list(puzzle.rows)
    total = np.array(puzzle.weights) @ vectors[rows].astype(np.float64)
    if not total.any() or not vectors[puzzle.expected].any():
        return Score(None, math.nan)
    cosines = unit_rows(vectors) @ unit_rows(total)
    expected = float(cosines[puzzle.expected])
    # A tie counts for the others: words without a length are no answer.
    better = cosines >= expected
    better[[*rows, puzzle.expected]] = False
    return Score(int(better.sum()) + 1, round(expected, 12))
