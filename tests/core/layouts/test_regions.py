from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import NearestNeighbors

from core.embeddings import Embeddings
from core.layouts import region_store
from core.layouts.map_words import MapWords, most_frequent
from core.layouts.region_store import groups_on, regions_of
from core.layouts.regions import COUNTS, FILLED, MIN_WORDS, NEIGHBORS, RegionLevel, regions
from core.layouts.store import SHIPPED_RECIPES, find, shipped_words

Rows = NDArray[np.float32]
SIZES = (90, 70, 50, 30)
WORDS = [f"word{index}" for index in range(sum(SIZES))]


def heaps(seed: int = 2) -> tuple[Rows, Rows, NDArray[np.intp]]:
    """Return unit vectors in four heaps, a layout that keeps them, and the heap of each."""
    random = np.random.default_rng(seed)
    heap = random.permutation(np.repeat(np.arange(len(SIZES)), SIZES))
    vectors = np.eye(4, 6)[heap] + random.normal(scale=0.05, size=(len(heap), 6))
    corners = np.array([[0, 0], [9, 0], [0, 9], [9, 9]])
    layout = corners[heap] + random.normal(size=(len(heap), 2))
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units.astype(np.float32), layout.astype(np.float32), heap


def assert_whole(levels: tuple[RegionLevel, ...], count: int) -> None:
    """Assert that the levels are nested divisions of all words, the largest region first."""
    before = np.zeros(count, dtype=int)
    for level in levels:
        sizes = np.bincount(level.labels)
        assert len(level) == len(sizes) == len(level.peaks) == len(level.central) == len(level.kept)
        assert (sizes > 0).all()
        assert (np.diff(sizes) <= 0).all()
        assert (level.parents[level.labels] == before).all()
        assert (level.adjacent == level.adjacent.T).all()
        assert not level.adjacent.diagonal().any()
        assert ((level.kept >= 0) & (level.kept <= 1)).all()
        for region, central in enumerate(level.central):
            assert (level.labels[list(central)] == region).all()
        before = level.labels


def test_regions_of_texts_have_the_names_of_their_words() -> None:
    units, layout, heap = heaps()
    subjects = ("soup", "goalkeeper", "rocket", "violin")
    texts = [f"The {subjects[kind]} was here for {row} days." for row, kind in enumerate(heap)]
    (level,) = regions(texts, units, layout, counts=[4], are_texts=True)
    assert [name.split(", ")[0] for name in level.names] == list(subjects)
    (level,) = regions(["1 2 3 4"] * len(heap), units, layout, counts=[4], are_texts=True)
    assert level.names == ("1 2 3 4, 1 2 3 4",) * 4


@pytest.mark.parametrize("seed", range(3))
def test_heaps_are_found(seed: int) -> None:
    units, layout, heap = heaps()
    (level,) = regions(WORDS, units, layout, counts=[4], seed=seed)
    assert adjusted_rand_score(heap, level.labels) == 1
    assert np.bincount(level.labels).tolist() == list(SIZES)
    assert level.kept.tolist() == [1, 1, 1, 1]
    for region, peak in enumerate(level.peaks):
        middle = layout[level.labels == region].mean(axis=0)
        assert np.linalg.norm(peak - middle) < 1.5


def test_levels_are_nested_and_stable() -> None:
    units, layout, _ = heaps()
    levels = regions(WORDS, units, layout, counts=(2, 4, 8))
    assert [len(level) for level in levels] == [2, 4, 8]
    assert_whole(levels, len(WORDS))
    again = regions(WORDS, units, layout, counts=(2, 4, 8))
    for one, other in zip(levels, again, strict=True):
        assert (one.labels == other.labels).all()
        assert one.names == other.names


def test_a_group_names_the_smallest_region_that_it_fills() -> None:
    units, layout, heap = heaps()
    rows = np.flatnonzero(heap == 3)
    near = rows[np.argsort(-(units[rows] @ (units[rows].mean(axis=0) - units.mean(axis=0))))]
    groups = {"rare": near[:12].tolist(), "mixed": [*rows[:3], *np.flatnonzero(heap == 1)[:3]]}
    levels = regions(WORDS, units, layout, groups, counts=(2, 4))
    names = [name for level in levels for name in level.names]
    assert names.count("rare") == 1
    assert levels[1].names[3] == "rare"
    assert "mixed" not in names


def test_a_group_of_few_words_names_no_large_region() -> None:
    units, layout, heap = heaps()
    rows = np.flatnonzero(heap == 0)
    near = rows[np.argsort(-(units[rows] @ (units[rows].mean(axis=0) - units.mean(axis=0))))]
    few = int(FILLED * len(rows))
    (level,) = regions(WORDS, units, layout, {"few": near[:few].tolist()}, counts=[4])
    assert "few" not in level.names
    (level,) = regions(WORDS, units, layout, {"few": near[: few + 1].tolist()}, counts=[4])
    assert "few" in level.names


