from itertools import combinations

import numpy as np
import pytest

from viz.labels import GAP, LETTER, SIDES, place_labels

HEIGHT = 1.0
Box = tuple[float, float, float, float]


def box(point: tuple[float, float], text: str, side: str) -> Box:
    """Return left, bottom, right and top of a text, worked out from what a side means."""
    vertical, horizontal = side.split()
    width = len(text) * LETTER * HEIGHT
    x, y = point
    left = {"left": x - GAP - width, "center": x - width / 2, "right": x + GAP}[horizontal]
    bottom = {"bottom": y - GAP - HEIGHT, "middle": y - HEIGHT / 2, "top": y + GAP}[vertical]
    return left, bottom, left + width, bottom + HEIGHT


def meet(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 1e-9
        and min(one[3], other[3]) - max(one[1], other[1]) > 1e-9
    )


def placed(points: list[tuple[float, float]], texts: list[str]) -> list[Box]:
    sides = place_labels(points, texts, HEIGHT)
    return [box(*each) for each in zip(points, texts, sides, strict=True)]


def test_words_that_are_far_apart_stand_on_top() -> None:
    assert place_labels([(0, 0), (50, 0), (0, 50)], ["a", "b", "c"], HEIGHT) == ["top center"] * 3


def test_every_side_is_one_that_plotly_knows() -> None:
    import plotly.graph_objects as go

    for side in SIDES:
        assert go.Scatter(textposition=side).textposition == side


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (2, 0)],
        [(0, 0), (0, 2)],
        [(0, 0), (2, 0), (4, 0)],
        [(0, 0), (4, 0), (0, 4), (4, 4)],
        [(0, 0), (0, 2), (0, 4), (0, 6)],
        [(0, 0), (1, 1)],
    ],
)
def test_words_that_crowd_do_not_overlap(points: list[tuple[float, float]]) -> None:
    texts = ["monarch", "king", "princess", "queen"][: len(points)]
    for one, other in combinations(placed(points, texts), 2):
        assert not meet(one, other)


def test_the_first_word_has_the_first_choice() -> None:
    first, second = place_labels([(0, 0), (0.5, 0)], ["monarch", "monarch"], HEIGHT)
    assert first == "top center"
    assert second != "top center"


def test_words_keep_off_points_and_obstacles() -> None:
    (side,) = place_labels([(0, 0)], ["king"], HEIGHT, [(0, 1)])
    assert side != "top center"
    line = [(x, 1.0) for x in np.linspace(-5, 5, 50)]
    (side,) = place_labels([(0, 0)], ["king"], HEIGHT, line)
    assert not side.startswith("top")


def test_where_every_side_is_bad_one_is_chosen_all_the_same() -> None:
    sides = place_labels([(0, 0)] * 20, ["king"] * 20, HEIGHT)
    assert len(sides) == 20
    assert set(sides) <= set(SIDES)
    assert len(set(sides[:8])) == 8  # the first eight share out the eight sides


def test_no_points_no_sides() -> None:
    assert place_labels([], [], HEIGHT) == []


def test_the_units_of_the_axes_do_not_matter() -> None:
    points = np.random.default_rng(6).normal(size=(12, 2)) * 4
    texts = [f"word{place}" for place in range(12)]
    assert place_labels(points, texts, 1) == place_labels(points / 1_000, texts, 0.001)
