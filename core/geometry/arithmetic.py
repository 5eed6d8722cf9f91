"""Arithmetic on words: what an expression gives, and which words are near it."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import NoDirectionError
from core.geometry.expression import Expression, parse
from core.geometry.neighbors import Metric, Neighbors, nearest


@dataclass(frozen=True)
class Sum:
    """An expression with the vectors put in.

    Args:
        expression: what was read.
        words: its words as the embeddings spell them, one a term.
        rows: their rows, (T,) intp.
        weights: their factors, (T,) float64.
        vectors: their vectors, (T, D) float64, not yet multiplied.
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
    """The words near a sum, ranked twice.

    Args:
        sum: the expression and its vector.
        with_inputs: the words nearest to the vector, whatever they are.
        without_inputs: the same with the expression's own words left out, as textbooks do.
    """

    sum: Sum
    with_inputs: Neighbors
    without_inputs: Neighbors


def evaluate(embeddings: Embeddings, expression: str) -> Sum:
    """Return the sum that an expression describes.

    Args:
        embeddings: where the vectors come from.
        expression: such as `king - man + woman`; see `core.geometry.expression`.

    Raises:
        ExpressionError: it cannot be read.
        UnknownWordError: a word is not in the embeddings.
        NoDirectionError: the sum is zero, as `king - king` is.

    >>> toy = Embeddings("toy", ["up", "right"], np.array([[0, 1], [1, 0]], dtype=np.float32))
    >>> evaluate(toy, "2*right - up").vector
    array([ 2., -1.])
    """
    parsed = parse(expression)
    rows = embeddings.indices(term.word for term in parsed.terms)
    vectors = embeddings.vectors[rows].astype(np.float64)
    weights = np.array([term.weight for term in parsed.terms])
    vector = weights @ vectors
    # What is left of a sum that cancels is rounding: some 1e-16 of what went in.
    if np.linalg.norm(vector) <= 1e-12 * np.abs(weights) @ np.linalg.norm(vectors, axis=1):
        raise NoDirectionError(
            f"'{expression.strip()}' is the zero vector, which points nowhere. Change a word or a "
            "number."
        )
    words = tuple(embeddings.words[row] for row in rows.tolist())
    return Sum(parsed, words, rows, weights, vectors, vector)


def solve(
    embeddings: Embeddings, expression: str, count: int = 10, metric: Metric = "cosine"
) -> Answer:
    """Return the words nearest to an expression, with its own words and without.

    Args:
        embeddings: where the words and vectors come from.
        expression: such as `king - man + woman`.
        count: how many words each ranking has.
        metric: what "near" means.

    Raises:
        as `evaluate` does.

    >>> toy = Embeddings("toy", ["up", "right", "both"],
    ...                  np.array([[0, 1], [1, 0], [1, 1]], dtype=np.float32))
    >>> solve(toy, "up + right").without_inputs.words
    ('both',)
    """
    total = evaluate(embeddings, expression)
    # One search is enough: without the inputs, at most that many words move up.
    found = nearest(embeddings, total.vector, count + len(set(total.rows.tolist())), metric)
    others = np.flatnonzero(~np.isin(found.indices, total.rows))
    return Answer(total, found.take(range(min(count, len(found)))), found.take(others[:count]))


def words_read_as_sums(embeddings: Embeddings, expression: str) -> tuple[str, ...]:
    """Return the words with hyphens that the expression, as written, takes for subtractions.

    >>> toy = Embeddings("toy", ["x", "ray", "x-ray"], np.eye(3, dtype=np.float32))
    >>> words_read_as_sums(toy, "x-ray + x")
    ('x-ray',)
    """
    unquoted = re.sub(r'"[^"]*"', " ", expression)
    hyphenated: list[str] = re.findall(r"[^\s+*/()\"-]+(?:-[^\s+*/()\"-]+)+", unquoted)
    return tuple(
        embeddings.words[embeddings.index(word)]
        for word in hyphenated
        if word.lower() in embeddings
    )
