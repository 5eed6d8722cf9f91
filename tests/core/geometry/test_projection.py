import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from core.embeddings import Embeddings
from core.errors import InputError, NoDirectionError
from core.geometry.arithmetic import evaluate
from core.geometry.projection import BLOCK_ROWS, Projection, pca, perpendicular, slice_through

Rows = NDArray[np.float32]


def normal(*shape: int) -> Rows:
    return np.random.default_rng(5).normal(size=shape).astype(np.float32)


def assert_orthonormal(axes: NDArray[np.float64]) -> None:
    np.testing.assert_allclose(axes @ axes.T, np.eye(len(axes)), rtol=0, atol=1e-9)


# Principal components


def test_a_line_by_hand() -> None:
    line = np.array([[0, 0], [3, 4], [6, 8]], dtype=np.float32)
    found = pca(line, 2)
    np.testing.assert_allclose(found.axes[0], [0.6, 0.8], atol=1e-12)
    np.testing.assert_allclose(found.center, [3, 4])
    np.testing.assert_allclose(found.explained, [1, 0], atol=1e-12)
    np.testing.assert_allclose(found.project(line)[:, 0], [-5, 0, 5], atol=1e-6)


def test_shares_by_hand() -> None:
    # Variances 8 along (1, 1) and 2 along (1, -1), so that 80 % and 20 % are kept.
    cross = np.array([[2, 2], [-2, -2], [1, -1], [-1, 1]], dtype=np.float32)
    found = pca(cross, 2)
    np.testing.assert_allclose(found.explained, [0.8, 0.2])
    np.testing.assert_allclose(np.abs(found.axes), np.full((2, 2), 0.5**0.5))


@pytest.mark.parametrize("components", [1, 2, 3, 20])
def test_scikit_learn_says_the_same(components: int) -> None:
    rows = normal(500, 20) * np.linspace(1, 3, 20, dtype=np.float32) + 7
    peer = PCA(components, svd_solver="full").fit(rows.astype(np.float64))
    ours = pca(rows, components)
    signs = np.sign((ours.axes * peer.components_).sum(axis=1))
    np.testing.assert_allclose(ours.axes, signs[:, None] * peer.components_, atol=1e-6)
    np.testing.assert_allclose(ours.explained, peer.explained_variance_ratio_, rtol=1e-6)
    np.testing.assert_allclose(ours.center, peer.mean_, rtol=1e-6)
    np.testing.assert_allclose(ours.project(rows), signs * peer.transform(rows), atol=1e-4)


def test_scikit_learn_says_the_same_of_glove(glove: Embeddings) -> None:
    rows = glove.vectors[:20_000]
    peer = PCA(3, svd_solver="full").fit(rows.astype(np.float64))
    ours = pca(rows, 3)
    signs = np.sign((ours.axes * peer.components_).sum(axis=1))
    np.testing.assert_allclose(ours.axes, signs[:, None] * peer.components_, rtol=0, atol=1e-3)
    np.testing.assert_allclose(ours.explained, peer.explained_variance_ratio_, rtol=1e-6)


def test_three_components_keep_13_percent_of_glove(glove: Embeddings) -> None:
    assert pca(glove.vectors, 3).explained.sum() == pytest.approx(0.134, abs=5e-4)


