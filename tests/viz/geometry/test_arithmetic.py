from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go
import pytest

from core.embeddings import Embeddings
from core.formats.typed import read_typed
from core.geometry.arithmetic import solve
from core.geometry.construction import Construction, construct
from viz.geometry.arithmetic import HEIGHT, arithmetic_figure

Trace = go.Scatter | go.Scatter3d

TOY = read_typed(
    "a 1 2 0\nb 1 0 0\nc 4 0 0\nanswer 4 2 0.5\nother 4 3 5\n<b>bold</b> 5 2 1\nr&b 9 2 4"
)
TEXTS = ["a - b + c", "a + b", "2*a - b/2 + c", "a", "a + b + a + b", '"<b>bold</b>" - a + "r&b"']


def drawn(text: str, components: int = 2, words: Embeddings = TOY) -> Construction:
    return construct(words, solve(words, text), components)


def points(trace: Trace) -> np.ndarray:
    """Return where a trace is, (N, K), without the gaps in lines."""
    found = [getattr(trace, name, None) for name in "xyz"]
    columns = [column for column in found if column is not None]
    rows = np.array(columns, dtype=float).T
    return rows[~np.isnan(rows).any(axis=1)] if len(rows) else rows


def shown_texts(traces: Iterable[Trace]) -> list[str]:
    """Return the words of the traces that are somewhere, as plotly would write them."""
    return [text for trace in traces if trace.text is not None for text in trace.text]


def arrows(figure: go.Figure) -> list[Trace]:
    """Return the traces with an arrow's head."""
    symbols = ("arrow", "diamond")
    return [trace for trace in figure.data if trace.marker.symbol in symbols]


def named(figure: go.Figure) -> list[go.Frame]:
    """Return the frames at which the slider stops, in its order."""
    by_name = {frame.name: frame for frame in figure.frames}
    return [by_name[step.args[0][0]] for step in figure.layout.sliders[0].steps]


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", TEXTS)
def test_the_arrows_are_those_of_the_construction_and_end_at_the_tip(
    text: str, components: int
) -> None:
    drawing = drawn(text, components)
    found = arrows(arithmetic_figure(drawing))
    assert len(found) == len(drawing.arrows)
    for trace, arrow in zip(found, drawing.arrows, strict=True):
        np.testing.assert_allclose(points(trace), [arrow.start, arrow.end])
    np.testing.assert_allclose(points(found[-1])[-1], drawing.tip, atol=1e-5)


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_written_once_where_it_is(text: str, components: int) -> None:
    drawing = drawn(text, components)
    figure = arithmetic_figure(drawing)
    written = {
        word: (tuple(point), off)
        for trace in figure.data
        if trace.text is not None
        for word, point, off in zip(trace.text, points(trace), trace.customdata, strict=True)
    }
    assert len(shown_texts(figure.data)) == len(written) == len(drawing.points)
    for place in drawing.points:
        word = place.word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        point, off = written[word]
        np.testing.assert_allclose(point, place.position)
        assert off == pytest.approx(place.distance)


@pytest.mark.parametrize("components", [2, 3])
def test_html_in_words_is_escaped_wherever_plotly_would_read_it(components: int) -> None:
    figure = arithmetic_figure(drawn('"<b>bold</b>" - a + "r&b"', components))
    json = figure.to_json()
    assert "<b>" not in json
    assert "\\u003cb\\u003e" not in json
    assert "r&b" not in json
    assert "&lt;b&gt;bold" in json


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", TEXTS)
def test_every_stop_moves_all_marks_and_a_flight_moves_some(text: str, components: int) -> None:
    figure = arithmetic_figure(drawn(text, components))
    count = len(figure.data)
    for frame in figure.frames:
        if frame.name is None:
            assert all(0 <= trace < count for trace in frame.traces)
            assert len(frame.traces) == len(frame.data)
        else:
            assert len(frame.data) == count
        moved = frame.traces or range(count)
        for place, trace in zip(moved, frame.data, strict=True):
            assert trace.type == figure.data[place].type


