import numpy as np
import pytest

from core.drawn_words import WITH_LESSONS_FROM, chosen, most_frequent
from core.embeddings import Embeddings
from core.lessons import lesson_words

RARE = ("sushi", "mussolini", "puppies", "octopi", "bratwurst")  # a plain cut would lose them


@pytest.mark.parametrize("word", RARE)
def test_words_of_the_lessons_are_among_the_drawn_ones(glove: Embeddings, word: str) -> None:
    assert word in lesson_words()
    drawn = most_frequent(glove, 20_000)
    place = drawn.place(glove.index(word))
    assert place is not None
    assert drawn.words[place] == word
    np.testing.assert_array_equal(drawn.vectors[place], glove.vector(word))


def test_every_known_word_of_a_lesson_is_drawn(glove: Embeddings) -> None:
    drawn = set(most_frequent(glove, 1_000).words)
    assert [word for word in lesson_words() if word in glove and word not in drawn] == []


@pytest.mark.parametrize("count", [1, 100, WITH_LESSONS_FROM - 1, 400_000, 1_000_000])
def test_few_words_or_all_are_the_most_frequent_and_no_others(
    glove: Embeddings, count: int
) -> None:
    drawn = most_frequent(glove, count)
    assert len(drawn) == drawn.frequent == min(count, len(glove))
    assert drawn.rows.tolist() == list(range(len(drawn)))
    assert np.shares_memory(drawn.vectors, glove.vectors)  # no copy of 80 MB


def test_rows_rise_and_words_fit_them(glove: Embeddings) -> None:
    drawn = most_frequent(glove, 5_000)
    assert drawn.frequent == 5_000 < len(drawn)
    assert (np.diff(drawn.rows) > 0).all()
    assert [glove.words[row] for row in drawn.rows.tolist()] == list(drawn.words)


def test_chosen_words_come_once_and_in_the_order_of_frequency(glove: Embeddings) -> None:
    drawn = chosen(glove, [700, 3, 700, 90_000])
    assert drawn.rows.tolist() == [3, 700, 90_000]
    assert drawn.frequent == 0
    assert drawn.place(700) == 1
    assert drawn.place(4) is None
    assert drawn.place(399_999) is None


def test_the_digest_stands_for_the_words(glove: Embeddings) -> None:
    one, same, other = chosen(glove, [1, 2]), chosen(glove, [2, 1]), chosen(glove, [1, 3])
    assert one.digest == same.digest != other.digest


def test_units_have_length_one_and_zero_stays_zero() -> None:
    toy = Embeddings("toy", ["a", "b"], np.array([[3, 4], [0, 0]], dtype=np.float32))
    units = chosen(toy, [0, 1]).units
    np.testing.assert_allclose(units, [[0.6, 0.8], [0, 0]], rtol=1e-6)
    assert units.dtype == np.float32
    assert not units.flags.writeable
