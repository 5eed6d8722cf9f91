"""Analogies scored on the vectors of a snapshot."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.expression import parse
from core.geometry.units import unit_rows
from core.training.snapshot_words import known_row, row_in

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Analogy:
    """An analogy with the word that is expected.

    Args:
        rows: of the words that are added, (T,) ints.
        weights: their factors.
        expected: the row of the word that should come nearest.
        text: the analogy as it was written.
        answer: the word expected.
        words: those of the rows, and the answer.
    """

    rows: tuple[int, ...]
    weights: tuple[float, ...]
    expected: int
    text: str
    answer: str
    words: tuple[str, ...] = ()


def read_analogy(text: str, row_of: Mapping[str, int]) -> Analogy:
    """Return an analogy such as `king - man + woman = queen`.

    Raises:
        InputError: it has no `=`, or a word that is not in `row_of`.
        ExpressionError: what is before the `=` cannot be read.

    >>> read_analogy("queen - woman = king", {"king": 0, "queen": 1, "woman": 2}).rows
    (1, 2)
    """

    def is_known(word: str) -> bool:
        return known_row(row_of, word) is not None

    expression = parse(text, is_known) if text.strip() else None
    if expression is None or expression.guess is None:
        raise InputError(
            f"'{text[:60]}' has no expected word. Write an analogy such as "
            "king - man + woman = queen."
        )
    terms, answer = expression.terms, expression.guess.word
    rows = tuple(row_in(row_of, term.word) for term in terms)
    expected = row_in(row_of, answer)
    if expected in rows:
        raise InputError(f"'{answer}' is on both sides. Words of the sum are no answers to it.")
    weights = tuple(float(term.weight) for term in terms)
    word_of = {row: word for word, row in row_of.items()}
    words = tuple(word_of[row] for row in (*rows, expected))
    return Analogy(rows, weights, expected, expression.text.strip(), words[-1], words)


@dataclass(frozen=True)
class AnalogyScore:
    """How well an analogy is solved.

    Args:
        rank: of the expected word, 1 for the nearest; words of the sum are not ranked. None if it
            has no cosine.
        cosine: of the expected word with the sum; NaN where one of them has no length.
    """

    rank: int | None
    cosine: float


def score(vectors: Vectors, analogy: Analogy) -> AnalogyScore:
    """Return how well vectors (R, D) solve an analogy.

    >>> square = np.array([[0, 1], [0, 2], [3, 2], [3, 1], [-1, 0]], dtype=np.float32)
    >>> score(square, Analogy((1, 0, 3), (1, -1, 1), 2, "", ""))
    AnalogyScore(rank=1, cosine=1.0)
    """
    rows = list(analogy.rows)
    total = np.array(analogy.weights) @ vectors[rows].astype(np.float64)
    if not total.any() or not vectors[analogy.expected].any():
        return AnalogyScore(None, math.nan)
    cosines = unit_rows(vectors) @ unit_rows(total)
    expected = float(cosines[analogy.expected])
    # A tie counts for the others: words without a length are no answer.
    better = cosines >= expected
    better[[*rows, analogy.expected]] = False
    return AnalogyScore(int(better.sum()) + 1, round(expected, 12))
