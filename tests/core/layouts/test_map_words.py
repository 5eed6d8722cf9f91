import numpy as np
import pytest

from core.embeddings import Embeddings
from core.layouts.curated_words import curated_words
from core.layouts.map_words import MIN_WORDS_WITH_CURATED, MapWords, chosen, most_frequent

TOY = Embeddings(
    "toy",
    ["the", "of", "king", "queen", "qqq"],
    np.array([[3, 4], [0, 0], [1, 0], [0, -2], [1e-3, 0]], dtype=np.float32),
)


def assert_whole(drawn: MapWords, embeddings: Embeddings) -> None:
    """Check that rows, words and vectors go together."""
    assert len(drawn) == len(drawn.rows) == len(drawn.words) == len(drawn.vectors)
    assert drawn.source == embeddings.name
    assert drawn.rows.dtype == np.intp
    assert (np.diff(drawn.rows) > 0).all()
    assert list(drawn.words) == [embeddings.words[row] for row in drawn.rows]
    np.testing.assert_array_equal(drawn.vectors, embeddings.vectors[drawn.rows])
    assert drawn.vectors.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        drawn.vectors[0] = 1


# The most frequent ones


@pytest.mark.parametrize("count", [1, 3, 5, 100])
def test_the_most_frequent_words(count: int) -> None:
    drawn = most_frequent(TOY, count)
    assert_whole(drawn, TOY)
    assert drawn.rows.tolist() == list(range(min(count, 5)))
    assert drawn.frequent == min(count, 5)


def test_few_words_are_not_crowded_by_those_of_the_lessons(glove: Embeddings) -> None:
    drawn = most_frequent(glove, MIN_WORDS_WITH_CURATED - 1)
    assert len(drawn) == MIN_WORDS_WITH_CURATED - 1


@pytest.mark.parametrize("count", [MIN_WORDS_WITH_CURATED, 20_000])
def test_words_of_the_lessons_come_after_the_frequent_ones(glove: Embeddings, count: int) -> None:
    drawn = most_frequent(glove, count)
    assert_whole(drawn, glove)
    assert drawn.frequent == count
    assert drawn.rows[:count].tolist() == list(range(count))
    assert set(drawn.words[count:]) == {
        word for word in curated_words() if word in glove and glove.index(word) >= count
    }
    assert 0 < len(drawn) - count < 500


@pytest.mark.parametrize("count", [100, 400_000, 1_000_000])
def test_few_words_and_all_words_cost_no_copy(glove: Embeddings, count: int) -> None:
    drawn = most_frequent(glove, count)
    assert len(drawn) == drawn.frequent == min(count, len(glove))
    assert np.shares_memory(drawn.vectors, glove.vectors)


# Chosen ones


def test_chosen_words_come_each_once_the_most_frequent_first() -> None:
    drawn = chosen(TOY, [3, 0, 3, 2])
    assert_whole(drawn, TOY)
    assert drawn.words == ["the", "king", "queen"]
    assert drawn.frequent == 0
    assert chosen(TOY, iter((4, 0)), 1).frequent == 1


def test_chosen_words_can_be_those_that_are_frequent(glove: Embeddings) -> None:
    frequent = most_frequent(glove, 2_000)
    same = chosen(glove, frequent.rows.tolist(), 2_000)
    assert_whole(same, glove)
    assert (same.digest, same.frequent) == (frequent.digest, frequent.frequent)


# Places


def test_the_place_of_a_row() -> None:
    drawn = chosen(TOY, [0, 2, 4])
    assert [drawn.position(row) for row in range(-1, 7)] == [None, 0, None, 1, None, 2, None, None]


# Digests


def test_the_same_words_have_the_same_digest() -> None:
    assert chosen(TOY, [0, 1, 2]).digest == most_frequent(TOY, 3).digest
    assert most_frequent(TOY, 3).digest != most_frequent(TOY, 4).digest
    assert chosen(TOY, [0, 2]).digest != chosen(TOY, [0, 3]).digest


def test_the_same_words_with_other_vectors_have_another_digest() -> None:
    # GloVe comes in 50 and 100 dimensions with the same words in the same order.
    wider = Embeddings("toy", TOY.words, np.ones((5, 3), dtype=np.float32))
    moved = TOY.vectors.copy()
    moved[4, 1] = 1e-6
    other = Embeddings("toy", TOY.words, moved)
    digests = {most_frequent(embeddings, 5).digest for embeddings in (TOY, wider, other)}
    assert len(digests) == 3
    assert most_frequent(other, 4).digest == most_frequent(TOY, 4).digest


def test_how_vectors_lie_in_memory_does_not_matter() -> None:
    by_column = Embeddings("toy", TOY.words, np.asfortranarray(TOY.vectors))
    assert most_frequent(by_column, 5).digest == most_frequent(TOY, 5).digest


# Directions only


def test_units_have_length_one_and_zero_stays_zero() -> None:
    units = most_frequent(TOY, 5).units
    np.testing.assert_allclose(units, [[0.6, 0.8], [0, 0], [1, 0], [0, -1], [1, 0]], rtol=1e-6)
    assert units.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        units[0] = 1


def test_distances_of_units_order_as_angles_do(glove: Embeddings) -> None:
    drawn = most_frequent(glove, 500)
    rows = drawn.vectors.astype(np.float64)
    lengths = np.linalg.norm(rows, axis=1)
    cosines = rows @ rows[7] / (lengths * lengths[7])
    apart = np.linalg.norm(drawn.units - drawn.units[7], axis=1)
    np.testing.assert_allclose(apart, np.sqrt(np.maximum(2 - 2 * cosines, 0)), atol=1e-3)
    np.testing.assert_array_equal(np.argsort(apart)[:50], np.argsort(-cosines)[:50])
