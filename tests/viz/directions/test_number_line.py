from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.geometry.direction_checks import DirectionCheck
from core.geometry.directions import Direction
from core.geometry.middles import Middles
from viz.directions.number_line import (
    HIGH_COLOR,
    LOW_COLOR,
    MIDDLES,
    MIN_WIDTH,
    LineWords,
    axis_title,
    number_line_figure,
)
from viz.directions.pair_check import MAX_PAIRS, check_figure
from viz.directions.stem_labels import LabelRows, StemLabels, stem_labels
from viz.labels import LETTER
from viz.style import TEXT_SIZE

GENDER = Direction("gender", "man", "woman", np.array([1.0, 2.0]))
ROWS = LabelRows(size=16, first=20, step=20, room=200)
NOBODY = LineWords((), np.zeros(0))


def widths(names: list[str]) -> list[float]:
    return [(len(name) + 1) * LETTER * ROWS.size for name in names]


def assert_readable(places: NDArray[np.float64], names: list[str], labels: StemLabels) -> None:
    """Assert that no name overlaps another, and that no stem runs through a name."""
    shown = [place for place in range(len(names)) if labels.rows[place] >= 0]
    for place in shown:
        width = widths(names)[place]
        left = places[place] if labels.to_right[place] else places[place] - width
        assert labels.left[place] == pytest.approx(left)
        assert labels.right[place] == pytest.approx(left + width)
    for one, other in combinations(shown, 2):
        if labels.rows[one] == labels.rows[other]:
            apart = max(labels.left[one], labels.left[other]) - min(
                labels.right[one], labels.right[other]
            )
            assert apart >= -1e-9
    for one in shown:
        for other in shown:
            if labels.rows[other] > labels.rows[one]:
                inside = labels.left[one] + 1e-9 < places[other] < labels.right[one] - 1e-9
                assert not inside


@given(
    st.lists(
        st.tuples(st.floats(0, 300, width=32), st.text("abcdefgh", min_size=1, max_size=12)),
        max_size=40,
    )
)
def test_names_never_touch(words: list[tuple[float, str]]) -> None:
    places = np.array([place for place, _ in words])
    names = [name for _, name in words]
    labels = stem_labels(places, names, ROWS)
    assert_readable(places, names, labels)
    assert labels.rows.max(initial=-1) < ROWS.count
    # Those without room are the last ones of the list.
    assert sorted(labels.rows < 0) == (labels.rows < 0).tolist()


def test_far_words_stand_in_the_first_row() -> None:
    labels = stem_labels(np.array([0.0, 100.0, 200.0]), ["cat", "dog", "cow"], ROWS)
    assert labels.rows.tolist() == [0, 0, 0]


def test_near_words_climb_towards_the_middle() -> None:
    labels = stem_labels(np.arange(0.0, 60.0, 10.0), ["abcdef"] * 6, ROWS)
    assert labels.rows.tolist() == [0, 1, 2, 2, 1, 0]
    assert labels.to_right.tolist() == [False] * 3 + [True] * 3


def test_what_finds_no_room_is_left_out() -> None:
    labels = stem_labels(np.zeros(50), ["word"] * 50, ROWS)
    named = int((labels.rows >= 0).sum())
    assert 2 <= named < 50
    assert (labels.rows[:named] >= 0).all()
    assert (labels.rows[named:] == -1).all()


def test_a_word_at_the_end_points_inwards_where_there_is_room() -> None:
    labels = stem_labels(np.array([0.0, 200.0]), ["abc", "abc"], ROWS)
    assert labels.left.min() == 0
    assert labels.right.max() == 200


# The figure


def figure(  # noqa: ANN201
    words: LineWords = NOBODY, makers: tuple[LineWords, ...] = (), usual: list[float] | None = None
):
    return number_line_figure(GENDER, words, makers, np.array([] if usual is None else usual))


def texts(drawn) -> list[str]:  # noqa: ANN001
    return [
        name.strip("\u00a0") for mark in drawn.data if mark.mode == "text" for name in mark.text
    ]


