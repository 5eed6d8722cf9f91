from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go
import pytest

from core.embeddings import Embeddings
from core.formats.typed import read_typed
from core.geometry.arithmetic import solve
from core.geometry.construction import Construction, construct
from viz.components.arrow_plane.drawing import Drawing, Line
from viz.geometry.arithmetic import plane_drawing, step_names
from viz.geometry.arithmetic_space import HEIGHT, space_figure
from viz.labels import SIDES

TOY = read_typed(
    "a 1 2 0\nb 1 0 0\nc 4 0 0\nanswer 4 2 0.5\nother 4 3 5\n<b>bold</b> 5 2 1\nr&b 9 2 4"
)
TEXTS = ["a - b + c", "a + b", "2*a - b/2 + c", "a", "a + b + a + b", '"<b>bold</b>" - a + "r&b"']


def drawn(text: str, components: int = 2, words: Embeddings = TOY) -> Construction:
    return construct(words, solve(words, text), components)


def points(trace: go.Scatter3d) -> np.ndarray:
    """Return where a trace is, (N, 3)."""
    return np.array([trace.x, trace.y, trace.z], dtype=float).T


def shown_texts(traces: Iterable[go.Scatter3d]) -> list[str]:
    """Return the words of the traces that are somewhere, as plotly would write them."""
    return [text for trace in traces for text in getattr(trace, "text", None) or ()]


def arrows(drawing: Drawing) -> list[Line]:
    return [line for line in drawing.lines if line.kind == "arrow"]


# In a plane


@pytest.mark.parametrize("text", TEXTS)
def test_the_arrows_are_those_of_the_construction_and_end_at_the_tip(text: str) -> None:
    drawing = drawn(text)
    plane = plane_drawing(drawing)
    assert [line.label for line in arrows(plane)] == [arrow.label for arrow in drawing.arrows]
    for line, arrow in zip(arrows(plane), drawing.arrows, strict=True):
        np.testing.assert_array_equal([line.start, line.end], [arrow.start, arrow.end])
    (tip,) = plane.tips
    np.testing.assert_allclose(arrows(plane)[-1].end, tip, atol=1e-5)
    np.testing.assert_array_equal(tip, drawing.tip)


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_written_once_where_it_is(text: str) -> None:
    drawing = drawn(text)
    written = {word.text: word for word in plane_drawing(drawing).words}
    assert len(written) == len(plane_drawing(drawing).words) == len(drawing.points)
    for point in drawing.points:
        np.testing.assert_array_equal(written[point.word].at, point.position)
        assert written[point.word].role == point.role
        assert f"{point.distance:.2f}" in written[point.word].tip


@pytest.mark.parametrize("text", TEXTS)
def test_step_after_step_one_more_arrow_is_drawn_and_the_answer_last(text: str) -> None:
    drawing = drawn(text)
    names, count = step_names(drawing), len(drawing.arrows)
    steps = [plane_drawing(drawing, step) for step in range(1, len(names) + 1)]
    assert [len(arrows(step)) for step in steps] == [*range(count + 1), count]
    for step in steps[:-1]:
        assert {word.role for word in step.words} == {"input"}
        assert not [line for line in step.lines if line.kind == "gap"]
        assert step.extent == steps[-1].extent  # the scale stays
    assert [len(step.tips) for step in steps] == [0] * count + [1, 1]
    assert "answer" in {word.role for word in steps[-1].words}
    assert steps[-1] == plane_drawing(drawing)
    assert list(names[1:-1]) == [arrow.label for arrow in drawing.arrows]


def test_a_moved_arrow_has_two_parallel_sides() -> None:
    plane = plane_drawing(drawn("a - b + c"))
    sides = [np.subtract(line.end, line.start) for line in plane.lines if line.kind == "side"]
    assert len(sides) == 2
    np.testing.assert_allclose(sides[0], sides[1], atol=1e-6)
    first, second = (np.subtract(line.end, line.start) for line in arrows(plane))
    np.testing.assert_allclose(first, second, atol=1e-6)
    assert not [line for line in plane_drawing(drawn("a + b")).lines if line.kind == "side"]


