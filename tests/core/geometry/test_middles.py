import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.directions import FREQUENT_WORDS, from_dimension, from_expression, from_groups
from core.geometry.middles import middles
from pages.directions.presets import direction_presets, preset_direction

TOY = Embeddings(
    "toy",
    ["a", "b", "c", "d", "e"],
    np.array([[0, 0], [2, 0], [1, 1], [1, 5], [-3, 2]], dtype=np.float32),
)


def test_by_hand() -> None:
    direction = from_groups(TOY, ["a", "b"], ["d"])  # (1, 5) - (1, 0) = (0, 5)
    found = middles(TOY, direction)
    assert found.words == 5  # of 0, 0, 5, 25, 10
    assert (found.low, found.high, found.halfway) == (0, 25, 12.5)
    assert middles(TOY, direction, among=4).words == 2.5  # of 0, 0, 5, 25
    short = middles(TOY, direction, length_one=True)
    assert (short.words, short.low, short.high, short.halfway) == (1, 0, 5, 2.5)


def test_an_end_without_words_has_no_middle() -> None:
    assert middles(TOY, from_dimension(TOY, 1)).halfway is None
    found = middles(TOY, from_expression(TOY, "d"))
    assert (found.low, found.high, found.halfway) == (None, 26, None)


@pytest.mark.parametrize("name", direction_presets())
def test_of_real_words_as_numpy_has_them(glove: Embeddings, name: str) -> None:
    direction = preset_direction(glove, name)
    found = middles(glove, direction)
    frequent = glove.vectors[:FREQUENT_WORDS].astype(np.float64) @ direction.vector
    assert found.words == pytest.approx(np.median(frequent))
    low, high = (
        (glove.vectors[glove.indices(words)].astype(np.float64) @ direction.vector).mean()
        for words in (direction.low, direction.high)
    )
    assert found.halfway == pytest.approx((low + high) / 2)
    # The direction leads from the mean of its low words to that of its high words.
    assert high - low == pytest.approx(direction.length**2)