def test_words_lie_at_their_coordinates() -> None:
    words = LineWords(["king", "queen", "doctor"], np.array([-2.5, 3.0, 0.25]))
    drawn = figure(words, usual=[-1, 0, 1])
    (dots,) = [mark for mark in drawn.data if mark.mode == "markers"]
    assert list(dots.x) == [-2.5, 3.0, 0.25]
    assert set(dots.y) == {0}
    assert texts(drawn) == ["king", "queen", "doctor"]
    low, high = drawn.layout.xaxis.range
    assert low < -2.5
    assert high > 3


def test_stems_lead_from_the_line_to_the_names() -> None:
    drawn = figure(LineWords(["a", "b"], np.array([1.0, 1.0])))
    (stems,) = [mark for mark in drawn.data if mark.mode == "lines"]
    (names,) = [mark for mark in drawn.data if mark.mode == "text"]
    assert [y for y in stems.y if y] == list(names.y)
    assert min(names.y) > 0


def test_words_of_the_direction_stand_below_in_the_colours_of_its_ends() -> None:
    makers = (
        LineWords(["man", "boy"], np.array([-1.0, 0.0]), LOW_COLOR),
        LineWords(["woman"], np.array([2.0]), HIGH_COLOR),
    )
    drawn = figure(LineWords(["king"], np.array([1.0])), makers)
    below = [mark for mark in drawn.data if mark.mode == "text" and max(mark.y) < 0]
    assert [name.strip("\u00a0") for mark in below for name in mark.text] == ["man", "boy", "woman"]
    dots = [mark for mark in drawn.data if mark.mode == "markers"]
    assert [mark.marker.color for mark in dots][1:] == [LOW_COLOR, HIGH_COLOR]
    assert LOW_COLOR in drawn.layout.xaxis.title.text
    assert HIGH_COLOR in drawn.layout.xaxis.title.text


def marked(drawn) -> dict[str, float]:  # noqa: ANN001
    """Return the marked coordinates by their labels; each has a line at its place."""
    labels = {note.text.strip("\u00a0"): note.x for note in drawn.layout.annotations}
    lines = [shape.x0 for shape in drawn.layout.shapes if shape.x0 == shape.x1]
    assert sorted(lines) == sorted(labels.values())
    return labels


def test_zero_is_marked_as_a_right_angle_and_always_seen() -> None:
    drawn = figure(LineWords(["a", "b"], np.array([5.0, 9.0])), usual=[5, 6, 7])
    assert drawn.layout.xaxis.range[0] < 0
    assert marked(drawn) == {"right angle": 0}


def test_the_middles_are_marked_and_always_seen() -> None:
    words = LineWords(["a", "b"], np.array([5.0, 9.0]))
    drawn = number_line_figure(GENDER, words, (), np.array([5.0]), Middles(-3, 10, 20))
    assert marked(drawn) == {"right angle": 0, "middle of all words": -3, "halfway": 15}
    low, high = drawn.layout.xaxis.range
    assert low < -3
    assert high > 15
    without = number_line_figure(GENDER, words, (), np.array([5.0]), Middles(-3, None, 20))
    assert marked(without) == {"right angle": 0, "middle of all words": -3}


@given(
    st.tuples(*[st.floats(-5, 5, width=32)] * 3),
    st.lists(st.floats(-5, 5, width=32), max_size=20),
)
def test_labels_of_the_middles_overlap_nothing(
    places: tuple[float, float, float], stems: list[float]
) -> None:
    words = LineWords([f"word{n}" for n in range(len(stems))], np.array(stems))
    drawn = number_line_figure(GENDER, words, (), np.zeros(0), Middles(*places))
    notes = drawn.layout.annotations
    names = [mark for mark in drawn.data if mark.mode == "text"]
    highest = max((y for mark in names for y in mark.y), default=0) + TEXT_SIZE / 2
    assert min(note.y - MIDDLES.size / 2 for note in notes) >= highest
    low, high = drawn.layout.xaxis.range
    margin = drawn.layout.margin
    pixels = (MIN_WIDTH - margin.l - margin.r) / (high - low)
    boxes = []
    for note in notes:
        width = len(note.text) * LETTER * MIDDLES.size
        left = (note.x - low) * pixels - (width if note.xanchor == "right" else 0)
        boxes.append((note.y, left, left + width))
        assert left >= -margin.l - 1
        assert left + width <= MIN_WIDTH - margin.l + 1
    for (y, left, right), (other_y, other_left, other_right) in combinations(boxes, 2):
        assert y != other_y or right <= other_left + 0.1 or other_right <= left + 0.1


