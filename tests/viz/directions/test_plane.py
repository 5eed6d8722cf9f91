import numpy as np

from core.geometry.directions import Direction, Extremes, WordCoordinates
from core.geometry.neighbors import Neighbors
from core.geometry.offsets import Offset
from viz.directions.plane import MAX_COMMON_WORDS, MAX_LABELS, PointWords, direction_plane_figure
from viz.directions.space import direction_space
from viz.directions.tables import coordinate_table, extremes_table, offset_table
from viz.style import BLUE

NAMES = (("gender", "man", "woman"), ("royalty", "common", "royal"), ("living", "thing", "alive"))
DIRECTIONS = [Direction(*name, np.ones(2)) for name in NAMES]
WORDS = ["king", "queen", "<b>lion</b>"]
USUAL = np.zeros((5, 3))
PLACES = np.array([[-2.0, 7.0, 1.0], [3.0, 6.0, 0.0], [0.0, 1.0, 9.0]])


def figure(joined=(), words=WORDS, places=PLACES, usual: int = 5):  # noqa: ANN001, ANN201
    behind = PointWords([f"word{n}" for n in range(usual)], np.zeros((usual, 2)))
    return direction_plane_figure(DIRECTIONS[:2], PointWords(words, places[:, :2]), behind, joined)


def space(joined=(), words=WORDS, places=PLACES, usual=USUAL):  # noqa: ANN001, ANN201
    behind = PointWords([f"word{n}" for n in range(len(usual))], usual)
    return direction_space(DIRECTIONS, PointWords(words, places), behind, joined)


def test_words_lie_at_their_coordinates() -> None:
    usual, arrows, named, others = figure().data
    np.testing.assert_array_equal(np.array([named.x, named.y]).T, PLACES[:, :2])
    assert list(named.text) == ["king", "queen", "&lt;b&gt;lion&lt;/b&gt;"]
    assert len(named.textposition) == 3
    assert len(usual.x) == 5
    assert len(arrows.x) == len(others.x) == 0


def test_axes_say_what_they_are() -> None:
    layout = figure().layout
    for axis, (name, low, high) in zip((layout.xaxis, layout.yaxis), NAMES, strict=False):
        title = axis.title.text
        assert title.index(low) < title.index(name) < title.index(f"{high} →")
        assert axis.zeroline
        assert axis.range[0] < 0 < axis.range[1]


def test_in_a_space_words_lie_in_proportion_to_their_coordinates() -> None:
    drawn = space()
    spans = np.ptp(drawn.coordinates[:3], axis=0) / np.ptp(PLACES, axis=0)
    for axis in range(3):
        steps = np.diff(drawn.coordinates[:3, axis]) - spans[axis] * np.diff(PLACES[:, axis])
        np.testing.assert_allclose(steps, 0, atol=1e-6)
    assert {mark.index for mark in drawn.highlights} == {0, 1, 2}
    assert drawn.words[:3] == tuple(WORDS)
    middles, factors = np.array(drawn.axis_scales).T
    np.testing.assert_allclose(middles + factors * drawn.coordinates[:3], PLACES, atol=1e-6)


def test_a_space_has_a_line_for_each_direction_through_zero() -> None:
    lines = space(places=np.vstack([PLACES[:2], np.zeros(3)])).links
    drawn = space(places=np.vstack([PLACES[:2], np.zeros(3)]))
    zero = drawn.coordinates[2]
    for axis, line in enumerate(lines):
        low, high = np.array(line.start), np.array(line.end)
        np.testing.assert_allclose(np.delete(low, axis), np.delete(zero, axis), atol=1e-6)
        np.testing.assert_allclose(np.delete(high, axis), np.delete(zero, axis), atol=1e-6)
        assert low[axis] == -1
        assert high[axis] == 1
    assert [mark.label for mark in drawn.markers] == [end for name in NAMES for end in name[1:]]


def test_usual_words_outside_the_space_and_twice_are_not_drawn() -> None:
    usual = np.array([[0.0, 1, 1], [0, 99, 0]])
    drawn = space(usual=usual)
    assert drawn.words[3:] == ("word0", "word1")
    assert np.isfinite(drawn.coordinates[3]).all()
    assert np.isnan(drawn.coordinates[4]).all()
    assert space(words=["king", "queen", "word0"], usual=usual).words[2:] == ("word0", "word1")


def test_other_words_and_positions_have_other_ids() -> None:
    one, other = space(), space(places=PLACES + 1e-3)
    assert one.words_id == other.words_id != space(words=["a", "b", "c"]).words_id
    assert one.layout_id == space().layout_id != other.layout_id


