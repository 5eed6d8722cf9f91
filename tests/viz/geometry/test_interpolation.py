import pytest

from core.geometry.interpolation import Segment
from viz.geometry.interpolation import interpolation_figure

STEPS = (
    Segment("king", 3, 0.0, 0.3, 0.9),
    Segment("<b>lord</b>", 7, 0.31, 0.31, 0.7),
    Segment("king", 3, 0.32, 1.0, 0.8),
)


def test_a_bar_for_each_stretch() -> None:
    (bars,) = interpolation_figure(STEPS, "king", "man").data
    assert list(bars.base) == pytest.approx([0, 31, 32])
    assert [bars.x[0], bars.x[2]] == pytest.approx([31, 68])
    assert list(bars.customdata) == [0.9, 0.7, 0.8]
    assert bars.orientation == "h"


def test_a_stretch_of_one_stop_can_be_seen() -> None:
    (bars,) = interpolation_figure(STEPS, "king", "man").data
    assert 0 < bars.x[1] < 2


def test_a_word_met_twice_has_two_bars() -> None:
    (bars,) = interpolation_figure(STEPS, "king", "man").data
    assert len(set(bars.y)) == 3
    assert ["king" in name for name in bars.y] == [True, False, True]


def test_html_is_escaped() -> None:
    json = interpolation_figure(STEPS, "<i>king</i>", "r&b").to_json()
    for tag in ("<b>", "<i>", "\\u003cb\\u003e", "\\u003ci\\u003e", "r&b"):
        assert tag not in json


def test_the_ends_are_named_at_the_ends() -> None:
    axis = interpolation_figure(STEPS, "king", "man").layout.xaxis
    named = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert (named[0], named[100]) == ("king", "man")
    assert axis.range[0] <= 0
    assert axis.range[1] >= 100


def test_more_words_are_higher_and_none_is_no_fault() -> None:
    heights = [interpolation_figure(STEPS[:count], "a", "b").layout.height for count in (0, 1, 3)]
    assert 0 < heights[0] < heights[1] < heights[2]