def test_the_hill_is_highest_where_most_words_are() -> None:
    usual = np.random.default_rng(0).normal(3, 1, 5_000)
    drawn = number_line_figure(GENDER, NOBODY, (), usual)
    hill = drawn.data[0]
    assert hill.fill == "tozeroy"
    assert hill.x[int(np.argmax(hill.y))] == pytest.approx(3, abs=0.4)
    assert min(hill.y) >= 0


@pytest.mark.parametrize("usual", [None, [2.0] * 50])
def test_nothing_and_the_same_place_for_all_are_drawn(usual: list[float] | None) -> None:
    assert np.ptp(figure(usual=usual).layout.xaxis.range) > 0
    alike = LineWords(["a", "b"], np.array([0.0, 0.0]))
    assert np.ptp(figure(alike, usual=usual).layout.xaxis.range) > 0


def test_words_without_room_for_a_name_are_dots() -> None:
    words = LineWords([f"word{n}" for n in range(200)], np.linspace(-1, 1, 200))
    drawn = figure(words)
    (dots,) = [mark for mark in drawn.data if mark.mode == "markers"]
    assert len(dots.x) == 200
    named = texts(drawn)
    assert 10 <= len(named) < 60
    assert named == [f"word{n}" for n in range(len(named))]


def test_html_is_escaped() -> None:
    direction = Direction("<i>x</i>", "<b>low</b>", "r&b", np.ones(2))
    words = LineWords(["<u>king</u>"], np.array([1.0]))
    json = number_line_figure(direction, words, (words,), np.zeros(3)).to_json()
    for tag in ("<i>", "<b>low", "<u>", "r&b", "\\u003ci", "\\u003cu", "\\u003cb\\u003elow"):
        assert tag not in json


def test_the_title_names_both_ends() -> None:
    for colored in (True, False):
        title = axis_title(GENDER, colored=colored)
        assert title.index("man") < title.index("gender") < title.index("woman →")


def test_a_direction_named_by_its_ends_does_not_say_them_twice() -> None:
    direction = Direction("cat → cats", "cat", "cats", np.ones(2))
    assert axis_title(direction, colored=False).split() == ["←", "cat", "cats", "→"]


def test_the_line_lies_lower_where_little_hangs_below() -> None:
    many = LineWords([f"word{n}" for n in range(8)], np.linspace(0, 0.1, 8), LOW_COLOR)
    heights = [figure(makers=(crowd,)).layout for crowd in (NOBODY, many)]
    assert heights[0].yaxis.range[0] > heights[1].yaxis.range[0]
    assert heights[0].height == heights[1].height
    assert np.ptp(heights[0].yaxis.range) == np.ptp(heights[1].yaxis.range)


# How far the pairs agree


def found(count: int) -> DirectionCheck:
    cosines = np.linspace(0.9, -0.3, count).round(6)
    labels = tuple(f"<b>{place}</b>" for place in range(count))
    return DirectionCheck(labels, cosines + 0.1, cosines, cosines * 4, 0.2)


def test_a_bar_and_a_dot_for_each_pair() -> None:
    bars, dots = check_figure(found(5)).data
    assert list(bars.x) == pytest.approx([1.0, 0.7, 0.4, 0.1, -0.2])
    assert list(dots.x) == pytest.approx([0.9, 0.6, 0.3, 0, -0.3])
    assert len(set(dots.marker.color[:3])) == 1
    assert dots.marker.color[0] != dots.marker.color[4]
    assert dots.marker.color[3] == dots.marker.color[4]  # on neither side is not right
    assert "<b>" not in check_figure(found(5)).to_json()


def test_of_many_pairs_the_worst_are_drawn() -> None:
    bars, dots = check_figure(found(100)).data
    assert len(bars.x) == len(dots.x) == MAX_PAIRS
    assert min(dots.x) == pytest.approx(-0.3)
    assert dots.text[-1] == "&lt;b&gt;99&lt;/b&gt;"
