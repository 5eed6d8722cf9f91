import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.linalg import orth

from core.embeddings import Embeddings
from core.errors import InputError, NoDirectionError
from core.geometry.similarity import similarities
from core.geometry.subspace import project, span

RANDOM = np.random.default_rng(3).normal(size=(20, 9))


def test_a_shadow_on_a_line_by_hand() -> None:
    projected = project(span([[2, 0]]), [[3, 4], [5, 0], [0, 7], [0, 0], [-3, 4]])
    np.testing.assert_allclose(
        projected.vectors, [[3, 0], [5, 0], [0, 0], [0, 0], [-3, 0]], atol=1e-12
    )
    np.testing.assert_allclose(projected.kept, [0.6, 1, 0, 1, 0.6])
    np.testing.assert_allclose(projected.removed, [0.8, 0, 1, 0, 0.8])


def test_a_plane_by_hand() -> None:
    plane = span([[1, 0, 0], [1, 1, 0]])
    assert plane.rank == 2
    np.testing.assert_allclose(plane.project([[3, 4, 12]]), [[3, 4, 0]], atol=1e-12)


@pytest.mark.parametrize(
    ("rows", "rank"),
    [
        ([[1, 2, 3], [2, 4, 6]], 1),
        ([[1, 0, 0], [0, 1, 0], [1, 1, 0]], 2),
        ([[1, 0, 0], [0, 0, 0]], 1),
        (np.eye(3), 3),
        (np.vstack([np.eye(3), np.ones((4, 3))]), 3),
    ],
)
def test_vectors_that_depend_on_others_add_nothing(rows: NDArray[np.float64], rank: int) -> None:
    assert span(rows).rank == rank


def test_rounding_of_float32_is_no_dimension() -> None:
    one, other = np.random.default_rng(4).normal(size=(2, 50)).astype(np.float32)
    assert span(np.array([one, other, one * np.float32(0.3) + other])).rank == 2


def test_the_subspace_is_that_of_scipy_and_its_basis_orthonormal() -> None:
    found = span(RANDOM[:4])
    np.testing.assert_allclose(found.basis @ found.basis.T, np.eye(4), atol=1e-12)
    basis = orth(RANDOM[:4].T)
    np.testing.assert_allclose(found.project(RANDOM), RANDOM @ basis @ basis.T, atol=1e-12)


def test_the_projection_is_the_nearest_point() -> None:
    target = RANDOM[10]
    weights = np.linalg.lstsq(RANDOM[:3].T, target, rcond=None)[0]
    np.testing.assert_allclose(span(RANDOM[:3]).project(target[None])[0], weights @ RANDOM[:3])


@given(arrays(np.float64, (3, 4), elements=st.integers(-1_000, 1_000).map(lambda n: n / 8)))
def test_the_removed_part_is_orthogonal_and_projecting_is_idempotent(
    rows: NDArray[np.float64],
) -> None:
    subspace = span(RANDOM[:2, :4])
    projected = project(subspace, rows)
    lost = rows - projected.vectors
    np.testing.assert_allclose((lost * projected.vectors).sum(axis=1), 0, atol=1e-8)
    np.testing.assert_allclose(subspace.project(projected.vectors), projected.vectors, atol=1e-9)
    np.testing.assert_allclose(projected.kept**2 + projected.removed**2, 1, atol=1e-9)


@pytest.mark.parametrize("rows", [np.zeros((2, 3)), np.empty((0, 3))])
def test_what_spans_nothing(rows: NDArray[np.float64]) -> None:
    with pytest.raises(NoDirectionError, match="zero"):
        span(rows)


@pytest.mark.parametrize("rows", [[[1, np.nan]], [1, 2]])
def test_what_is_no_rows_of_numbers(rows: list[list[float]]) -> None:
    with pytest.raises(InputError, match="finite"):
        span(rows)


def test_words_of_a_topic_keep_more_than_others(glove: Embeddings) -> None:
    def rows(words: str) -> NDArray[np.float32]:
        return glove.vectors[glove.indices(words.split())]

    topic = span(rows("dog cat horse"))
    assert topic.rank == 3
    words = "dog lion cow piano guitar"
    projected = project(topic, rows(words))
    np.testing.assert_allclose(projected.kept, [1, 0.73, 0.67, 0.24, 0.31], atol=0.005)
    before, after = similarities(rows(words)), similarities(projected.vectors)
    assert np.abs(before - after).max() > 0.3
