"""The pictures of a run, by their data."""

import math

import numpy as np
import pytest

from viz.learning_curves import Curve, curves_figure, curves_table
from viz.learning_map import learning_map, learning_picture, learning_table

GROUPS = {"royalty": ("king", "queen"), "animals": ("<b>", "tiger")}
POINTS = np.random.default_rng(0).normal(size=(5, 4, 2))


def test_words_move_and_the_axes_stand_still() -> None:
    picture = learning_picture(GROUPS, POINTS)
    figures = [learning_map(picture, place, film=True) for place in range(5)]
    for place, figure in enumerate(figures):
        assert list(figure.data[0].x) == pytest.approx(POINTS[place, :, 0].tolist(), abs=1e-4)
        assert figure.layout.xaxis.range == figures[0].layout.xaxis.range
        assert figure.layout.yaxis.range == figures[0].layout.yaxis.range
    low, high = figures[0].layout.xaxis.range
    assert low < POINTS[..., 0].min() <= POINTS[..., 0].max() < high


def test_the_film_has_a_frame_a_snapshot_and_is_not_there_while_a_run_goes_on() -> None:
    picture = learning_picture(GROUPS, POINTS)
    film = learning_map(picture, 4, film=True)
    assert [frame.name for frame in film.frames] == ["0", "1", "2", "3", "4"]
    assert list(film.frames[2].data[0].y) == pytest.approx(POINTS[2, :, 1].tolist(), abs=1e-4)
    going = learning_map(picture, 4, film=False)
    assert not going.frames
    assert not going.layout.updatemenus


def test_groups_have_colours_and_names_are_shown_letter_by_letter() -> None:
    figure = learning_map(learning_picture(GROUPS, POINTS), 0, film=False)
    colors = figure.data[0].marker.color
    assert colors[0] == colors[1] != colors[2] == colors[3]
    assert figure.data[0].text[2] == "&lt;b&gt;"
    assert "royalty" in figure.layout.annotations[0].text
    alone = learning_map(learning_picture({"": ("a", "b", "c", "d")}, POINTS), 0, film=False)
    assert not alone.layout.annotations


def test_points_in_one_place_are_drawn() -> None:
    figure = learning_map(learning_picture(GROUPS, np.zeros((3, 4, 2))), 1, film=True)
    low, high = figure.layout.xaxis.range
    assert low < 0 < high


def test_the_table_says_what_is_drawn() -> None:
    table = learning_table(learning_picture(GROUPS, POINTS), 3)
    assert table.index.tolist() == ["king", "queen", "<b>", "tiger"]
    assert table.loc["queen", "across"] == POINTS[3, 1, 0]


def test_curves_have_a_mark_at_the_snapshot_shown() -> None:
    long = Curve("one", [0, 10, 20, 30], [math.nan, 3.0, 2.0, 1.0])
    short = Curve("other", [0, 10], [4.0, 5.0], good=[False, True])
    figure = curves_figure("Loss", [long, short], 2, 30)
    assert figure.data[0].y == (None, 3.0, 2.0, 1.0)
    assert (figure.data[1].x[0], figure.data[1].y[0]) == (20, 2.0)
    assert (figure.data[3].x[0], figure.data[3].y[0]) == (10, 5.0)  # it has no later one
    assert figure.data[2].marker.size == (0, 7)
    assert figure.layout.showlegend


def test_the_table_of_curves() -> None:
    curves = {"loss": Curve("", [0, 10], [2.0, 1.0]), "cosine": Curve("", [0, 10, 20], [0, 0.5, 1])}
    table = curves_table(curves)
    assert table.index.tolist() == [0, 10, 20]
    assert table.loc[10].tolist() == [1.0, 0.5]
    assert math.isnan(table.loc[20, "loss"])
