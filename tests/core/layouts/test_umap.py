import threading
from collections.abc import Iterator
from itertools import pairwise

import numba
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy import sparse
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors
from umap import UMAP
from umap.umap_ import find_ab_params

from core.embeddings import Embeddings
from core.errors import InputError
from core.layouts.base import LayoutStep, finished, spread_start
from core.layouts.neighbor_graph import neighbor_graph
from core.layouts.umap import (
    EPOCHS,
    GRAPH_SHARE,
    MIN_DISTANCE,
    NEIGHBORS,
    SHOWN_EVERY,
    _edges,
    _force,
    _forces,
    umap,
    umap_steps,
)

Rows = NDArray[np.float32]
COUNT = 2_000
BELOW = 0.01  # how much less a layout may be worth trusting than that of umap-learn


def normal(*shape: int) -> Rows:
    return np.random.default_rng(4).normal(size=shape).astype(np.float32)


@pytest.fixture(scope="module")
def words(glove: Embeddings) -> Rows:
    return glove.vectors[:COUNT]


@pytest.fixture(scope="module")
def flat(words: Rows) -> Rows:
    return umap(words)


@pytest.fixture(scope="module")
def peer(words: Rows) -> UMAP:
    """Return what umap-learn makes of the words with our defaults; once, for it compiles long."""
    return UMAP(NEIGHBORS, min_dist=MIN_DISTANCE, random_state=0, n_jobs=1).fit(words)


@pytest.fixture
def one_thread() -> Iterator[None]:
    ours, torchs = numba.get_num_threads(), torch.get_num_threads()
    numba.set_num_threads(1)
    torch.set_num_threads(1)
    yield
    numba.set_num_threads(ours)
    torch.set_num_threads(torchs)


# Beside umap-learn


def test_neighbours_can_be_trusted_as_those_of_umap_learn(
    words: Rows, flat: Rows, peer: UMAP
) -> None:
    assert flat.shape == (COUNT, 2)
    assert flat.dtype == np.float32
    ours = trustworthiness(words, flat, n_neighbors=NEIGHBORS)
    assert ours > trustworthiness(words, peer.embedding_, n_neighbors=NEIGHBORS) - BELOW
    assert ours > 0.87


def test_who_pulls_whom_and_how_often_is_what_umap_learn_says(words: Rows, peer: UMAP) -> None:
    starts, targets, rates = _edges(neighbor_graph(words, NEIGHBORS - 1))
    ours = sparse.csr_array((rates, targets, starts), shape=(COUNT, COUNT)).toarray()
    theirs = peer.graph_.toarray()
    theirs /= theirs.max()
    theirs[theirs < 1 / EPOCHS] = 0
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=2e-3)
    np.testing.assert_allclose(ours, ours.T)
    assert ours.max() == 1
    assert ours[ours > 0].min() >= 1 / EPOCHS
    assert ((ours > 0).sum(axis=1) >= 1).all()


@pytest.mark.parametrize("min_distance", [0.01, MIN_DISTANCE, 0.8])
def test_the_forces_are_those_of_the_paper(min_distance: float) -> None:
    a, b = find_ab_params(1.0, min_distance)
    pull, push = _forces(min_distance)
    for square in np.logspace(-5, 5, 400).astype(np.float32):
        attraction = -2 * a * b * square ** (b - 1) / (1 + a * square**b)
        repulsion = 2 * b / ((0.001 + square) * (1 + a * square**b))
        # Of the two words of an edge one is moved at a time: it is pulled twice as far.
        assert _force(pull, square) == pytest.approx(2 * attraction, rel=6e-3)
        assert _force(push, square) == pytest.approx(repulsion, rel=6e-3)


def test_words_at_one_place_and_words_far_off_have_forces() -> None:
    pull, push = _forces(MIN_DISTANCE)
    assert np.isfinite([pull, push]).all()
    assert (pull < 0).all()
    assert (push > 0).all()
    for square, cell in [(0, 0), (1e-30, 0), (1e30, -1), (np.inf, -1)]:
        assert _force(pull, np.float32(square)) == pull[cell]


