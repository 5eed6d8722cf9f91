"""Two sets of vectors on their common words, against scikit-learn and scipy."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial import procrustes
from scipy.stats import ortho_group
from sklearn.neighbors import NearestNeighbors

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.comparison import (
    MAX_COMMON,
    NEIGHBORS,
    common_words,
    compare,
    most_different,
    nearest_rows,
    turned,
)
from core.geometry.units import unit_rows

WORDS = [f"word{number}" for number in range(300)]


def vectors(dimensions: int, seed: int = 0, count: int = len(WORDS)) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)


def test_the_same_vectors_turned_are_the_same() -> None:
    rows = vectors(6)
    rotation = ortho_group.rvs(6, random_state=1)
    shuffled = np.random.default_rng(2).permutation(len(WORDS))
    other = Embeddings(
        "b", [WORDS[at] for at in shuffled], (rows @ rotation)[shuffled].astype("f4")
    )
    comparison = compare(Embeddings("a", WORDS, rows), other)
    assert comparison.words == tuple(WORDS)
    assert (comparison.neighbors[0] == comparison.neighbors[1]).all()
    assert (comparison.shared == 1).all()
    assert comparison.cosines == pytest.approx(1, abs=1e-5)


def test_neighbours_are_those_of_scikit_learn() -> None:
    units = unit_rows(vectors(8), dtype=np.float32)
    expected = NearestNeighbors(n_neighbors=NEIGHBORS).fit(units).kneighbors(return_distance=False)
    assert (nearest_rows(units) == expected).all()


def test_the_turn_is_the_best_one() -> None:
    first, second = vectors(5), vectors(5, seed=1)
    left = np.linalg.norm(turned(first, second) - second)
    others = [ortho_group.rvs(5, random_state=seed) for seed in range(50)]
    assert all(left <= np.linalg.norm(first @ other - second) for other in others)
    # scipy's disparity also scales and moves the rows to their mean: do both here.
    a, b = (rows - rows.mean(axis=0) for rows in (first, second))
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    scale = np.sum(turned(a, b) * b)
    assert 1 - scale**2 == pytest.approx(procrustes(first, second)[2], rel=1e-4)


def test_one_word_that_moved_is_the_most_different() -> None:
    rows = vectors(6)
    moved = rows.copy()
    moved[17] = -moved[17]
    comparison = compare(Embeddings("a", WORDS, rows), Embeddings("b", WORDS, moved))
    assert most_different(comparison, 1) == [17]
    assert comparison.cosines[17] < 0 < np.delete(comparison.cosines, 17).min()


@pytest.mark.parametrize("dimensions", [(3, 9), (9, 3)])
def test_dimensions_may_differ(dimensions: tuple[int, int]) -> None:
    one, other = (Embeddings("x", WORDS, vectors(count)) for count in dimensions)
    comparison = compare(one, other)
    assert np.isfinite(comparison.cosines).all()
    assert np.abs(comparison.cosines).max() <= 1 + 1e-5


def test_words_are_common_without_the_mark_of_a_space() -> None:
    one = Embeddings("a", ["␣king", "king", "queen"], vectors(2, count=3), "first", "␣")
    other = Embeddings("b", ["queen", "KING", "king"], vectors(2, count=3))
    assert common_words(one, other) == [(0, 2), (2, 0)]
    assert common_words(other, one) == [(0, 2), (2, 0)]


def test_few_common_words_and_vectors_of_length_zero() -> None:
    rows = vectors(4)
    rows[10:] = 0
    with pytest.raises(InputError, match="10 words"):
        compare(Embeddings("a", WORDS, rows), Embeddings("b", WORDS, vectors(4)))


def test_only_the_first_of_many_words_are_compared() -> None:
    words = [f"w{number}" for number in range(MAX_COMMON + 5)]
    rows = vectors(3, count=len(words))
    comparison = compare(Embeddings("a", words, rows), Embeddings("b", words, rows))
    assert (len(comparison), comparison.common) == (MAX_COMMON, len(words))