def assert_like_scikit_learn(rows: Rows, within: float) -> None:
    """Compare with scikit-learn in float64, up to the sign of each axis."""
    assert len(rows) > BLOCK_ROWS, "blocks are multiplied in float32 only when there are several"
    peer = PCA(3, svd_solver="covariance_eigh").fit(rows.astype(np.float64))
    ours = pca(rows, 3)
    assert_orthonormal(ours.axes)
    signs = np.sign((ours.axes * peer.components_).sum(axis=1))
    np.testing.assert_allclose(ours.axes, signs[:, None] * peer.components_, rtol=0, atol=within)
    np.testing.assert_allclose(ours.explained, peer.explained_variance_ratio_, rtol=within)
    spread = np.sqrt(peer.explained_variance_)
    np.testing.assert_allclose(ours.center, peer.mean_, rtol=1e-6, atol=within * spread.max())
    some = rows[:: max(1, len(rows) // 5_000)]
    drawn = ours.project(some) / spread
    apart = np.abs(drawn - signs * peer.transform(some.astype(np.float64)) / spread)
    assert apart.max() < 10 * within


def test_all_words_of_glove_in_blocks_are_as_scikit_learn_has_them(glove: Embeddings) -> None:
    assert len(glove.vectors) == 400_000
    assert_like_scikit_learn(glove.vectors, 1e-3)


@pytest.mark.parametrize(
    ("middle", "spread"), [(0, 1), (1e4, 1), (-1e4, 1), (9, 1), (11, 1), (1, 1e-3), (1e-6, 1e-6)]
)
def test_far_from_zero_for_their_spread(middle: float, spread: float) -> None:
    widths = np.array([4, 3, 2, 1, 1, 1])
    rows = np.random.default_rng(9).normal(size=(3 * BLOCK_ROWS + 5, 6)) * widths
    assert_like_scikit_learn((middle + spread * rows).astype(np.float32), 1e-3)


def test_one_coordinate_far_from_zero_is_enough() -> None:
    rows = np.random.default_rng(9).normal(size=(2 * BLOCK_ROWS, 4)) * [4, 3, 2, 1]
    assert_like_scikit_learn((rows + np.array([0, 1e4, 0, 0])).astype(np.float32), 1e-3)


def test_a_block_more_or_less_changes_nothing() -> None:
    # One block is multiplied in float64, two in float32.
    rows = np.random.default_rng(9).normal(size=(BLOCK_ROWS, 5)) * [5, 4, 3, 2, 1]
    one = rows.astype(np.float32)
    two = np.concatenate([one, one])
    np.testing.assert_allclose(pca(two, 5).axes, pca(one, 5).axes, atol=1e-5)
    np.testing.assert_allclose(pca(two, 5).explained, pca(one, 5).explained, rtol=1e-5)


def test_components_of_the_same_words_are_the_same_every_time(glove: Embeddings) -> None:
    rows = glove.vectors[:100_000]
    np.testing.assert_array_equal(pca(rows, 3).axes, pca(rows, 3).axes)


def test_all_components_keep_all_and_all_distances(glove: Embeddings) -> None:
    rows = glove.vectors[:1_000]
    whole = pca(rows, 50)
    assert_orthonormal(whole.axes)
    assert whole.explained.sum() == pytest.approx(1)
    drawn = whole.project(rows)
    np.testing.assert_allclose(
        np.linalg.norm(drawn[1:] - drawn[0], axis=1),
        np.linalg.norm(rows[1:] - rows[0], axis=1),
        rtol=1e-5,
    )


@given(arrays(np.float32, st.tuples(st.integers(2, 12), st.integers(1, 6)),
              elements=st.floats(-100, 100, width=32)))  # fmt: skip
def test_axes_are_orthonormal_and_their_largest_coordinate_is_positive(rows: Rows) -> None:
    found = pca(rows, rows.shape[1])
    assert_orthonormal(found.axes)
    largest = np.abs(found.axes).argmax(axis=1)
    assert (found.axes[np.arange(len(found.axes)), largest] > 0).all()
    assert (found.explained >= 0).all()
    assert (np.diff(found.explained) <= 1e-9).all()
    assert found.explained.sum() <= 1 + 1e-6
    spread = np.ptp(rows.astype(np.float64), axis=0).max()
    if spread > 1e-3:
        assert found.explained.sum() == pytest.approx(1, abs=1e-4)


def test_rows_that_are_all_the_same_have_no_variance() -> None:
    found = pca(np.ones((5, 3), dtype=np.float32), 2)
    assert_orthonormal(found.axes)
    np.testing.assert_allclose(found.explained, [0, 0])
    np.testing.assert_allclose(found.project(np.ones((1, 3))), [[0, 0]], atol=1e-6)


@pytest.mark.parametrize(
    ("rows", "components"), [(0, 1), (1, 1), (5, 0), (5, -1), (5, 4)]
)  # fmt: skip
def test_components_that_do_not_exist_are_refused(rows: int, components: int) -> None:
    with pytest.raises(InputError):
        pca(np.ones((rows, 3), dtype=np.float32), components)


# Slices


def test_a_slice_by_hand() -> None:
    rows = np.array([[1, 0, 0], [0, 2, 0], [0, 0, 1], [-1, -2, -1]], dtype=np.float32)
    found = slice_through(rows, [[2, 0, 0], [5, 3, 0]])
    np.testing.assert_allclose(found.axes, [[1, 0, 0], [0, 1, 0]], atol=1e-12)
    np.testing.assert_allclose(found.center, [0, 0, 0])
    np.testing.assert_allclose(found.project(rows), [[1, 0], [0, 2], [0, 0], [-1, -2]], atol=1e-6)
    np.testing.assert_allclose(found.explained, [2 / 12, 8 / 12])


def test_a_coordinate_is_the_dot_product_with_the_direction_of_length_one(
    glove: Embeddings,
) -> None:
    directions = [
        evaluate(glove, text).vector for text in ("woman - man", "king - man", "cats - cat")
    ]
    rows = glove.vectors[:2_000]
    found = slice_through(rows, directions)
    assert_orthonormal(found.axes)
    along = rows @ directions[0] / np.linalg.norm(directions[0])
    np.testing.assert_allclose(found.project(rows)[:, 0], along, rtol=0, atol=1e-5)
    # The plane of the first two axes holds both directions whole.
    for direction in directions[:2]:
        kept = found.axes[:2] @ direction
        assert np.linalg.norm(kept) == pytest.approx(np.linalg.norm(direction))
    variances = found.project(rows).astype(np.float64).var(axis=0)
    total = rows.astype(np.float64).var(axis=0).sum()
    np.testing.assert_allclose(found.explained, variances / total, rtol=1e-4)


def test_a_slice_through_all_dimensions_keeps_all() -> None:
    found = slice_through(normal(50, 4), list(normal(4, 4)))
    assert_orthonormal(found.axes)
    assert found.explained.sum() == pytest.approx(1)


def test_a_direction_of_no_length_is_refused_by_its_name() -> None:
    with pytest.raises(NoDirectionError, match="king - king"):
        slice_through(normal(5, 2), [[1, 0], [0, 0]], ["up", "king - king"])
    with pytest.raises(NoDirectionError, match="direction 2"):
        slice_through(normal(5, 2), [[1, 0], [0, 0]])


@pytest.mark.parametrize("second", [[2, 2, 0], [-1, -1, 0], [1, 1, 1e-9]])
def test_a_direction_that_is_there_already_is_refused(second: list[float]) -> None:
    with pytest.raises(InputError, match="again"):
        slice_through(normal(5, 3), [[1, 1, 0], second], ["once", "again"])


def test_more_directions_than_dimensions_are_refused() -> None:
    with pytest.raises(InputError, match="direction 3"):
        slice_through(normal(5, 2), [[1, 0], [1, 1], [0, 1]])


def test_very_short_and_very_long_directions_are_directions() -> None:
    found = slice_through(normal(5, 2), [[1e-12, 0], [1e9, 1e9]])
    np.testing.assert_allclose(found.axes, np.eye(2), atol=1e-12)


def test_perpendicular_by_hand() -> None:
    axes = [np.array([1.0, 0, 0]), np.array([0, 1.0, 0])]
    assert perpendicular(np.array([3.0, 4, 5]), axes).tolist() == [0, 0, 5]
    assert perpendicular(np.array([3.0, 4, 5]), []).tolist() == [3, 4, 5]


def test_projecting_by_hand_block_after_block() -> None:
    flat = Projection(np.array([[0.0, 1]]), np.array([1.0, 2]), np.array([1.0]))
    assert flat.project([[5, 7], [0, 2]]).tolist() == [[5], [0]]
    assert flat.project(np.zeros((0, 2))).shape == (0, 1)
    many = normal(70_000, 2)
    np.testing.assert_allclose(flat.project(many)[:, 0], many[:, 1] - 2, atol=1e-6)
    assert flat.project(many).dtype == np.float32
