import os
import threading
from collections.abc import Callable
from itertools import islice, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from openTSNE import TSNE
from openTSNE.affinity import PerplexityBasedNN
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from core.embeddings import Embeddings
from core.errors import InputError
from core.layouts import tsne as tsne_layout
from core.layouts.neighbor_graph import neighbor_graph
from core.layouts.quality import layout_quality
from core.layouts.tsne import (
    EARLY,
    GRAPH_SHARE,
    LATE,
    MIN_WORDS_ON_GRID,
    PERPLEXITY,
    SHOWN_EVERY,
    _beginning,
    tsne,
    tsne_steps,
)

Rows = NDArray[np.float32]
COUNT = 600
LOOKED_AT = 15  # neighbours of a word
BELOW = 0.01  # how much less a layout may be worth trusting than that of openTSNE


def normal(*shape: int) -> Rows:
    return np.random.default_rng(6).normal(size=shape).astype(np.float32)


@pytest.fixture(scope="module")
def words(glove: Embeddings) -> Rows:
    return glove.vectors[:COUNT]


@pytest.fixture(scope="module")
def flat(words: Rows) -> Rows:
    return tsne(words)


# Beside openTSNE


def test_neighbours_can_be_trusted_as_those_of_open_tsne(words: Rows, flat: Rows) -> None:
    peer = np.array(TSNE(random_state=0).fit(words))
    assert flat.shape == (COUNT, 2)
    assert flat.dtype == np.float32
    ours = trustworthiness(words, flat, n_neighbors=LOOKED_AT)
    assert ours > trustworthiness(words, peer, n_neighbors=LOOKED_AT) - BELOW
    assert ours > 0.85


@pytest.mark.parametrize("perplexity", [5, PERPLEXITY, 12.5])
def test_who_picks_whom_is_what_open_tsne_says(words: Rows, perplexity: float) -> None:
    graph = neighbor_graph(words, int(3 * perplexity))
    ours = _beginning(words, graph, perplexity, seed=0).affinities.P.toarray()
    theirs = PerplexityBasedNN(words, perplexity=perplexity, method="exact").P.toarray()
    np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-9)
    assert ours.sum() == pytest.approx(1)


def test_it_begins_as_a_dot_with_the_shape_of_the_principal_components(words: Rows) -> None:
    start = np.array(_beginning(words, neighbor_graph(words, 90), 30, seed=0))
    assert start[:, 0].std() == pytest.approx(1e-4)
    assert start[:, 1].std() < 1e-4
    centred = words.astype(np.float64) - words.mean(axis=0, dtype=np.float64)
    left, _, _ = np.linalg.svd(centred, full_matrices=False)
    for axis in range(2):
        assert abs(np.corrcoef(start[:, axis], left[:, axis])[0, 1]) > 0.9999


# Seeds


def test_the_same_seed_is_the_same_picture_bit_for_bit(words: Rows, flat: Rows) -> None:
    np.testing.assert_array_equal(tsne(words), flat)


