import numpy as np
import pytest

from core.geometry.direction_checks import Arrival
from core.geometry.directions import Direction, Extremes, Placed
from core.geometry.neighbors import Neighbors
from viz.direction_plane import MOST_NAMED, USUAL_SHOWN, Cloud, direction_plane_figure
from viz.direction_tables import arrival_table, coordinate_table, extremes_table
from viz.style import BLUE

NAMES = (("gender", "man", "woman"), ("royalty", "common", "royal"), ("living", "thing", "alive"))
DIRECTIONS = [Direction(*name, np.ones(2)) for name in NAMES]
WORDS = ["king", "queen", "<b>lion</b>"]
PLACES = np.array([[-2.0, 7.0, 1.0], [3.0, 6.0, 0.0], [0.0, 1.0, 9.0]])


def figure(count: int, joined=(), words=WORDS, places=PLACES, usual: int = 5):  # noqa: ANN001, ANN201
    behind = Cloud([f"word{n}" for n in range(usual)], np.zeros((usual, count)))
    cloud = Cloud(words, places[:, :count])
    return direction_plane_figure(DIRECTIONS[:count], cloud, behind, joined)


@pytest.mark.parametrize("count", [2, 3])
def test_words_lie_at_their_coordinates(count: int) -> None:
    usual, arrows, named, others, *axes = figure(count).data
    columns = [named.x, named.y] + ([named.z] if count == 3 else [])
    np.testing.assert_array_equal(np.array(columns).T, PLACES[:, :count])
    assert list(named.text) == ["king", "queen", "&lt;b&gt;lion&lt;/b&gt;"]
    assert len(named.textposition) == 3
    assert named.type == ("scatter" if count == 2 else "scatter3d")
    assert len(usual.x) == 5
    assert len(arrows.x) == len(others.x) == 0
    assert len(axes) == (0 if count == 2 else 3)


def test_axes_say_what_they_are() -> None:
    layout = figure(2).layout
    for axis, (name, low, high) in zip((layout.xaxis, layout.yaxis), NAMES, strict=False):
        title = axis.title.text
        assert title.index(low) < title.index(name) < title.index(f"{high} →")
        assert axis.zeroline
        assert axis.range[0] < 0 < axis.range[1]


def test_a_space_has_a_line_for_each_direction_through_zero() -> None:
    drawn = figure(3)
    for place, (line, (_, low, high)) in enumerate(zip(drawn.data[4:], NAMES, strict=True)):
        assert list(line.text) == [f"<b>{low}</b>", f"<b>{high}</b>"]
        ends = np.array([line.x, line.y, line.z])
        assert np.count_nonzero(np.delete(ends, place, axis=0)) == 0
        assert ends[place, 0] < min(0, PLACES[:, place].min())
        assert ends[place, 1] > PLACES[:, place].max()
    assert drawn.layout.scene.camera.projection.type == "orthographic"


@pytest.mark.parametrize("count", [2, 3])
def test_pairs_are_joined_by_arrows(count: int) -> None:
    arrows = figure(count, [("king", "queen"), ("king", "nobody"), ("queen", "<b>lion</b>")]).data[
        1
    ]
    assert list(arrows.x)[:2] == [-2, 3]
    assert np.isnan(arrows.x[2])
    assert list(arrows.y)[3:5] == [6, 1]
    assert len(arrows.x) == 6
    assert [size > 0 for size in arrows.marker.size] == [False, True, False] * 2
    assert arrows.line.color == BLUE


@pytest.mark.parametrize("count", [2, 3])
def test_no_words_and_one_word_are_drawn(count: int) -> None:
    for words in ([], ["king"]):
        drawn = figure(count, words=words, places=PLACES[: len(words)])
        assert len(drawn.data[2].x) == len(words)


def test_words_in_one_place_leave_the_axes_a_length() -> None:
    drawn = figure(2, words=["a", "b"], places=np.zeros((2, 3)))
    for axis in (drawn.layout.xaxis, drawn.layout.yaxis):
        assert np.ptp(axis.range) > 0


def test_of_many_words_the_first_are_named() -> None:
    count = MOST_NAMED + 30
    words = [f"word{n}" for n in range(count)]
    places = np.random.default_rng(0).normal(size=(count, 3))
    usual, _, named, others = figure(2, words=words, places=places, usual=USUAL_SHOWN + 5).data
    assert list(named.text) == words[:MOST_NAMED]
    assert list(others.text) == words[MOST_NAMED:]
    assert others.mode == "markers"
    assert len(usual.x) == USUAL_SHOWN


def test_html_is_escaped() -> None:
    direction = Direction("<i>x</i>", "<u>low</u>", "r&b", np.ones(2))
    for count in (2, 3):
        cloud = Cloud(WORDS, PLACES[:, :count])
        json = direction_plane_figure([direction] * count, cloud, cloud).to_json()
        for tag in ("<i>", "<u>", "r&b", "<b>lion", "\\u003ci", "\\u003cu", "\\u003cb\\u003elion"):
            assert tag not in json


# Tables


def test_coordinates_as_a_table_the_highest_first() -> None:
    table = coordinate_table(DIRECTIONS[:2], Cloud(WORDS, PLACES[:, :2]))
    assert table.columns.tolist() == ["word", "gender", "royalty"]
    assert table["word"].tolist() == ["queen", "<b>lion</b>", "king"]
    assert table["royalty"].tolist() == [6, 1, 7]


def test_directions_of_one_name_have_columns_of_their_own() -> None:
    word = Direction("word", "", "", np.ones(2))
    table = coordinate_table([word, DIRECTIONS[0], DIRECTIONS[0]], Cloud(WORDS, PLACES))
    assert len(set(table.columns)) == 4


def test_both_ends_side_by_side() -> None:
    low = Placed(("a", "b"), np.array([0, 1]), np.array([-3.0, -2.0]))
    high = Placed(("c",), np.array([2]), np.array([4.0]))
    table = extremes_table(DIRECTIONS[0], Extremes(low, high))
    assert table.columns[0] == "← man"
    assert table.columns[2] == "woman →"
    assert table.iloc[0].tolist() == ["a", -3, "c", 4]
    assert len(table) == 2


def test_where_it_leads_as_a_table() -> None:
    near = Neighbors(("x", "y", "z"), np.arange(3), np.array([0.9, 0.8, 0.7]), "cosine")
    other = Neighbors(("y",), np.arange(1), np.array([0.5]), "cosine")
    pairs = arrival_table([Arrival("a", "x", near, other), Arrival("b", "x", near, other)])
    assert pairs.columns.tolist() == ["from", "leads to", "cosine", "hoped for", "made without it"]
    assert pairs.iloc[0].tolist() == ["a", "x", 0.9, "x", "y"]
    words = arrival_table([Arrival("a", "", near)])
    assert words["then"].tolist() == ["y, z"]
    assert "hoped for" not in words.columns
