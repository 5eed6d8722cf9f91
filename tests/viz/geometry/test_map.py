import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.projection import Projection
from core.layouts.map_words import MapWords, chosen
from core.layouts.quality import NeighborsKept
from viz.geometry.map import MAX_HIGHLIGHTED, MapMarks, colors_by_group, colors_by_rank, map_marks

# Ten words on a line of three dimensions; the picture keeps the first two.
WORDS = Embeddings(
    "toy",
    [f"w{row}" for row in range(10)],
    np.array([[row, 2 * row, 100] for row in range(10)], dtype=np.float32),
)
FLAT = Projection(np.eye(2, 3), np.array([1.0, 0, 0]), np.zeros(2))
DRAWN = chosen(WORDS, [0, 1, 2, 4, 5, 7])  # w4 is in the fourth place, and so on


def at(row: int) -> tuple[float, float]:
    return row - 1, 2 * row


def kept(true: list[int], lost: list[int]) -> NeighborsKept:
    """Return what became of neighbours, by their places among the drawn words."""
    places = np.array(true)
    gone = np.isin(places, lost)
    return NeighborsKept(places, places, places[~gone], places[gone])


def lit(
    word: int | None,
    near: NeighborsKept | list[int],
    groups: dict[str, list[int]] | None = None,
    drawn: MapWords = DRAWN,
    projection: Projection | None = FLAT,
) -> MapMarks:
    return map_marks(WORDS, drawn, projection, word, near, groups or {})


def roles(marks: MapMarks) -> dict[str, str]:
    found = [(DRAWN.words[mark.index], mark.role) for mark in marks.highlights]
    assert len(dict(found)) == len(found)  # no word stands out twice
    return dict(found)


def test_without_a_word_and_groups_nothing_is_highlighted() -> None:
    assert lit(None, []) == MapMarks((), (), (), ())


def test_a_word_is_linked_to_neighbours_kept_and_lost() -> None:
    marks = lit(2, kept([3, 0], lost=[0]))  # w4 and w0
    assert roles(marks) == {"w2": "accent", "w4": "blue", "w0": "blue"}
    assert marks.markers == ()
    lines = [(link.start, link.end, link.dashed, link.role) for link in marks.links]
    assert lines == [(2, 3, False, "neutral"), (2, 0, True, "vermillion")]
    assert not any(link.arrow for link in marks.links)


def test_words_that_are_not_drawn_are_markers_where_they_would_be() -> None:
    marks = lit(9, [4, 8])
    assert roles(marks) == {"w4": "blue"}
    found = [(marker.label, marker.position, marker.role) for marker in marks.markers]
    assert found == [("w8", at(8), "blue"), ("w9", at(9), "accent")]
    assert [(link.start, link.end) for link in marks.links] == [(at(9), 3), (at(9), at(8))]
    assert marks.missing == ()


def test_a_layout_has_no_place_for_other_words() -> None:
    marks = lit(9, [4, 8], {"some": [3, 5]}, projection=None)
    assert roles(marks) == {"w5": "group", "w4": "neutral"}
    assert not marks.markers
    assert not marks.links
    assert set(marks.missing) == {3, 8, 9}


def test_groups_by_their_place() -> None:
    groups = {"even": [0, 2, 8], "odd": [1, 7]}
    colors = colors_by_group(DRAWN, groups)
    assert colors["groups"].tolist() == [0, 1, 0, -1, -1, 1]
    assert colors["groups"].dtype == np.int16
    assert colors["group_names"] == ["even", "odd"]
    assert colors["group_colors"] == [0, 1]
    marks = lit(None, [], groups)
    assert roles(marks) == dict.fromkeys(["w0", "w2", "w1", "w7"], "group")
    assert [(marker.label, marker.role) for marker in marks.markers] == [("w8", "neutral")]


def test_a_named_group_has_one_colour_whatever_stands_before_it() -> None:
    named = ["even", "odd", "prime"]
    rows = [0]

    def colors(*names: str) -> dict[str, int]:
        shown = colors_by_group(DRAWN, dict.fromkeys(names, rows), named)
        return dict(zip(shown["group_names"], shown["group_colors"], strict=True))

    assert colors("prime", "even") == {"prime": 2, "even": 0}
    assert colors("mine", "odd", "yours") == {"mine": 0, "odd": 1, "yours": 2}
    assert sorted(colors(*named, *"abcde").values()) == list(range(8))


def test_no_groups_are_no_colours() -> None:
    assert colors_by_group(DRAWN, {}) == {}


def test_ranks_are_of_the_whole_vocabulary() -> None:
    colors = colors_by_rank(DRAWN)
    assert colors["values"].tolist() == [1, 2, 3, 5, 6, 8]
    assert colors["by_order"]
    ends = colors["value_ticks"]
    assert (ends[0.0].split()[0], ends[1.0].split()[0]) == ("1st", "8th")


def test_the_searched_word_stands_out_of_its_group_and_of_its_neighbours() -> None:
    marks = lit(2, kept([2, 0], lost=[]), {"even": [0, 2]})
    assert roles(marks)["w2"] == "accent"
    assert marks.highlights[-1].role == "accent"  # on top
    assert {mark.index for mark in marks.highlights} == {0, 2}


def test_large_groups_are_coloured_but_not_lit_one_by_one() -> None:
    many = Embeddings(
        "many",
        [f"w{row}" for row in range(MAX_HIGHLIGHTED + 2)],
        np.ones((MAX_HIGHLIGHTED + 2, 2), np.float32),
    )
    drawn = chosen(many, range(MAX_HIGHLIGHTED + 2))
    groups = {"all": list(range(MAX_HIGHLIGHTED + 1))}
    assert map_marks(many, drawn, None, None, [], groups).highlights == ()
    assert (colors_by_group(drawn, groups)["groups"] == 0).sum() == MAX_HIGHLIGHTED + 1


@pytest.mark.parametrize("rows", [range(6), range(7), range(10)])
def test_every_lit_word_is_either_drawn_or_marked(rows: range) -> None:
    drawn = chosen(WORDS, rows)
    marks = lit(6, [0, 5, 9], {"some": [1, 6, 8]}, drawn)
    words = [drawn.words[mark.index] for mark in marks.highlights]
    words += [marker.label for marker in marks.markers]
    assert sorted(words) == ["w0", "w1", "w5", "w6", "w8", "w9"]
