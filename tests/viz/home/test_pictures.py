import numpy as np

from core.language.tokenizer import Token
from viz.home.pictures import (
    bars_picture,
    chips_picture,
    curve_picture,
    near_picture,
    strip_picture,
)


def test_chips_are_the_first_tokens_and_the_rest_is_counted() -> None:
    tokens = [Token(number, "x" * 10, 0, 1) for number in range(30)]
    marks = chips_picture(tokens).marks
    assert 0 < len(marks["chips"]) < 30
    assert len(marks["chips"]) + marks["more"] == 30
    assert marks["chips"][0][:2] == ("x" * 10, "0")


def test_colors_go_from_blue_over_grey_to_red() -> None:
    marks = strip_picture("word", np.array([-2, 0, 2, 1], dtype=np.float32)).marks
    assert marks["colors"] == ["#2166ac", "#c9cdd3", "#b2182b", "#ef8a62"]


def test_equal_vectors_are_drawn_in_the_middle() -> None:
    marks = near_picture(["a", "b"], np.ones((2, 3), dtype=np.float32)).marks
    assert marks["places"] == [[0.5, 0.5], [0.5, 0.5]]


def test_places_keep_the_sides_and_point_upwards() -> None:
    vectors = np.array([[0, 0], [4, 0], [4, 1]], dtype=np.float32)
    places = np.array(near_picture(["a", "b", "c"], vectors).marks["places"])
    assert places[0, 0] < places[1, 0] < places[2, 0] + 0.2
    assert (places >= 0.1).all()
    assert (places <= 0.9).all()


def test_the_axis_of_a_curve_goes_below_all_its_values() -> None:
    assert curve_picture("a", np.array([1, 0.9])).marks["low"] == 0.5
    assert curve_picture("a", np.array([1, 0.33])).marks["low"] == 0.3
    assert curve_picture("a", np.array([1, -0.05])).marks["low"] == -0.1


def test_bars_have_their_probabilities_written() -> None:
    bars = bars_picture([("a", 0.5), ("b", 0.04)]).marks["bars"]
    assert bars == [("a", 0.5, "50%"), ("b", 0.04, "4.0%")]
