from itertools import pairwise

import numpy as np
import pytest

from core.embeddings import Embeddings
from core.errors import InputError, UnknownWordError
from core.geometry.interpolation import Segment, interpolate
from core.geometry.neighbors import METRICS, Metric


def embeddings(**rows: list[float]) -> Embeddings:
    return Embeddings("toy", list(rows), np.array(list(rows.values()), dtype=np.float32))


COMPASS = embeddings(
    east=[1, 0], northeast=[1, 1], north=[0, 1], west=[-1, 0], almost_east=[4, 1], south=[0, -1]
)


def assert_whole(steps: tuple[Segment, ...], stops: int = 101) -> None:
    """Assert that the steps cover the way from 0 to 1, one stop apart, in order."""
    assert steps[0].start == 0
    assert steps[-1].end == 1
    assert all(step.start <= step.end for step in steps)
    for one, following in pairwise(steps):
        assert following.start - one.end == pytest.approx(1 / (stops - 1))
        assert following.index != one.index


def test_words_met_by_hand() -> None:
    # From (1, 0) to (0, 1): at share t the angle's tangent is t / (1 - t). Halfway between
    # northeast and either end, at 22.5 and 67.5 degrees, t is .293 and .707.
    words = embeddings(east=[1, 0], northeast=[1, 1], north=[0, 1])
    steps = interpolate(words, "east", "north", include_ends=True)
    assert [step.word for step in steps] == ["east", "northeast", "north"]
    assert [step.index for step in steps] == [0, 1, 2]
    assert [(step.start, step.end) for step in steps] == [
        (0, pytest.approx(0.29)),
        (pytest.approx(0.3), pytest.approx(0.7)),
        (pytest.approx(0.71), 1),
    ]
    assert [step.score for step in steps] == pytest.approx([1, 1, 1])


def test_the_two_words_are_left_out_unless_they_count() -> None:
    steps = interpolate(COMPASS, "east", "north")
    assert [step.word for step in steps] == ["almost_east", "northeast"]
    assert_whole(steps)


def test_by_distance_the_smallest_counts_as_best() -> None:
    words = embeddings(a=[0, 0], b=[10, 0], near=[2, 1], far=[9, 4])
    steps = interpolate(words, "a", "b", "euclidean")
    assert [step.word for step in steps] == ["near", "far"]
    assert [step.score for step in steps] == pytest.approx([1, 4])
    # (x - 2)^2 + 1 = (x - 9)^2 + 16 where 14 x = 92, so at 66 % the first is still the nearest.
    assert steps[0].end == pytest.approx(0.65)
    assert_whole(steps)


def test_by_dot_product_the_largest_counts_as_best() -> None:
    words = embeddings(a=[1, 0], b=[0, 1], long=[3, 3])
    (step,) = interpolate(words, "a", "b", "dot")
    assert (step.word, step.start, step.end, step.score) == ("long", 0, 1, pytest.approx(3))


def test_the_number_of_stops() -> None:
    steps = interpolate(COMPASS, "east", "north", include_ends=True, samples=3)
    assert [(step.word, step.start, step.end) for step in steps] == [
        ("east", 0, 0), ("northeast", 0.5, 0.5), ("north", 1, 1),
    ]  # fmt: skip


def test_there_and_back_meet_the_same_words() -> None:
    there = interpolate(COMPASS, "east", "north", include_ends=True)
    back = interpolate(COMPASS, "north", "east", include_ends=True)
    assert [step.word for step in there] == [step.word for step in reversed(back)]


def test_through_the_origin_is_no_fault() -> None:
    assert_whole(interpolate(COMPASS, "east", "west"))


def test_without_other_words_there_are_no_segments() -> None:
    assert interpolate(embeddings(a=[1, 0], b=[0, 1]), "a", "b") == ()


@pytest.mark.parametrize(("start", "end"), [("east", "east"), ("east", "EAST")])
def test_the_same_word_twice_is_refused(start: str, end: str) -> None:
    with pytest.raises(InputError, match="east"):
        interpolate(COMPASS, start, end)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(UnknownWordError, match="'noth'.*north"):
        interpolate(COMPASS, "noth", "east")


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("ends_count", [False, True])
def test_from_king_to_man(glove: Embeddings, metric: Metric, ends_count: bool) -> None:
    steps = interpolate(glove, "king", "man", metric, ends_count)
    assert_whole(steps)
    if metric != "dot":
        ends = {"king", "man"} & {step.word for step in steps}
        assert ends == ({"king", "man"} if ends_count else set())


def test_by_angle_nobody_is_between_king_and_man_but_the_two(glove: Embeddings) -> None:
    with_ends = interpolate(glove, "king", "man", include_ends=True)
    assert [step.word for step in with_ends] == ["king", "man"]
    without = interpolate(glove, "king", "man")
    assert without[0].word == "prince"
    assert len(without) > 2
