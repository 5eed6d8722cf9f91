from dataclasses import astuple

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.projection import pca
from core.layouts.quality import BLOCK_NUMBERS, SAMPLE, layout_quality, neighbors_kept

Rows = NDArray[np.float32]
ALL = 1_000_000  # a sample of all words

# Five words on a line, and a picture in which the first and the last have changed places.
LINE = np.array([[0], [1], [2.1], [3.3], [4.6]], dtype=np.float32)
SWAPPED = LINE[[4, 1, 2, 3, 0]]


def normal(*shape: int) -> Rows:
    return np.random.default_rng(8).normal(size=shape).astype(np.float32)


def flattened(rows: Rows) -> Rows:
    return pca(rows, 2).project(rows)


@pytest.fixture(scope="module")
def words(glove: Embeddings) -> Rows:
    rows = glove.vectors[:2_500]
    assert len(rows) ** 2 > 2 * BLOCK_NUMBERS, "more than two blocks"
    return rows


@pytest.fixture(scope="module")
def picture(words: Rows) -> Rows:
    return flattened(words)


# By hand


def test_a_line_with_two_words_swapped_by_hand() -> None:
    # Nearest in truth: 1 0 1 2 3; as drawn: 3 4 1 2 1. The intruders 3, 4 and 1 are in truth the
    # third, fourth and third nearest of their words: 2 + 3 + 2 too far; at worst, each of the five
    # words could have been 3 too far. The lost ones are drawn just as far off.
    found = layout_quality(LINE, SWAPPED, neighbors=1)
    assert found.trustworthiness == pytest.approx(1 - 7 / 15)
    assert found.continuity == pytest.approx(1 - 7 / 15)
    assert found.kept == pytest.approx(2 / 5)
    assert (found.neighbors, found.compared) == (1, 5)


def test_intruders_and_lost_ones_by_hand() -> None:
    # A square with unequal sides, drawn from the side: 0 and 3, 1 and 2 fall together, nearly.
    corners = np.array([[0, 0], [1, 0], [1.1, 5], [0, 5]], dtype=np.float32)
    side = np.array([[0], [1], [1.1], [0.2]], dtype=np.float32)
    # Nearest in truth: 1 0 3 2; as drawn: 3 2 1 0. From 0, word 3 is the second nearest (5 and
    # 5.1), from 1 word 2 (5 and 5.1), from 2 word 1 (5 and 5.1), from 3 word 0: 1 too far each.
    # Drawn, word 1 is the third nearest of 0 (0.2, 1, 1.1: the second), 0 the third of 1 (0.1,
    # 0.8, 1), 3 the second of 2 (0.1, 0.9), 2 the third of 3 (0.2, 0.8, 0.9): 1 + 2 + 1 + 2.
    found = layout_quality(corners, side, neighbors=1)
    worst = 4 * 1 * (2 * 4 - 3 * 1 - 1) / 2
    assert found.trustworthiness == pytest.approx(1 - 4 / worst)
    assert found.continuity == pytest.approx(1 - 6 / worst)
    assert found.kept == 0


@pytest.mark.parametrize(
    "change",
    [lambda rows: rows, lambda rows: -3 * rows + 7, lambda rows: rows[:, ::-1].copy()],
    ids=["the same", "turned, larger, elsewhere", "mirrored"],
)
def test_a_turned_and_scaled_layout_is_perfect(words: Rows, change: object) -> None:
    some = words[:300, :3].copy()
    found = layout_quality(some, change(some), neighbors=10)  # type: ignore[operator]
    assert astuple(found) == (1, 1, 10, 10, 300)


def test_an_unrelated_layout_has_a_trustworthiness_of_one_half() -> None:
    found = layout_quality(normal(1_000, 20), normal(2_000, 2)[1_000:], sample=ALL)
    assert found.trustworthiness == pytest.approx(0.5, abs=0.02)
    assert found.continuity == pytest.approx(0.5, abs=0.02)
    assert found.kept == pytest.approx(10 * 10 / 999, abs=0.03)


# The oracle


@pytest.mark.parametrize("neighbors", [1, 5, 10, 60])
def test_scikit_learn_says_the_same_both_ways(words: Rows, picture: Rows, neighbors: int) -> None:
    wide, drawn = words.astype(np.float64), picture.astype(np.float64)
    found = layout_quality(words, picture, neighbors, sample=ALL)
    trust = trustworthiness(wide, drawn, n_neighbors=neighbors)
    continuity = trustworthiness(drawn, wide, n_neighbors=neighbors)
    assert found.trustworthiness == pytest.approx(trust, abs=1e-9)
    assert found.continuity == pytest.approx(continuity, abs=1e-9)
    assert found.compared == len(words)


def test_the_most_neighbours_that_can_be(words: Rows, picture: Rows) -> None:
    some, drawn = words[:31].astype(np.float64), picture[:31].astype(np.float64)
    found = layout_quality(words[:31], picture[:31], 15)
    assert found.trustworthiness == pytest.approx(trustworthiness(some, drawn, n_neighbors=15))


def test_neighbours_kept_are_those_in_both_of_scikit_learns_lists(
    words: Rows, picture: Rows
) -> None:
    lists = [
        NearestNeighbors(n_neighbors=10).fit(rows.astype(np.float64)).kneighbors()[1]
        for rows in (words, picture)
    ]
    kept = [np.isin(true, drawn).sum() for true, drawn in zip(*lists, strict=True)]
    assert layout_quality(words, picture, sample=ALL).kept == pytest.approx(np.mean(kept))
    for row in range(0, len(words), 100):
        one = neighbors_kept(words, picture, row)
        assert set(one.true) == set(lists[0][row])
        assert set(one.drawn) == set(lists[1][row])
        assert len(one.kept) == kept[row]