def test_the_number_of_threads_does_not_matter(
    words: Rows, flat: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = 1 if os.cpu_count() != 1 else 2
    monkeypatch.setattr(os, "cpu_count", lambda: other)
    np.testing.assert_array_equal(tsne(words), flat)


def test_another_seed_is_another_picture_as_good(words: Rows, flat: Rows) -> None:
    other = tsne(words, seed=1)
    assert np.abs(other - flat).max() > 1
    mine = trustworthiness(words, flat, n_neighbors=LOOKED_AT)
    # Few words: by their start, layouts of openTSNE differ by as much.
    assert trustworthiness(words, other, n_neighbors=LOOKED_AT) == pytest.approx(mine, abs=0.03)


# Steps


def test_progress_rises_to_one_and_the_layout_forms(words: Rows, flat: Rows) -> None:
    steps = list(tsne_steps(words))
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert 0 < shares[0] <= GRAPH_SHARE
    assert shares[-1] == pytest.approx(1)
    assert shares[-1] <= 1 + 1e-9
    searching = [step for step in steps if step.coordinates is None]
    assert all(step.share <= GRAPH_SHARE for step in searching)
    formed = [step.coordinates for step in steps if step.coordinates is not None]
    assert len(formed) == (EARLY + LATE) // SHOWN_EVERY
    doing = [step.doing for step in steps if step.coordinates is not None]
    assert len(set(doing[: EARLY // SHOWN_EVERY])) == len(set(doing[EARLY // SHOWN_EVERY :])) == 1
    assert doing[0] != doing[-1]
    # Each step is a picture of its own, and none of them changes when the next one comes.
    assert all((before != after).any() for before, after in pairwise(formed))
    np.testing.assert_array_equal(formed[-1], flat)
    early = formed[EARLY // SHOWN_EVERY - 1]
    kept = [layout_quality(words, picture).kept for picture in (formed[0], early, formed[-1])]
    assert kept[0] < kept[1] < kept[2]
    assert kept[2] > kept[0] + 1


def test_stopping_early_leaves_nothing(words: Rows, flat: Rows) -> None:
    threads = threading.active_count()
    steps = tsne_steps(words)
    shown = next(step.coordinates for step in steps if step.coordinates is not None)
    before = shown.copy()
    steps.close()  # type: ignore[attr-defined]
    assert next(steps, None) is None
    assert threading.active_count() == threads
    np.testing.assert_array_equal(shown, before)


@pytest.mark.parametrize("count", [100, 300, COUNT])
def test_few_words_are_not_drawn_together_in_one_point(words: Rows, count: int) -> None:
    steps = tsne_steps(words[:count], 10)
    formed = [step.coordinates for step in steps if step.coordinates is not None]
    assert min(picture.std() for picture in formed) > 0.01


# A tree for few words, a grid for many


def test_tree_and_grid_lead_to_the_same_picture(
    words: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(many: int) -> Rows:
        monkeypatch.setattr(tsne_layout, "MIN_WORDS_ON_GRID", many)
        monkeypatch.setattr(tsne_layout, "EXAGGERATION", tsne_layout.EXAGGERATION_OF_FEW)
        steps = (step.coordinates for step in tsne_steps(words) if step.coordinates is not None)
        return list(islice(steps, 4))[-1]

    tree, grid = begun(COUNT + 1), begun(COUNT)
    assert (tree != grid).any()
    assert np.corrcoef(tree.ravel(), grid.ravel())[0, 1] > 0.95
    np.testing.assert_array_equal(begun(COUNT), grid)  # it is the same one every time


@pytest.mark.parametrize(
    ("count", "method"), [(MIN_WORDS_ON_GRID - 1, "bh"), (MIN_WORDS_ON_GRID, "fft")]
)
def test_which_is_used(count: int, method: str) -> None:
    rows = normal(count, 3)
    beginning = _beginning(rows, neighbor_graph(rows, 6), 2, seed=0)
    assert beginning.gradient_descent_params["negative_gradient_method"] == method


# Shapes


def test_separate_clusters_stay_apart() -> None:
    heap = np.repeat(np.arange(5), 30)
    rows = 0.3 * normal(150, 10)
    rows[np.arange(150), heap] += 5
    nearest = NearestNeighbors(n_neighbors=8).fit(tsne(rows, 8)).kneighbors(return_distance=False)
    assert (heap[nearest] == heap[:, None]).all()


def test_copies_of_a_word_are_drawn_at_one_place() -> None:
    rows = np.repeat(normal(30, 8), 4, axis=0)
    drawn = tsne(rows, 5)
    assert np.isfinite(drawn).all()
    nearest = NearestNeighbors(n_neighbors=3).fit(drawn).kneighbors(return_distance=False)
    heap = np.arange(120) // 4
    assert (heap[nearest] == heap[:, None]).mean() > 0.95


@pytest.mark.parametrize(("total", "perplexity"), [(7, 2), (10, 3), (8, 2.5), (91, 30)])
def test_the_fewest_words_are_drawn(total: int, perplexity: float) -> None:
    drawn = tsne(normal(total, 50), perplexity)
    assert drawn.shape == (total, 2)
    assert np.isfinite(drawn).all()
    assert len(np.unique(drawn, axis=0)) == total


# What cannot be drawn


def holding(number: float) -> Callable[[], Rows]:
    def rows() -> Rows:
        made = normal(100, 5)
        made[7, 2] = number
        return made

    return rows


@pytest.mark.parametrize(
    ("rows", "perplexity", "told"),
    [
        (lambda: normal(0, 5), 30, "these are 0"),
        (lambda: normal(3, 5), 2, "these are 3"),
        (lambda: normal(20, 5), 30, "Perplexity 30 .*20 words"),
        (lambda: normal(50, 5), 30, "3 times the perplexity, 90 .*50 words.*2 to 49"),
        (lambda: normal(90, 5), 30, "3 times the perplexity, 90"),
        (lambda: normal(50, 5), 1, "Perplexity 1 "),
        (lambda: normal(50, 5), -5, "Perplexity -5"),
        (lambda: normal(50, 5), float("nan"), "Perplexity nan"),
        (lambda: np.ones((100, 5), dtype=np.float32), 30, "the same"),
        (holding(float("nan")), 30, "NaN"),
        (holding(float("-inf")), 30, "NaN"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_any_work(
    rows: Callable[[], Rows], perplexity: float, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        next(iter(tsne_steps(rows(), perplexity)))
