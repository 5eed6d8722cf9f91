from math import log

import numpy as np
import pytest

from core.errors import InputError
from core.language.bm25 import K1, MAX_TEXTS, B, WordIndex

TEXTS = ("the king and the lion", "a queen", "The Queen of the king, the queen", "...", "lion")
SIZES = (5, 2, 7, 0, 1)
MEAN = 3.0


def by_hand(containing: int, occurrences: int, size: int) -> float:
    rarity = log(1 + (len(TEXTS) - containing + 0.5) / (containing + 0.5))
    return rarity * occurrences / (occurrences + K1 * (1 - B + B * size / MEAN))


def test_scores_are_those_of_the_formula() -> None:
    index = WordIndex(TEXTS)
    assert len(index) == len(TEXTS)
    queen = [0, by_hand(2, 1, 2), by_hand(2, 2, 7), 0, 0]
    lion = [by_hand(2, 1, 5), 0, 0, 0, by_hand(2, 1, 1)]
    np.testing.assert_allclose(index.scores("queen"), queen, rtol=1e-12)
    np.testing.assert_allclose(index.scores("LION!"), lion, rtol=1e-12)
    np.testing.assert_allclose(
        index.scores("queen, lion, queen, tiger"), 2 * np.array(queen) + lion, rtol=1e-12
    )


def test_a_ranking_has_the_best_texts_first() -> None:
    index = WordIndex(TEXTS)
    ranking = index.search("the queen and the lion")
    assert sorted(ranking.rows.tolist()) == [0, 1, 2, 4]  # one text has no word
    assert (np.diff(ranking.scores) <= 0).all()
    np.testing.assert_array_equal(
        ranking.scores, index.scores("the queen and the lion")[ranking.rows]
    )
    for count in (0, 1, 2, 3):
        assert index.search("the queen and the lion", count).rows.tolist() == (
            ranking.rows[:count].tolist()
        )
    assert not len(index.search("tiger").rows)


def test_ties_go_to_the_earlier_text() -> None:
    index = WordIndex(["one lion", "no cats", *["a lion"] * 40])
    assert index.search("lion", 3).rows.tolist() == [0, 2, 3]


def test_a_frequent_word_counts_little_and_never_against_a_text() -> None:
    index = WordIndex(["the lion", "the queen", "the king"])
    assert 0 < index.scores("the")[0] < index.scores("lion")[0]


def test_what_cannot_be_indexed_or_searched() -> None:
    for texts in ([], ["", "..."], ["a"] * (MAX_TEXTS + 1)):
        with pytest.raises(InputError):
            WordIndex(texts)
    for query in ("", "?!"):
        with pytest.raises(InputError):
            WordIndex(TEXTS).search(query)