def test_pairs_are_joined_by_arrows() -> None:
    joined = [("king", "queen"), ("king", "nobody"), ("queen", "<b>lion</b>")]
    arrows = figure(joined).data[1]
    assert list(arrows.x)[:2] == [-2, 3]
    assert np.isnan(arrows.x[2])
    assert list(arrows.y)[3:5] == [6, 1]
    assert len(arrows.x) == 6
    assert [size > 0 for size in arrows.marker.size] == [False, True, False] * 2
    assert arrows.line.color == BLUE
    assert [(link.start, link.end) for link in space(joined).links if link.arrow] == [
        (0, 1),
        (1, 2),
    ]


def test_no_words_and_one_word_are_drawn() -> None:
    for words in ([], ["king"]):
        assert len(figure(words=words, places=PLACES[: len(words)]).data[2].x) == len(words)
        assert len(space(words=words, places=PLACES[: len(words)]).highlights) == len(words)


def test_words_in_one_place_leave_the_axes_a_length() -> None:
    drawn = figure(words=["a", "b"], places=np.zeros((2, 3)))
    for axis in (drawn.layout.xaxis, drawn.layout.yaxis):
        assert np.ptp(axis.range) > 0
    assert np.isfinite(space(words=["a", "b"], places=np.zeros((2, 3))).coordinates).all()


def test_of_many_words_the_outermost_are_named() -> None:
    count = MAX_LABELS + 160
    words = [f"word{n}" for n in range(count)]
    places = np.random.default_rng(0).normal(size=(count, 3))
    places[-1] = [9, 9, 9]  # the last one typed is the outermost
    usual, _, named, others = figure(words=words, places=places, usual=MAX_COMMON_WORDS + 5).data
    assert words[-1] in named.text
    assert 3 < len(named.text) <= MAX_LABELS
    assert sorted([*named.text, *others.text]) == sorted(words)
    assert others.mode == "markers"
    assert len(usual.x) == MAX_COMMON_WORDS
    assert space(words=words, places=places).highlights[0].index == count - 1


def test_labels_in_one_place_do_not_overprint() -> None:
    words = [f"word{n}" for n in range(30)]
    named = figure(words=words, places=np.zeros((30, 3))).data[2]
    assert 1 <= len(named.text) == len(set(named.textposition)) <= 8


def test_html_is_escaped() -> None:
    direction = Direction("<i>x</i>", "<u>low</u>", "r&b", np.ones(2))
    cloud = PointWords(WORDS, PLACES[:, :2])
    json = direction_plane_figure([direction] * 2, cloud, cloud).to_json()
    for tag in ("<i>", "<u>", "r&b", "<b>lion", "\\u003ci", "\\u003cu", "\\u003cb\\u003elion"):
        assert tag not in json


# Tables


def test_coordinates_as_a_table_the_highest_first() -> None:
    table = coordinate_table(DIRECTIONS[:2], PointWords(WORDS, PLACES[:, :2]))
    assert table.columns.tolist() == ["word", "gender", "royalty"]
    assert table["word"].tolist() == ["queen", "<b>lion</b>", "king"]
    assert table["royalty"].tolist() == [6, 1, 7]


def test_directions_of_one_name_have_columns_of_their_own() -> None:
    word = Direction("word", "", "", np.ones(2))
    table = coordinate_table([word, DIRECTIONS[0], DIRECTIONS[0]], PointWords(WORDS, PLACES))
    assert len(set(table.columns)) == 4


def test_both_ends_side_by_side() -> None:
    low = WordCoordinates(("a", "b"), np.array([0, 1]), np.array([-3.0, -2.0]))
    high = WordCoordinates(("c",), np.array([2]), np.array([4.0]))
    table = extremes_table(DIRECTIONS[0], Extremes(low, high))
    assert table.columns[0] == "← man"
    assert table.columns[2] == "woman →"
    assert table.iloc[0].tolist() == ["a", -3, "c", 4]
    assert len(table) == 2


def test_where_it_leads_as_a_table() -> None:
    near = Neighbors(("x", "y", "z"), np.arange(3), np.array([0.9, 0.8, 0.7]), "cosine")
    other = Neighbors(("y",), np.arange(1), np.array([0.5]), "cosine")
    pairs = offset_table([Offset("a", "x", near, other), Offset("b", "x", near, other)])
    assert pairs.columns.tolist() == ["from", "leads to", "cosine", "hoped for", "made without it"]
    assert pairs.iloc[0].tolist() == ["a", "x", 0.9, "x", "y"]
    words = offset_table([Offset("a", "", near)])
    assert words["then"].tolist() == ["y, z"]
    assert "hoped for" not in words.columns