def test_zero_is_where_the_zero_vector_is() -> None:
    """Of typed vectors with two numbers, it is the origin; a chain starts there."""
    flat = plane_drawing(drawn("a - b + c", words=read_typed("a 1 2\nb 1 0\nc 4 0\nd 4 2")))
    assert flat.zero == (0, 0)
    assert flat.has_axes
    chain = plane_drawing(drawn("a + c"))
    assert chain.zero == pytest.approx(arrows(chain)[0].start)
    drawing = drawn("a - b + c")
    away = np.append(drawing.zero @ drawing.axes + drawing.center, 0)
    assert drawing.zero_distance == pytest.approx(np.linalg.norm(away))
    for axis in drawing.axes:
        assert axis @ (drawing.center + drawing.zero @ drawing.axes) == pytest.approx(0)


def test_without_an_answer_the_arrows_are_drawn() -> None:
    plane = plane_drawing(drawn("a - b + c", words=read_typed("a 1 2 0\nb 1 0 0\nc 4 0 0")))
    assert len(arrows(plane)) == 2
    assert sorted(word.text for word in plane.words) == ["a", "b", "c"]


# In space


@pytest.mark.parametrize("text", TEXTS)
def test_in_space_the_arrows_and_words_are_those_of_the_construction(text: str) -> None:
    drawing = drawn(text, 3)
    figure = space_figure(drawing)
    heads = [trace for trace in figure.data if trace.type == "cone"]
    assert len(heads) == len(drawing.arrows)
    for head, arrow in zip(heads, drawing.arrows, strict=True):
        np.testing.assert_allclose(points(head)[0], arrow.end)
        along = np.array([head.u[0], head.v[0], head.w[0]])
        assert along @ (arrow.end - arrow.start) > 0
        np.testing.assert_allclose(np.cross(along, arrow.end - arrow.start), 0, atol=1e-6)
    written = {
        word: (tuple(point), off)
        for trace in figure.data
        if getattr(trace, "text", None)
        for word, point, off in zip(trace.text, points(trace), trace.customdata, strict=True)
    }
    assert len(shown_texts(figure.data)) == len(written) == len(drawing.points)
    for place in drawing.points:
        word = place.word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        point, off = written[word]
        np.testing.assert_allclose(point, place.position)
        assert off == pytest.approx(place.distance)


@pytest.mark.parametrize("text", TEXTS)
def test_in_space_the_answer_comes_with_the_last_step(text: str) -> None:
    drawing = drawn(text, 3)
    count = len(drawing.arrows)
    steps = [space_figure(drawing, step) for step in range(1, count + 3)]
    heads = [sum(trace.type == "cone" for trace in step.data) for step in steps]
    assert heads == [*range(count + 1), count]
    inputs = {point.word for point in drawing.points if point.role == "input"}
    for step in steps[:-1]:
        assert len(shown_texts(step.data)) == len(inputs)
        assert step.layout.scene.xaxis.range == steps[-1].layout.scene.xaxis.range
    assert len(shown_texts(steps[-1].data)) == len(drawing.points)


def test_html_in_words_is_escaped_wherever_plotly_would_read_it() -> None:
    json = space_figure(drawn('"<b>bold</b>" - a + "r&b"', 3)).to_json()
    assert "<b>" not in json
    assert "\\u003cb\\u003e" not in json
    assert "r&b" not in json
    assert "&lt;b&gt;bold" in json


def test_in_space_lengths_are_the_same_in_all_directions_and_all_is_within() -> None:
    drawing = drawn("a - b + c", 3)
    scene = space_figure(drawing).layout.scene
    assert scene.aspectmode == "data"
    for column, axis in enumerate((scene.xaxis, scene.yaxis, scene.zaxis)):
        low, high = axis.range
        assert all(low < place.position[column] < high for place in drawing.points)
        assert low < drawing.tip[column] < high


def test_the_height_can_be_set() -> None:
    assert space_figure(drawn("a", 3)).layout.height == HEIGHT
    assert space_figure(drawn("a", 3), height=300).layout.height == 300


def test_real_words(glove: Embeddings) -> None:
    plane = plane_drawing(drawn("king - man + woman", 2, glove))
    assert {"king", "man", "woman", "queen"} <= {word.text for word in plane.words}
    figure = space_figure(drawn("king - man + woman", 3, glove))
    assert {"king", "man", "woman", "queen"} <= set(shown_texts(figure.data))


def test_the_label_of_the_answer_keeps_off_the_other_words(glove: Embeddings) -> None:
    """Of one label, plotly reads the side from a string only: in a list, it would be another."""
    figure = space_figure(drawn("king - man + woman", 3, glove))
    (queen,) = [trace for trace in figure.data if "queen" in (getattr(trace, "text", None) or ())]
    assert queen.textposition in SIDES
    assert queen.textposition != "middle left"  # there is prince
