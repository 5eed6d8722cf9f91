import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.projection import Projection
from viz.map import Lit, light_up

# Ten words on a line of three dimensions; the picture keeps the first two.
WORDS = Embeddings(
    "toy",
    [f"w{row}" for row in range(10)],
    np.array([[row, 2 * row, 100] for row in range(10)], dtype=np.float32),
)
FLAT = Projection(np.eye(2, 3), np.array([1.0, 0, 0]), np.zeros(2))
COUNT = 6


def at(row: int) -> tuple[float, float]:
    return row - 1, 2 * row


def lit(word: int | None, neighbors: list[int], groups: dict[str, list[int]] | None = None) -> Lit:
    return light_up(WORDS, FLAT, COUNT, word, neighbors, groups or {})


def roles(marks: Lit) -> dict[int, str]:
    found = [(mark.index, mark.role) for mark in marks.highlights]
    assert len(dict(found)) == len(found)  # no word stands out twice
    return dict(found)


def test_nothing_is_lit() -> None:
    marks = lit(None, [])
    assert (marks.highlights, marks.links, marks.markers) == ((), (), ())
    assert marks.groups.tolist() == [-1] * COUNT


def test_a_word_and_its_neighbours() -> None:
    marks = lit(2, [4, 0])
    assert roles(marks) == {2: "accent", 4: "blue", 0: "blue"}
    assert marks.markers == ()
    assert [(link.start, link.end) for link in marks.links] == [(at(2), at(4)), (at(2), at(0))]
    assert not any(link.arrow for link in marks.links)


def test_rarer_words_are_markers_where_they_would_be() -> None:
    marks = lit(2, [4, 8])
    assert roles(marks) == {2: "accent", 4: "blue"}
    (marker,) = marks.markers
    assert (marker.label, marker.position, marker.role) == ("w8", at(8), "blue")
    assert [link.end for link in marks.links] == [at(4), at(8)]


def test_a_rarer_word_is_itself_a_marker() -> None:
    marks = lit(9, [1])
    assert roles(marks) == {1: "blue"}
    assert [(marker.label, marker.role) for marker in marks.markers] == [("w9", "accent")]
    assert [(link.start, link.end) for link in marks.links] == [(at(9), at(1))]


def test_groups_by_their_place() -> None:
    marks = lit(None, [], {"even": [0, 2, 8], "odd": [1, 9]})
    assert marks.groups.tolist() == [0, 1, 0, -1, -1, -1]
    assert marks.groups.dtype == np.int16
    assert roles(marks) == {0: "group", 2: "group", 1: "group"}
    assert [(marker.label, marker.role) for marker in marks.markers] == [
        ("w8", "neutral"), ("w9", "neutral"),
    ]  # fmt: skip


def test_the_searched_word_stands_out_of_its_group_and_of_its_neighbours() -> None:
    marks = lit(2, [2, 0], {"even": [0, 2]})
    assert roles(marks)[2] == "accent"
    assert marks.groups[2] == 0
    assert {mark.index for mark in marks.highlights} == {0, 2}


@pytest.mark.parametrize("count", [6, 7, 10])
def test_every_lit_word_is_either_drawn_or_marked(count: int) -> None:
    marks = light_up(WORDS, FLAT, count, 6, [0, 5, 9], {"some": [1, 6, 8]})
    lit_words = [WORDS.words[mark.index] for mark in marks.highlights]
    lit_words += [marker.label for marker in marks.markers]
    assert sorted(lit_words) == ["w0", "w1", "w5", "w6", "w8", "w9"]
    assert all(mark.index < count for mark in marks.highlights)
    assert len(marks.groups) == count