# Seeds


def test_the_same_seed_is_the_same_picture_bit_for_bit(words: Rows, flat: Rows) -> None:
    np.testing.assert_array_equal(umap(words), flat)


def test_the_number_of_threads_does_not_matter(words: Rows, flat: Rows, one_thread: None) -> None:
    if numba.config.NUMBA_NUM_THREADS == 1:
        pytest.skip("one processor only")
    np.testing.assert_array_equal(umap(words), flat)


def test_another_seed_is_another_picture_as_good(words: Rows, flat: Rows) -> None:
    other = umap(words, seed=1)
    assert np.abs(other - flat).max() > 0.5
    mine = trustworthiness(words, flat, n_neighbors=NEIGHBORS)
    assert trustworthiness(words, other, n_neighbors=NEIGHBORS) == pytest.approx(mine, abs=BELOW)


# Steps


def test_progress_rises_to_one_and_the_layout_forms(words: Rows) -> None:
    some = words[:400]
    steps = list(umap_steps(some))
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert 0 < shares[0] <= GRAPH_SHARE
    assert shares[-1] == 1
    searching = [step for step in steps if step.coordinates is None]
    assert all(step.share <= GRAPH_SHARE for step in searching)
    formed = [step.coordinates for step in steps if step.coordinates is not None]
    assert len(formed) == EPOCHS // SHOWN_EVERY
    assert len(searching) + len(formed) == len(steps)
    assert all(step.doing for step in steps)
    # Each step is a picture of its own, and none of them changes when the next one comes.
    moved = [np.abs(after - before).max() for before, after in pairwise(formed)]
    assert min(moved) > 0
    assert moved[-1] < 0.2 * max(moved), "it comes to rest"
    np.testing.assert_array_equal(formed[-1], umap(some))
    first, last = (
        trustworthiness(some, picture, n_neighbors=NEIGHBORS) for picture in (formed[0], formed[-1])
    )
    assert last > first


def test_stopping_early_leaves_nothing(words: Rows) -> None:
    some = words[:400]
    whole = umap(some)
    threads = threading.active_count()
    steps = umap_steps(some)
    shown = next(step.coordinates for step in steps if step.coordinates is not None)
    before = shown.copy()
    steps.close()  # type: ignore[attr-defined]
    assert next(steps, None) is None
    assert threading.active_count() == threads
    np.testing.assert_array_equal(shown, before)
    np.testing.assert_array_equal(umap(some), whole)


def test_steps_that_lead_nowhere_are_a_bug() -> None:
    with pytest.raises(ValueError, match="before there were coordinates"):
        finished(iter([LayoutStep(0.1, "finding")]))
    with pytest.raises(ValueError, match="before there were coordinates"):
        finished(iter([]))


# Shapes


def test_space_keeps_more_than_the_plane(words: Rows, flat: Rows) -> None:
    deep = umap(words, components=3)
    assert deep.shape == (COUNT, 3)
    assert np.ptp(deep, axis=0).min() > 1
    in_space = trustworthiness(words, deep, n_neighbors=NEIGHBORS)
    assert in_space > trustworthiness(words, flat, n_neighbors=NEIGHBORS) + BELOW


@pytest.mark.parametrize("components", [2, 3])
def test_heaps_stay_apart(components: int) -> None:
    heap = np.repeat(np.arange(6), 40)
    rows = 0.3 * normal(240, 10)
    rows[np.arange(240), heap] += 5
    drawn = umap(rows, components)
    search = NearestNeighbors(n_neighbors=10).fit(drawn)
    nearest = search.kneighbors(return_distance=False)
    assert (heap[nearest] == heap[:, None]).all()


