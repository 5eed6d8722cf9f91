import re

import numpy as np
import pytest

from core.geometry.directions import Direction
from core.geometry.middles import Middles
from pages.directions.hints import cloud_hint, line_hint
from viz.directions.plane import PointWords

SIZE = Direction("size", "small", "large", np.ones(2))
HEAT = Direction("heat", "cold", "*hot*", np.ones(2))


def words(*coordinates: float | list[float]) -> PointWords:
    names = ["ant", "cat", "cow", "whale"][: len(coordinates)]
    return PointWords(names, np.array(coordinates, dtype=float).reshape(len(names), -1))


def middle(words: float, low: float | None = None, high: float | None = None) -> Middles:
    return Middles(words, low, high)


def bold(sentence: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", sentence)


def test_a_line_by_hand() -> None:
    sentence = line_hint(SIZE, words(-2, 1, 3, 1.5), middle(1.2))
    assert bold(sentence) == ["ant", "cow"]
    assert "2 of 4" in sentence
    assert "*large* side" in sentence


def test_words_are_divided_halfway_between_the_ends() -> None:
    """All but one lie below the middle of all words, the ends themselves among them."""
    sentence = line_hint(SIZE, words(-2, 1, 3, 9), middle(5, low=-2, high=3))
    assert "3 of 4" in sentence
    assert "weak" not in sentence
    weak = line_hint(SIZE, words(-2, 1, 3, 9), middle(5, low=-2, high=3), is_weak=True)
    assert "weak direction" in weak


@pytest.mark.parametrize(("at", "side"), [(9, "small"), (-9, "large")])
def test_all_words_on_one_side_of_the_middle(at: float, side: str) -> None:
    sentence = line_hint(SIZE, words(-2, 1, 3), middle(at))
    assert f"*{side}* side" in sentence
    assert " of " not in sentence.split("But")[0].replace("side of", "")


def test_a_word_on_the_middle_is_on_neither_side() -> None:
    assert "0 of 3 words" in line_hint(SIZE, words(-2, 1, 3), middle(3))


def test_few_words_and_words_in_one_place() -> None:
    assert bold(line_hint(SIZE, PointWords([], np.zeros((0, 1))), middle(0))) == []
    assert "1 of 1 word " in line_hint(SIZE, words(5), middle(0))
    assert "0 of 2 words" in line_hint(SIZE, words(5, 5), middle(7))
    assert bold(cloud_hint([SIZE, HEAT], PointWords([], np.zeros((0, 2))), [])) == []
    assert bold(cloud_hint([SIZE, HEAT], words([1, 1], [1, 1]), [])) == []


def test_arrows_by_hand() -> None:
    cloud = words([0, 0], [1, 5], [2, -1], [3, 3])
    joined = [("ant", "cat"), ("cow", "whale"), ("whale", "cat")]
    size, heat = cloud_hint([SIZE, HEAT], cloud, joined).split(";")
    assert "2 of 3" in size  # 0 to 1 and 2 to 3; not 3 to 1
    assert "*large*" in size
    assert "all 3" in heat
    assert r"*\*hot\**" in heat  # a visitor's word is shown as it is written
    two = cloud_hint([SIZE, HEAT], cloud, [("ant", "cat"), ("whale", "ant")])
    assert "1 of 2" in two


def test_without_arrows_the_furthest_words_are_named() -> None:
    assert bold(cloud_hint([SIZE, HEAT], words([0, 7], [1, 5], [2, -1]), [])) == ["cow", "ant"]
    # Directions without different coordinates are left out.
    assert bold(cloud_hint([SIZE, HEAT], words([0, 1], [4, 1]), [])) == ["cat"]
