"""The weighted graph of UMAP, beside umap-learn's own."""

import numpy as np
import pytest

from core.layouts.fuzzy_graph import fuzzy_graph
from core.layouts.neighbor_graph import NeighborGraph, neighbor_graph
from core.layouts.umap import _curve


def test_two_neighbours_worked_out_by_hand() -> None:
    # Of the two others, the nearest weighs 1; the sum is log2(3), so the second weighs the rest.
    graph = NeighborGraph(
        np.array([[1, 2], [0, 2], [1, 0]], np.int32),
        np.array([[1, 3], [1, 2], [2, 3]], np.float32),
    )
    rest = np.log2(3) - 1
    expected = np.ones((3, 3))
    expected[[0, 2], [2, 0]] = rest + rest - rest * rest
    np.fill_diagonal(expected, 0)
    assert fuzzy_graph(graph).toarray() == pytest.approx(expected, abs=2e-5)


@pytest.mark.parametrize("duplicates", [0, 8])
@pytest.mark.parametrize("others", [2, 14])
def test_the_weights_are_those_of_umap_learn(others: int, duplicates: int) -> None:
    from umap.umap_ import fuzzy_simplicial_set

    vectors = np.random.default_rng(0).normal(size=(300, 5)).astype(np.float32)
    vectors[:duplicates] = vectors[0]
    graph = neighbor_graph(vectors, others)
    # umap-learn counts a vector as the first of its own neighbours.
    own = np.arange(len(vectors), dtype=np.int32)[:, None]
    theirs, _, _ = fuzzy_simplicial_set(
        vectors,
        others + 1,
        np.random.RandomState(0),
        "euclidean",
        knn_indices=np.concatenate([own, graph.indices], axis=1),
        knn_dists=np.concatenate([0 * graph.distances[:, :1], graph.distances], axis=1),
    )
    ours = fuzzy_graph(graph)
    assert abs(ours - theirs).max() < 1e-6
    assert abs(ours - ours.T).max() < 1e-6


@pytest.mark.parametrize("min_distance", [0.01, 0.1, 0.8])
def test_the_curve_is_that_of_umap_learn(min_distance: float) -> None:
    from umap.umap_ import find_ab_params

    assert _curve(min_distance) == pytest.approx(find_ab_params(1.0, min_distance))