def test_copies_of_a_word_are_drawn_at_one_place() -> None:
    rows = np.repeat(normal(50, 8), 20, axis=0)  # more copies than neighbours
    drawn = umap(rows)
    assert np.isfinite(drawn).all()
    heaps = drawn.reshape(50, 20, 2)
    within = np.linalg.norm(heaps - heaps.mean(axis=1, keepdims=True), axis=2)
    middles = heaps.mean(axis=1)
    between = np.linalg.norm(middles[:, None] - middles, axis=2)[np.triu_indices(50, 1)]
    assert np.median(within) < 0.2 * np.median(between)


def test_a_greater_distance_between_words_is_kept(words: Rows) -> None:
    some = words[:500]

    def gap(min_distance: float) -> float:
        drawn = umap(some, min_distance=min_distance)
        return float(np.median(NearestNeighbors(n_neighbors=1).fit(drawn).kneighbors()[0]))

    assert gap(0.01) < 0.7 * gap(0.8)


@pytest.mark.parametrize(("total", "components", "neighbors"), [(4, 2, 2), (4, 2, 3), (5, 3, 4)])
def test_the_fewest_words_are_drawn(total: int, components: int, neighbors: int) -> None:
    drawn = umap(normal(total, 50), components, neighbors)
    assert drawn.shape == (total, components)
    assert np.isfinite(drawn).all()
    assert len(np.unique(drawn, axis=0)) == total


def test_vectors_with_one_coordinate_are_drawn() -> None:
    line = np.linspace(0, 1, 60, dtype=np.float32)[:, None]
    drawn = umap(line, 3, neighbors=5)
    assert np.isfinite(drawn).all()
    assert trustworthiness(line, drawn, n_neighbors=5) > 0.9


# The start


def test_the_start_is_the_principal_components_as_wide_as_ten(words: Rows) -> None:
    start = spread_start(words, 3, seed=0)
    assert start.shape == (COUNT, 3)
    assert start.dtype == np.float32
    assert np.abs(start).max() == pytest.approx(10, abs=1e-3)
    centred = words - words.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred.astype(np.float64), full_matrices=False)
    for axis in range(3):
        assert abs(np.corrcoef(start[:, axis], left[:, axis] * sizes[axis])[0, 1]) > 0.9999


def test_the_noise_at_the_start_parts_copies_by_the_seed() -> None:
    rows = np.repeat(normal(10, 4), 2, axis=0)
    start = spread_start(rows, 2, seed=0)
    assert len(np.unique(start, axis=0)) == 20
    np.testing.assert_array_equal(start, spread_start(rows, 2, seed=0))
    assert (start != spread_start(rows, 2, seed=1)).any()
    np.testing.assert_allclose(start, spread_start(rows, 2, seed=1), atol=1e-3)


# What cannot be drawn


@pytest.mark.parametrize(
    ("rows", "components", "neighbors", "told"),
    [
        (normal(0, 5), 2, 15, "these are 0"),
        (normal(3, 5), 2, 2, "4 words or more; these are 3"),
        (normal(4, 5), 3, 2, "5 words or more; these are 4"),
        (normal(15, 5), 2, 15, "Neighbours 15 .*15 words.*2 to 14"),
        (normal(15, 5), 2, 100, "Neighbours 100"),
        (normal(15, 5), 2, 1, "Neighbours 1 "),
        (normal(15, 5), 1, 5, "not 1"),
        (normal(15, 5), 4, 5, "not 4"),
        (np.ones((30, 5), dtype=np.float32), 2, 15, "the same"),
        (np.zeros((30, 5), dtype=np.float32), 2, 15, "the same"),
        (np.where(np.eye(30, dtype=bool), np.float32("nan"), normal(30, 30)), 2, 15, "NaN"),
        (np.where(np.eye(30, dtype=bool), np.float32("inf"), normal(30, 30)), 2, 15, "NaN"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_any_work(
    rows: Rows, components: int, neighbors: int, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        next(iter(umap_steps(rows, components, neighbors)))