@pytest.mark.parametrize("factor", [2.0**-30, 2.0**45])
def test_the_scale_of_a_layout_does_not_matter(words: Rows, picture: Rows, factor: float) -> None:
    some, drawn = words[:400], picture[:400]
    assert layout_quality(some, drawn * np.float32(factor)) == layout_quality(some, drawn)
    assert layout_quality(some * np.float32(factor), drawn) == layout_quality(some, drawn)


def test_the_position_of_a_layout_does_not_matter(words: Rows, picture: Rows) -> None:
    # Rounded to eighths and halves, so that moving them costs no digits, though ties fall anew.
    some, drawn = np.round(8 * words[:400]) / 8, np.round(2_000 * picture[:400]) / 2
    moved = layout_quality(some + np.float32(2**17), drawn - np.float32(2**20))
    found = layout_quality(some, drawn)
    assert moved.trustworthiness == pytest.approx(found.trustworthiness, abs=1e-3)
    assert moved.continuity == pytest.approx(found.continuity, abs=1e-3)


# Samples


def test_a_sample_is_near_the_whole(words: Rows, picture: Rows) -> None:
    whole, sample = layout_quality(words, picture, sample=ALL), layout_quality(words, picture)
    assert sample.compared == SAMPLE
    assert sample != whole
    assert sample.trustworthiness == pytest.approx(whole.trustworthiness, abs=0.01)
    assert sample.continuity == pytest.approx(whole.continuity, abs=0.01)
    assert sample.kept == pytest.approx(whole.kept, abs=0.1)


def test_the_same_seed_takes_the_same_sample(words: Rows, picture: Rows) -> None:
    assert layout_quality(words, picture, seed=3) == layout_quality(words, picture, seed=3)
    assert layout_quality(words, picture, seed=3) != layout_quality(words, picture, seed=4)


def test_a_sample_of_as_many_is_all(words: Rows, picture: Rows) -> None:
    some, drawn = words[:100], picture[:100]
    assert layout_quality(some, drawn, sample=100) == layout_quality(some, drawn, sample=ALL)


def test_the_number_of_threads_does_not_matter(words: Rows, picture: Rows) -> None:
    several, before = layout_quality(words, picture), numba.get_num_threads()
    numba.set_num_threads(1)
    try:
        assert layout_quality(words, picture) == several
    finally:
        numba.set_num_threads(before)


# Ties


@given(
    arrays(np.float32, st.tuples(st.integers(5, 12), st.just(2)), elements=st.integers(-1, 1)),
    st.randoms(use_true_random=False),
)
def test_words_at_one_place_break_nothing(rows: Rows, random: object) -> None:
    picture = rows.copy()
    random.shuffle(picture)  # type: ignore[attr-defined]
    found = layout_quality(rows, picture[:, :1].copy(), neighbors=2)
    assert 0 <= found.trustworthiness <= 1
    assert 0 <= found.continuity <= 1
    assert 0 <= found.kept <= 2


def test_all_words_at_one_place() -> None:
    found = layout_quality(normal(30, 4), np.zeros((30, 2), dtype=np.float32), 3)
    assert found.continuity == 1  # nobody is drawn farther off than anybody
    assert found.trustworthiness < 0.8


# What cannot be


@pytest.mark.parametrize(
    ("vectors", "coordinates", "neighbors", "told"),
    [
        (30, 29, 5, "30 vectors but 29"),
        (30, 30, 0, "0 neighbours"),
        (30, 30, -1, "-1 neighbours"),
        (30, 30, 15, "more than 30 words"),
        (2, 2, 1, "more than 2 words"),
        (0, 0, 10, "these are 0"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    vectors: int, coordinates: int, neighbors: int, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        layout_quality(normal(vectors, 3), normal(coordinates, 2), neighbors)


# One word


def test_one_word_by_hand() -> None:
    rows = np.array([[0, 0], [1, 0], [0, 2], [3, 0], [0, 4]], dtype=np.float32)
    above = rows[:, :1].copy()  # the second coordinate is gone: 0, 2 and 4 fall together
    found = neighbors_kept(rows, above, 0, 3)
    assert found.true.tolist() == [1, 2, 3]
    assert found.drawn.tolist() == [2, 4, 1]
    assert found.kept.tolist() == [1, 2]  # in the order of truth
    assert found.lost.tolist() == [3]


def test_one_word_of_a_perfect_and_of_a_useless_picture() -> None:
    perfect = neighbors_kept(LINE, LINE, 0, 2)
    assert perfect.kept.tolist() == perfect.true.tolist() == [1, 2]
    assert perfect.lost.tolist() == []
    swapped = neighbors_kept(LINE, SWAPPED, 0, 2)
    assert (swapped.true.tolist(), swapped.drawn.tolist()) == ([1, 2], [3, 2])
    assert (swapped.kept.tolist(), swapped.lost.tolist()) == ([2], [1])


def test_fewer_words_than_neighbours() -> None:
    found = neighbors_kept(LINE, SWAPPED, 2, 100)
    assert sorted(found.true) == sorted(found.drawn) == [0, 1, 3, 4]
    assert found.lost.tolist() == []
    alone = neighbors_kept(LINE[:1], SWAPPED[:1], 0)
    assert [len(rows) for rows in astuple(alone)] == [0, 0, 0, 0]


def test_a_word_with_the_same_vector_as_another_is_not_its_own_neighbour() -> None:
    rows = np.repeat(LINE, 2, axis=0)
    found = neighbors_kept(rows, rows, 3, 1)
    assert found.true.tolist() == [2]
    assert found.kept.tolist() == [2]
