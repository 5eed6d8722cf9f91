from dataclasses import replace

import numpy as np
import pytest

from core.language.context import Sentence, Uses
from core.language.layer_paths import paths
from viz.language.trajectories import (
    COLORS,
    colors_of,
    path_table,
    stop_names,
    trajectories_figure,
)


def uses(*senses: str, layers: int = 3) -> Uses:
    random = np.random.default_rng(1)
    count = len(senses)
    return Uses(
        "w",
        ("w",),
        tuple(Sentence(f"<b>sentence</b> {place}", sense) for place, sense in enumerate(senses)),
        (),
        (),
        0,
        random.normal(size=5).astype(np.float32),
        random.normal(size=(layers + 1, count, 5)).astype(np.float32),
    )


def test_a_line_a_sentence_and_a_frame_a_stop() -> None:
    some = uses("a", "b", "a")
    drawn = paths(some)
    figure = trajectories_figure(some, drawn)
    assert len(figure.data) == 7  # whole ways, ways gone, and where they start
    assert stop_names(some) == ["static", "layer 0", "layer 1", "layer 2", "layer 3"]
    assert [frame.name for frame in figure.frames] == list("01234")
    slider = figure.layout.sliders[0]
    assert [step.label for step in slider.steps] == stop_names(some)
    assert slider.active == 4
    for row in range(3):
        for mark in (figure.data[row], figure.data[3 + row]):
            np.testing.assert_allclose(mark.x, drawn.positions[:, row, 0], rtol=1e-6)
            np.testing.assert_allclose(mark.y, drawn.positions[:, row, 1], rtol=1e-6)
        assert figure.data[3 + row].text[-1] == str(row + 1)


def test_a_frame_goes_as_far_as_its_stop() -> None:
    some = uses("a", "b")
    drawn = paths(some)
    for stop, frame in enumerate(trajectories_figure(some, drawn).frames):
        assert list(frame.traces) == [2, 3]
        for row, mark in enumerate(frame.data):
            across = drawn.positions[:, row, 0]
            np.testing.assert_allclose(mark.x[: stop + 1], across[: stop + 1], rtol=1e-6)
            np.testing.assert_allclose(mark.x[stop:], across[stop], rtol=1e-6)
            assert len(mark.x) == 5


def test_axes_hold_everything_and_stay() -> None:
    some = uses("a", "b", "")
    drawn = paths(some, differences=False)
    figure = trajectories_figure(some, drawn)
    points = drawn.positions.reshape(-1, 2)
    for axis, column in (("xaxis", 0), ("yaxis", 1)):
        low, high = figure.layout[axis].range
        assert low < points[:, column].min()
        assert high > points[:, column].max()
    assert figure.layout.yaxis.scaleanchor == "x"
    assert all(frame.layout.xaxis.range is None for frame in figure.frames)


def test_a_sense_has_a_colour_and_without_senses_each_sentence_has() -> None:
    assert colors_of(uses("a", "b", "a", "")) == [COLORS[0], COLORS[1], COLORS[0], COLORS[2]]
    assert colors_of(uses("", "")) == list(COLORS[:2])
    assert len(colors_of(uses(*[""] * 12))) == 12


def test_words_are_shown_letter_by_letter() -> None:
    some = uses("<i>a</i>", "b")
    figure = trajectories_figure(some, paths(some))
    shown = figure.data[2].hovertemplate + figure.layout.annotations[0].text
    assert "<b>sentence" not in shown
    assert "&lt;b&gt;sentence&lt;/b&gt;" in shown
    assert "&lt;i&gt;a&lt;/i&gt;" in shown


@pytest.mark.parametrize("senses", [("",), ("a",), ("", "")])
def test_few_sentences(senses: tuple[str, ...]) -> None:
    some = uses(*senses)
    same = np.ones_like(some.vectors)  # there is nothing to see, and nothing breaks
    some = replace(some, vectors=same)
    figure = trajectories_figure(some, paths(some))
    low, high = figure.layout.xaxis.range
    assert low < high


def test_the_table_says_where_paths_end() -> None:
    some = uses("a", "b")
    drawn = paths(some)
    table = path_table(some, drawn)
    assert table.index.tolist() == [1, 2]
    assert table["sense"].tolist() == ["a", "b"]
    np.testing.assert_allclose(table[["across", "up"]], drawn.positions[-1])
