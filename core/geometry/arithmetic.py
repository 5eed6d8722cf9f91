"""Arithmetic on words: the vector of an expression and the words nearest to it."""

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import NoDirectionError
from core.geometry.expression import TYPED_AS, Expression, parse
from core.geometry.neighbors import Metric, Neighbors, nearest


@dataclass(frozen=True)
class Sum:
    """An expression and its value as a weighted sum of T vectors.

    Args:
        expression: the parsed expression.
        words: the word of each term as the embeddings spell it.
        rows: their rows, (T,) intp.
        weights: their factors, (T,) float64.
        vectors: their vectors, (T, D) float64, without the factors.
        vector: the weighted sum, (D,) float64.
    """

    expression: Expression
    words: tuple[str, ...]
    rows: NDArray[np.intp]
    weights: NDArray[np.float64]
    vectors: NDArray[np.float64]
    vector: NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """The words nearest to a sum, in two rankings.

    Args:
        sum: the expression and its vector.
        with_inputs: the nearest words, those of the expression included.
        without_inputs: the nearest words without those of the expression, as in textbooks.
    """

    sum: Sum
    with_inputs: Neighbors
    without_inputs: Neighbors


def evaluate(embeddings: Embeddings, expression: str) -> Sum:
    """Return the value of an expression.

    Args:
        embeddings: the embeddings of the words.
        expression: such as `king - man + woman`; its grammar is in `core.geometry.expression`. The
            longest known word counts: `x-ray` is one word if the embeddings have it.

    Raises:
        ExpressionError: the expression is not in the grammar.
        UnknownWordError: a word is not in the embeddings.
        NoDirectionError: the sum is zero, as `king - king` is.

    >>> toy = Embeddings("toy", ["up", "right"], np.array([[0, 1], [1, 0]], dtype=np.float32))
    >>> evaluate(toy, "2*right - up").vector
    array([ 2., -1.])
    """
    parsed = parse(expression, embeddings.knows)
    rows = embeddings.indices(term.word for term in parsed.terms)
    vectors = embeddings.vectors[rows].astype(np.float64)
    weights = np.array([term.weight for term in parsed.terms])
    vector = weights @ vectors
    # Terms that cancel leave rounding errors of about 1e-16 of the summed lengths.
    if np.linalg.norm(vector) <= 1e-12 * np.abs(weights) @ np.linalg.norm(vectors, axis=1):
        raise NoDirectionError(
            f"'{parsed.text.strip()}' is the zero vector, which has no direction. Change a word or "
            "a number."
        )
    words = tuple(embeddings.words[row] for row in rows.tolist())
    return Sum(parsed, words, rows, weights, vectors, vector)


def solve(
    embeddings: Embeddings, expression: str, count: int = 10, metric: Metric = "cosine"
) -> Answer:
    """Return the words nearest to an expression, with and without its own words.

    Args:
        embeddings: the embeddings of the words.
        expression: such as `king - man + woman`.
        count: number of words in each ranking.
        metric: the metric of the rankings.

    Raises:
        ExpressionError, UnknownWordError, NoDirectionError: as `evaluate` does.

    >>> toy = Embeddings("toy", ["up", "right", "both"],
    ...                  np.array([[0, 1], [1, 0], [1, 1]], dtype=np.float32))
    >>> solve(toy, "up + right").without_inputs.words
    ('both',)
    """
    total = evaluate(embeddings, expression)
    # One search is enough: it returns as many further words as there are inputs to leave out.
    neighbors = nearest(embeddings, total.vector, count + len(set(total.rows.tolist())), metric)
    others = np.flatnonzero(~np.isin(neighbors.indices, total.rows))
    all_words = neighbors.take(range(min(count, len(neighbors))))
    return Answer(total, all_words, neighbors.take(others[:count]))


class Corners(NamedTuple):
    """The indices of the terms a, b and c in a sum `a - b + c`."""

    a: int
    b: int
    c: int


def parallelogram(total: Sum) -> Corners | None:
    """Return the corners of `a - b + c`, written in any order, or None for any other sum."""
    plus = np.flatnonzero(total.weights == 1).tolist()
    minus = np.flatnonzero(total.weights == -1).tolist()
    if (len(plus), len(minus)) != (2, 1) or len(set(total.rows.tolist())) != 3:
        return None
    return Corners(plus[0], minus[0], plus[1])


@dataclass(frozen=True)
class StepSimilarity:
    """The similarity of the step from a to a word and the step from b to c.

    Args:
        a: the word at which the first step starts.
        b: the word at which the second step starts.
        c: the word at which the second step ends.
        cosine: the cosine similarity of the two steps.
    """

    a: str
    b: str
    c: str
    cosine: float


def step_similarity(total: Sum, vector: NDArray[np.float64]) -> StepSimilarity | None:
    """Return the similarity of the step from a to a word and that from b to c, for `a - b + c`.

    Args:
        total: the sum.
        vector: the vector of the word, (D,) float64.

    Returns:
        The cosine similarity of `vector - a` and `c - b`, and the words; None for any other sum
        or a step of length zero.
    """
    corners = parallelogram(total)
    if corners is None:
        return None
    a, b, c = total.vectors[list(corners)]
    step, other = vector - a, c - b
    lengths = float(np.linalg.norm(step) * np.linalg.norm(other))
    if not lengths:
        return None
    words = total.words
    cosine = float(step @ other / lengths)
    return StepSimilarity(words[corners.a], words[corners.b], words[corners.c], cosine)


def sums_read_as_words(embeddings: Embeddings, total: Sum) -> tuple[str, ...]:
    """Return the words of a sum, as typed, that could be a sum of other known words.

    >>> toy = Embeddings("toy", ["x", "ray", "x-ray"], np.eye(3, dtype=np.float32))
    >>> sums_read_as_words(toy, evaluate(toy, 'x-ray + "x-ray"'))
    ('x-ray',)
    """
    text = total.expression.text.translate(TYPED_AS)
    unquoted = (t.word for t in total.expression.terms if not text[: t.position].count('"') % 2)
    parts_of = {word: re.split(r"[+\-*/]", word) for word in unquoted}
    return tuple(
        word
        for word, parts in parts_of.items()
        if len(parts) > 1 and all(map(embeddings.knows, parts))
    )
