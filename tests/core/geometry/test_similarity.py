import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.cluster.hierarchy import dendrogram, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics.pairwise import cosine_similarity, euclidean_distances

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.dot_product import dot_product
from core.geometry.neighbors import METRICS, Metric
from core.geometry.similarity import cluster_order, similarities

RANDOM = np.random.default_rng(0).normal(size=(40, 12))


def vectors(glove: Embeddings, words: str) -> NDArray[np.float32]:
    return glove.vectors[glove.indices(words.split())]


# Two vectors


def test_the_sum_worked_out() -> None:
    product = dot_product([9, -5, 6], [8, -4, 6])
    assert product.terms.tolist() == [72, 20, 36]
    assert product.running_totals.tolist() == [72, 92, 128]
    assert product.total == 128
    assert product.first_length == pytest.approx(142**0.5)
    assert product.second_length == pytest.approx(116**0.5)
    assert product.cosine == pytest.approx(128 / (142 * 116) ** 0.5)


@pytest.mark.parametrize(
    ("first", "second", "total", "angle"),
    [
        ([1, 0], [1, 1], 1, 45),
        ([4, 3], [-3, 4], 0, 90),
        ([2, 0], [0, 5], 0, 90),
        ([1, 0], [-1, 1], -1, 135),
        ([1, 2], [-2, -4], -10, 180),
        ([1, 2], [3, 6], 15, 0),
        ([3, 3, 3], [5, 5, 5], 45, 0),
        ([1, 0], [0.5, 3**0.5 / 2], 0.5, 60),
    ],
)
def test_the_sign_says_on_which_side_of_a_right_angle(
    first: list[float], second: list[float], total: float, angle: float
) -> None:
    product = dot_product(first, second)
    assert product.total == pytest.approx(total)
    assert product.angle == pytest.approx(angle, abs=1e-9)
    assert (product.total > 0) == (product.angle < 90)
    assert (product.total == 0) == (product.angle == 90)
    lengths = product.first_length * product.second_length
    assert lengths * np.cos(np.radians(product.angle)) == pytest.approx(product.total)


def test_decimals_that_cancel_are_perpendicular() -> None:
    product = dot_product([0.1, 0.2, 0.3], [1, 1, -1])
    assert np.sum(product.terms) != 0  # 5.6e-17 in floating point
    assert product.total == 0
    assert product.running_totals[-1] == 0
    assert product.angle == 90


def test_small_angles_keep_their_digits() -> None:
    assert dot_product([1, 0], [1, 1e-10]).angle == pytest.approx(np.degrees(1e-10), rel=1e-6)
    assert dot_product([1, 0], [-1, 1e-10]).angle == pytest.approx(180)


def test_a_zero_vector_has_no_angle() -> None:
    product = dot_product([0, 0], [3, 4])
    assert product.total == 0
    assert product.cosine == 0
    assert np.isnan(product.angle)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([1, 2], [1, 2, 3], "(3,)"),
        ([[1, 2]], [[1, 2]], "(1, 2)"),
        ([1, np.nan], [1, 2], "finite"),
        ([1, 2], [np.inf, 2], "finite"),
    ],
)
def test_what_has_no_dot_product(first: list[float], second: list[float], told: str) -> None:
    with pytest.raises(InputError) as caught:
        dot_product(first, second)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("pair", "dot", "cosine"),
    [
        ("large small", 26.11, 0.968),
        ("hot cold", 20.22, 0.801),
        ("up down", 26.60, 0.952),
        ("king queen", None, 0.784),
        ("king monarchy", None, 0.590),
        ("king banana", None, 0.221),
    ],
)
def test_cosines_and_dot_products_of_glove(
    glove: Embeddings, pair: str, dot: float | None, cosine: float
) -> None:
    product = dot_product(*vectors(glove, pair))
    assert product.cosine == pytest.approx(cosine, abs=0.0005)
    if dot is not None:
        assert product.total == pytest.approx(dot, abs=0.01)


