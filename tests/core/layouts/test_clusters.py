import warnings

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from core.embeddings import Embeddings
from core.errors import InputError
from core.layouts.clusters import COUNT, MAX_FITTED, clusters

Rows = NDArray[np.float32]
SIZES = (70, 10, 40, 25)


def heaps(sizes: tuple[int, ...] = SIZES, dimensions: int = 6, seed: int = 2) -> tuple[Rows, Rows]:
    """Return vectors in heaps far from one another, mixed, and which heap each is in."""
    random = np.random.default_rng(seed)
    heap = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    middles = 20 * np.eye(len(sizes), dimensions)
    return (middles[heap] + random.normal(size=(len(heap), dimensions))).astype(np.float32), heap


@pytest.mark.parametrize("seed", range(4))
def test_separate_clusters_are_found(seed: int) -> None:
    rows, heap = heaps()
    found = clusters(rows, len(SIZES), seed=seed)
    assert adjusted_rand_score(heap, found.labels) == 1
    assert found.labels.dtype == np.int16
    assert found.centers.dtype == np.float32


def test_the_largest_comes_first() -> None:
    rows, heap = heaps()
    found = clusters(rows, len(SIZES))
    assert np.bincount(found.labels).tolist() == sorted(SIZES, reverse=True)
    assert (found.labels[heap == 0] == 0).all()
    for label, middle in enumerate(found.centers):
        np.testing.assert_allclose(middle, rows[found.labels == label].mean(axis=0), atol=1e-4)


def test_clusters_are_named_after_the_words_nearest_to_their_centre() -> None:
    rows, _ = heaps()
    found = clusters(rows, len(SIZES), named_by=5)
    assert [len(central) for central in found.central] == [5] * len(SIZES)
    for label, central in enumerate(found.central):
        apart = np.linalg.norm(rows - found.centers[label], axis=1)
        assert list(central) == np.argsort(apart)[:5].tolist()  # the heaps are far from each other
        assert all(isinstance(row, int) for row in central)


def test_a_small_cluster_is_named_after_all_its_words() -> None:
    rows, heap = heaps((50, 2))
    found = clusters(rows, 2, named_by=5)
    assert set(found.central[1]) == set(np.flatnonzero(heap == 1))


def test_one_cluster_is_everything() -> None:
    rows, _ = heaps()
    found = clusters(rows, 1, named_by=1)
    assert (found.labels == 0).all()
    np.testing.assert_allclose(found.centers, rows.mean(axis=0, keepdims=True), atol=1e-4)


def test_as_many_clusters_as_words() -> None:
    rows = np.array([[0, 0], [5, 0], [0, 5]], dtype=np.float32)
    found = clusters(rows, 3)
    assert sorted(found.labels.tolist()) == [0, 1, 2]
    assert sorted(row for (row,) in found.central) == [0, 1, 2]


def test_clusters_of_glove_are_as_tight_as_those_of_scikit_learn(glove: Embeddings) -> None:
    units = glove.vectors[:5_000]
    units = (units / np.linalg.norm(units, axis=1, keepdims=True)).astype(np.float32)
    found = clusters(units, seed=0)
    assert len(found.central) == COUNT
    assert (np.diff(np.bincount(found.labels)) <= 0).all()
    apart = np.square(units[:, None] - found.centers).sum(axis=2)
    np.testing.assert_array_equal(found.labels, apart.argmin(axis=1))
    peer = min(KMeans(COUNT, n_init=1, random_state=seed).fit(units).inertia_ for seed in (1, 2, 3))
    assert apart.min(axis=1).sum() < 1.02 * peer
    # Names of people are with one another, and those who fight too.
    people, army = (
        set(found.labels[glove.indices(words)].tolist())
        for words in (("david", "smith", "baker"), ("army", "soldiers", "troops"))
    )
    assert len(people) == len(army) == 1
    assert people != army


def test_the_same_seed_finds_the_same_clusters(glove: Embeddings) -> None:
    rows = glove.vectors[:1_000]
    one, same, other = (clusters(rows, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.labels, same.labels)
    np.testing.assert_array_equal(one.centers, same.centers)
    assert one.central == same.central
    assert (one.centers != other.centers).any()


def test_rare_words_join_the_nearest_centre() -> None:
    rows, heap = heaps((MAX_FITTED, MAX_FITTED // 2, 600), 3)
    found = clusters(rows, 3)
    assert len(found.labels) == len(rows) > MAX_FITTED
    assert adjusted_rand_score(heap, found.labels) == 1


# Too few


def same(total: int, different: int) -> Rows:
    """Return vectors of which the last few only differ."""
    rows = np.ones((total, 3), dtype=np.float32)
    rows[total - different + 1 :, 0] = np.arange(2, different + 1)
    return rows


@pytest.mark.parametrize(
    ("rows", "count"), [(same(3, 3), 4), (same(100, 7), 8), (same(1_000, 1), 2), (same(0, 0), 1)]
)
def test_fewer_different_words_than_clusters_are_refused(rows: Rows, count: int) -> None:
    with pytest.raises(InputError, match=f"{count} clusters.*{len(rows):,}"):
        clusters(rows, count)


def test_different_words_are_found_wherever_they_are() -> None:
    rows = same(3_000, 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = clusters(rows, 4)
    assert len(np.unique(found.labels)) == 4
    assert np.bincount(found.labels).tolist() == [2_997, 1, 1, 1]
