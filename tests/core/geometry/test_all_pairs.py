import numpy as np
import pytest

from core.embeddings import Embeddings
from core.errors import InputError, UnknownWordError
from core.geometry.all_pairs import BINS, BLOCK_ROWS, CosineCounts, compare_pairs, count_cosines


@pytest.fixture(scope="module")
def all_pairs(glove: Embeddings) -> CosineCounts:
    return count_cosines(glove.vectors[:5_000])


def test_pairs_counted_by_hand() -> None:
    # Cosines: 0, -1, 0 with a zero vector, 0 again, 0, 0.
    found = count_cosines([[2, 0], [0, 1], [-3, 0], [0, 0]])
    assert found.pairs == 6
    assert found.negative == 1
    assert found.counts.sum() == 6
    assert found.counts[0] == 1
    assert found.counts[BINS // 2] == 5
    assert found.below(0) == pytest.approx(1 / 6)
    assert found.below(0.5) == 1
    assert found.below(-1) == 0


def test_pairs_that_point_alike_are_counted() -> None:
    found = count_cosines(np.ones((5, 3)))
    assert found.pairs == 10
    assert found.counts[-1] == 10
    assert found.histogram(4).tolist() == [0, 0, 0, 10]


@pytest.mark.parametrize(
    "count", [2, *(BLOCK_ROWS + extra for extra in (-1, 0, 1)), 3 * BLOCK_ROWS + 7]
)
def test_counts_against_numpy(count: int) -> None:
    rows = np.random.default_rng(1).normal(size=(count, 6))
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    cosines = (units @ units.T)[np.triu_indices(count, 1)]
    found = count_cosines(rows)
    assert found.pairs == len(cosines) == found.counts.sum()
    assert found.negative == (cosines < 0).sum()
    expected, _ = np.histogram(cosines, 100, (-1, 1))
    np.testing.assert_array_equal(found.histogram(100), expected)
    assert found.below(0.25) == pytest.approx((cosines < 0.25).mean(), abs=2 / len(cosines))


def test_two_percent_of_the_pairs_of_frequent_words_are_negative(
    glove: Embeddings, all_pairs: CosineCounts
) -> None:
    rows = glove.vectors[:5_000].astype(np.float64)
    assert all_pairs.pairs == 12_497_500
    assert all_pairs.negative == np.count_nonzero(rows @ rows.T < 0) // 2  # twice each
    assert all_pairs.negative / all_pairs.pairs == pytest.approx(0.020, abs=0.0005)


def test_opposites_are_more_alike_than_nearly_all_pairs(
    glove: Embeddings, all_pairs: CosineCounts
) -> None:
    names = [("large", "small"), ("hot", "cold"), ("up", "down")]
    large, hot, up = compare_pairs(glove, names, all_pairs)
    assert large.dot == pytest.approx(26.11, abs=0.01)
    assert large.cosine == pytest.approx(0.968, abs=0.0005)
    assert (large.first, large.second, large.name) == ("large", "small", "large – small")
    assert large.share_below > up.share_below > hot.share_below > 0.997


@pytest.mark.parametrize("rows", [[[1.0, 2.0]], [[1.0, np.nan], [1, 2]], [1.0, 2.0]])
def test_what_cannot_be_counted(rows: list[list[float]]) -> None:
    with pytest.raises(InputError, match="two rows"):
        count_cosines(rows)


def test_an_unknown_word_of_a_pair_is_told(glove: Embeddings, all_pairs: CosineCounts) -> None:
    with pytest.raises(UnknownWordError, match="qeen"):
        compare_pairs(glove, [("king", "qeen")], all_pairs)