# Tables


def test_tables_worked_out_by_hand() -> None:
    rows = [[1, 0], [3, 4], [0, 0]]
    assert similarities(rows, "dot").tolist() == [[1, 3, 0], [3, 25, 0], [0, 0, 0]]
    np.testing.assert_allclose(similarities(rows), [[1, 0.6, 0], [0.6, 1, 0], [0, 0, 0]])
    np.testing.assert_allclose(
        similarities(rows, "euclidean"), [[0, 20**0.5, 1], [20**0.5, 0, 5], [1, 5, 0]]
    )


def test_tables_against_scikit_learn() -> None:
    np.testing.assert_allclose(similarities(RANDOM), cosine_similarity(RANDOM), atol=1e-14)
    np.testing.assert_allclose(
        similarities(RANDOM, "euclidean"), euclidean_distances(RANDOM), atol=1e-6
    )
    np.testing.assert_allclose(similarities(RANDOM, "dot"), RANDOM @ RANDOM.T)


def test_cosines_with_king(glove: Embeddings) -> None:
    table = similarities(vectors(glove, "king queen monarchy banana"))
    np.testing.assert_allclose(table[0], [1, 0.784, 0.590, 0.221], atol=0.0005)


@given(arrays(np.float64, (5, 3), elements=st.floats(-1e6, 1e6)))
def test_a_table_reads_the_same_from_both_sides(rows: NDArray[np.float64]) -> None:
    for metric in METRICS:
        table = similarities(rows, metric)
        np.testing.assert_allclose(table, table.T)
    cosines = similarities(rows)
    assert cosines.min() >= -1
    assert cosines.max() <= 1


@pytest.mark.parametrize("rows", [[[1, np.nan]], [[np.inf, 1]], [1, 2]])
def test_what_has_no_table(rows: list[list[float]]) -> None:
    with pytest.raises(InputError, match="finite"):
        similarities(rows)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(InputError, match="manhattan"):
        similarities([[1, 2]], "manhattan")  # type: ignore[arg-type]


# Orders


@pytest.mark.parametrize("metric", METRICS)
def test_an_order_is_that_of_the_tree_and_has_every_row_once(metric: Metric) -> None:
    order = cluster_order(RANDOM, metric)
    assert sorted(order.tolist()) == list(range(len(RANDOM)))
    distances = pdist(RANDOM, "euclidean" if metric == "euclidean" else "cosine")
    tree = linkage(distances, "average", optimal_ordering=True)
    leaves = dendrogram(tree, no_plot=True)["leaves"]
    assert order.tolist() in (leaves, leaves[::-1])


def test_neighbours_in_the_order_are_nearer_than_as_they_came() -> None:
    steps = squareform(pdist(RANDOM, "cosine"))
    order = cluster_order(RANDOM)
    assert steps[order[:-1], order[1:]].sum() < 0.7 * steps.diagonal(1).sum()


def test_groups_of_words_come_together(glove: Embeddings) -> None:
    words = ["king", "paris", "dog", "queen", "france", "cat", "prince", "germany", "horse"]
    order = cluster_order(vectors(glove, " ".join(words)))
    ordered = [words[row] for row in order.tolist()]
    for group in ({"king", "queen", "prince"}, {"paris", "france", "germany"}, {"dog", "cat"}):
        places = sorted(ordered.index(word) for word in group)
        assert places[-1] - places[0] == len(group) - 1
    assert ordered.index("king") < len(words) / 2


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_vectors_stay_as_they_are(count: int) -> None:
    assert cluster_order(RANDOM[:count]).tolist() == list(range(count))


@pytest.mark.parametrize("rows", [np.zeros((4, 3)), np.ones((4, 3)), np.eye(4)])
def test_vectors_that_are_all_as_far_apart_have_an_order(rows: NDArray[np.float64]) -> None:
    for metric in METRICS:
        assert sorted(cluster_order(rows, metric).tolist()) == [0, 1, 2, 3]
