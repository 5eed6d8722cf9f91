import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.geometry.readings import Furthest, Sides, Steps, furthest, sides, steps

NUMBERS = st.lists(st.floats(-9, 9), max_size=12)


def test_by_hand() -> None:
    words, along = ["ant", "cat", "cow", "whale"], [-2.0, 1.0, 3.0, 1.5]
    assert furthest(words, along) == Furthest("ant", "cow")
    assert sides(words, along, 1) == Sides(("ant",), ("cow", "whale"))
    joined = [("ant", "cow"), ("cow", "whale"), ("cat", "cat"), ("cat", "unknown")]
    assert steps(words, along, joined) == Steps(up=1, down=1, count=3)


def test_nothing_is_further_than_itself() -> None:
    assert furthest([], []) is None
    assert furthest(["a"], [1]) is None
    assert furthest(["a", "b"], [2, 2]) is None
    assert sides([], [], 0) == Sides((), ())


@given(NUMBERS, st.floats(-9, 9))
def test_every_word_is_below_above_or_on_the_middle(along: list[float], middle: float) -> None:
    words = [f"word{n}" for n in range(len(along))]
    found = sides(words, along, middle)
    on_it = [word for word, x in zip(words, along, strict=True) if x == middle]
    assert sorted([*found.low, *found.high, *on_it]) == sorted(words)
    of_word = dict(zip(words, along, strict=True))
    assert all(of_word[word] < middle for word in found.low)
    assert (np.diff([of_word[word] for word in found.low]) >= 0).all()
    assert (np.diff([of_word[word] for word in found.high]) <= 0).all()