def test_a_region_with_two_groups_is_named_by_its_words() -> None:
    units, layout, heap = heaps()
    rows = np.flatnonzero(heap == 0)
    groups = {"one": rows[:12].tolist(), "other": rows[12:24].tolist()}
    (level,) = regions(WORDS, units, layout, groups, counts=[4])
    first, second = level.central[0][:2]
    assert level.names[0] == f"{WORDS[first]}, {WORDS[second]}"


def test_shares_of_neighbours_are_those_of_scikit_learn() -> None:
    units, layout, _ = heaps()
    levels = regions(WORDS, units, layout, counts=(2, 8))
    near = NearestNeighbors(n_neighbors=NEIGHBORS).fit(units).kneighbors(return_distance=False)
    for level in levels:
        same = (level.labels[near] == level.labels[:, None]).mean(axis=1)
        expected = np.bincount(level.labels, same) / np.bincount(level.labels)
        assert np.abs(level.kept - expected).max() < 0.15  # a sample of twenty words of a region


def test_long_names_and_signs() -> None:
    units, layout, _ = heaps()
    words = ["<b>" if index % 2 else "x" * 200 for index in range(len(WORDS))]
    (level,) = regions(words, units, layout, counts=[4])
    assert all(len(name) <= 42 for name in level.names)
    (level,) = regions(["1,000"] * len(WORDS), units, layout, counts=[4])
    assert set(level.names) == {"1,000, 1,000"}


@pytest.mark.parametrize("count", [0, 1, 2, 10, 2 * MIN_WORDS - 1])
def test_few_words_have_no_regions(count: int) -> None:
    units, layout, _ = heaps()
    assert regions(WORDS[:count], units[:count], layout[:count]) == ()


def test_equal_vectors_and_equal_places() -> None:
    units, layout, _ = heaps()
    same = np.repeat(units[:1], len(WORDS), axis=0)
    assert regions(WORDS, same, np.repeat(layout[:1], len(WORDS), axis=0)) == ()
    levels = regions(WORDS, same, layout, counts=(2, 4))
    assert_whole(levels, len(WORDS))
    levels = regions(WORDS, units, np.round(layout / 9), counts=(2, 4))  # many at the same place
    assert_whole(levels, len(WORDS))


def test_noise() -> None:
    random = np.random.default_rng(0)
    units = random.normal(size=(500, 20)).astype(np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    layout = random.uniform(size=(500, 3)).astype(np.float32)
    levels = regions([str(index) for index in range(500)], units, layout)
    assert [len(level) for level in levels] == [12, 25]
    assert_whole(levels, 500)


def test_regions_are_kept_on_disk(
    glove: Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = most_frequent(glove, 2_000)
    layout = drawn.units[:, :2]
    monkeypatch.setattr(region_store, "data_folder", lambda: tmp_path)
    made = regions_of(glove, "name", drawn, layout)
    monkeypatch.setattr(region_store, "region_steps", None)  # would be called for nothing
    kept = regions_of(glove, "name", drawn, layout)
    assert len(made) == 3
    for one, other in zip(made, kept, strict=True):
        assert (one.labels == other.labels).all()
        assert (one.adjacent == other.adjacent).all()
        assert (one.central, one.names) == (other.central, other.names)
    with pytest.raises(TypeError):
        regions_of(glove, "other", drawn, layout)


@pytest.fixture(scope="module")
def drawn(glove: Embeddings) -> MapWords:
    return shipped_words(glove)


@pytest.fixture(scope="module")
def levels(glove: Embeddings, drawn: MapWords) -> tuple[RegionLevel, ...]:
    layout = find(SHIPPED_RECIPES[-1], drawn)
    assert layout is not None
    return regions(drawn.words, drawn.units, layout, groups_on(glove, drawn))


def test_regions_of_the_first_map(levels: tuple[RegionLevel, ...], drawn: MapWords) -> None:
    assert tuple(len(level) for level in levels) == COUNTS
    assert_whole(levels, len(drawn))
    names = {name for level in levels for name in level.names}
    assert "foods" in names
    assert "1914, 1917" in names
    assert np.average(levels[1].kept, weights=np.bincount(levels[1].labels)) > 0.6


def test_a_region_of_the_first_map_is_in_one_piece(
    levels: tuple[RegionLevel, ...], drawn: MapWords
) -> None:
    layout = find(SHIPPED_RECIPES[-1], drawn)
    assert layout is not None
    near = NearestNeighbors(n_neighbors=5).fit(layout).kneighbors(return_distance=False)
    same = (levels[1].labels[near] == levels[1].labels[:, None]).mean()
    assert same > 0.9