@pytest.mark.parametrize("components", [2, 3])
@pytest.mark.parametrize("text", TEXTS)
def test_the_last_stop_is_the_picture_that_is_shown_first(text: str, components: int) -> None:
    figure = arithmetic_figure(drawn(text, components))
    assert figure.frames[-1].name == named(figure)[-1].name
    for shown, last in zip(figure.data, figure.frames[-1].data, strict=True):
        np.testing.assert_array_equal(points(shown), points(last))


@pytest.mark.parametrize("text", TEXTS)
def test_the_slider_stops_once_a_step_in_order(text: str) -> None:
    drawing = drawn(text)
    figure = arithmetic_figure(drawing)
    names = [frame.name for frame in figure.frames if frame.name is not None]
    steps = figure.layout.sliders[0].steps
    assert [step.args[0][0] for step in steps] == names
    assert len(names) == len(drawing.arrows) + 2  # the words, each arrow, the answer
    assert figure.layout.sliders[0].active == len(names) - 1
    for arrow, step in zip(drawing.arrows, steps[1:-1], strict=True):
        assert (
            arrow.label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            in step.label
        )


@pytest.mark.parametrize("text", TEXTS)
def test_stop_after_stop_one_more_arrow_lies_there(text: str) -> None:
    drawing = drawn(text)
    figure = arithmetic_figure(drawing)
    places = [place for place, trace in enumerate(figure.data) if trace in arrows(figure)]
    there = [
        sum(len(points(frame.data[place])) == 2 for place in places) for frame in named(figure)
    ]
    count = len(drawing.arrows)
    assert there == [*range(count + 1), count]


def test_the_answer_comes_last_of_all() -> None:
    drawing = drawn("a - b + c")
    figure = arithmetic_figure(drawing)
    (answer,) = [place.word for place in drawing.points if place.role == "answer"]
    (place,) = [
        place
        for place, trace in enumerate(figure.data)
        if trace.text is not None and list(trace.text) == [answer]
    ]
    visible = [len(points(frame.data[place])) for frame in named(figure)]
    assert visible == [0, 0, 0, 1]


def test_a_carried_arrow_keeps_its_length_and_direction_in_flight() -> None:
    drawing = drawn("a - b + c")
    figure = arithmetic_figure(drawing)
    second = list(figure.data).index(arrows(figure)[1])
    flights = [points(frame.data[0]) for frame in figure.frames if frame.traces == (second,)]
    assert len(flights) > 3
    for start, end in flights:
        np.testing.assert_allclose(
            end - start, drawing.arrows[0].end - drawing.arrows[0].start, atol=1e-6
        )


def test_lengths_are_the_same_in_both_directions_and_all_is_within() -> None:
    drawing = drawn("a - b + c")
    layout = arithmetic_figure(drawing).layout
    assert layout.yaxis.scaleanchor == "x"
    for axis, column in ((layout.xaxis, 0), (layout.yaxis, 1)):
        low, high = axis.range
        assert all(low < place.position[column] < high for place in drawing.points)
        assert low < drawing.tip[column] < high
    assert arithmetic_figure(drawn("a - b + c", 3)).layout.scene.aspectmode == "data"


def test_the_height_can_be_set() -> None:
    assert arithmetic_figure(drawn("a")).layout.height == HEIGHT
    assert arithmetic_figure(drawn("a"), 300).layout.height == 300


@pytest.mark.parametrize("components", [2, 3])
def test_without_an_answer_the_arrows_are_drawn(components: int) -> None:
    words = read_typed("a 1 2 0\nb 1 0 0\nc 4 0 0")
    figure = arithmetic_figure(drawn("a - b + c", components, words))
    assert len(arrows(figure)) == 2
    assert sorted(shown_texts(figure.data)) == ["a", "b", "c"]


def test_real_words(glove: Embeddings) -> None:
    drawing = drawn("king - man + woman", 3, glove)
    figure = arithmetic_figure(drawing)
    assert {"king", "man", "woman", "queen"} <= set(shown_texts(figure.data))
    assert all(trace.type == "scatter3d" for trace in figure.data)
