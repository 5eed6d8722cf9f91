"""The pictures of the page Context besides the paths."""

import numpy as np
import pytest

from core.language.context import Sentence, Uses
from core.language.logit_lens import LogitLens
from core.language.tokenizer import Token
from viz.language.attention import MIN_WEIGHT, attention_lines, attention_matrix, attention_table
from viz.language.layer_curves import MIN_SPAN, curves_figure, curves_table
from viz.language.logit_lens import lens_figure, lens_table
from viz.language.similarity import sense_order, uses_heatmap, uses_table
from viz.language.window import answers_figure, answers_table

TOKENS = ["[CLS]", "<b>", "a-very-long-token-indeed", "<b>"]
WEIGHTS = np.array([[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.1, 0.2, 0.69, 0.01], [0.25] * 4])


# Curves


def test_flat_curves_have_an_axis_that_can_be_read() -> None:
    low, high = curves_figure({"same": np.array([1 - 1e-16, 1.0])}, "cosine").layout.yaxis.range
    assert high - low == pytest.approx(MIN_SPAN)
    assert low < 1 < high
    assert curves_figure({"same": np.array([0.5, 1.0])}, "cosine").layout.yaxis.range is None


def test_curves_without_numbers_are_left_out() -> None:
    curves = {"same": np.array([0.9, 0.8]), "none": np.full(2, np.nan), "x": np.array([0.1, 0.9])}
    figure = curves_figure(curves, "cosine")
    assert [mark.name for mark in figure.data] == ["same", "x"]
    assert list(figure.data[0].y) == [0.9, 0.8]
    assert curves_table(curves).columns.tolist() == ["same", "x"]
    assert figure.data[1].line.color != figure.data[0].line.color
    assert curves_figure({}, "cosine").layout.yaxis.title.text == "cosine"


def test_names_of_curves_do_not_overlap() -> None:
    curves = {f"<{place}>": np.array([0.0, 0.5 + place / 1000]) for place in range(8)}
    figure = curves_figure(curves, "cosine", 340)
    pixels = (340 - 80) / 0.507
    tops = sorted((0.507 - note.y) * pixels - note.yshift for note in figure.layout.annotations)
    assert np.diff(tops).min() > 16
    assert max(tops) <= 340 - 80 + 1e-6
    assert figure.layout.annotations[0].text == "&lt;7&gt;"


# Attention


def test_the_matrix_holds_the_weights() -> None:
    figure = attention_matrix(TOKENS, WEIGHTS)
    np.testing.assert_allclose(figure.data[0].z, WEIGHTS, atol=1e-4)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 1)
    assert figure.layout.yaxis.autorange == "reversed"
    assert list(figure.layout.xaxis.ticktext) == [
        "[CLS]",
        "&lt;b&gt;",
        "a-very-long-t…",
        "&lt;b&gt;",
    ]


def drawn(chosen: int | None) -> set[tuple[int, int]]:
    figure = attention_lines(TOKENS, WEIGHTS, chosen)
    pairs = set()
    for mark in figure.data[:-2]:
        ends = [down for down in mark.y if down is not None]
        pairs |= set(zip(ends[::2], ends[1::2], strict=True))
    return pairs


def test_lines_lead_to_what_is_looked_at() -> None:
    assert drawn(2) == {(2, 0), (2, 1), (2, 2)}  # a hundredth is not drawn
    assert drawn(0) == {(0, 0)}
    assert drawn(None) == {
        *{(0, 0), (1, 0), (1, 1), (2, 1), (2, 2)},
        *{(3, seen) for seen in range(4)},
    }


def test_thick_lines_are_large_weights() -> None:
    figure = attention_lines(TOKENS, WEIGHTS, None)
    widths = [mark.line.width for mark in figure.data[:-2]]
    assert widths == sorted(widths)
    assert MIN_WEIGHT < 0.05


def test_weights_as_numbers() -> None:
    table = attention_table(TOKENS, WEIGHTS)
    assert table.index.is_unique  # although a token comes twice
    assert table.loc["2 <b>", "1 [CLS]"] == 0.5


# The logit lens

NAMES = ["␣Paris", "<b>", "a-long-name", "␣"]


def lens() -> LogitLens:
    tokens = tuple(Token(0, text, 0, 1) for text in ("The", "<i>"))
    ids = np.array([[[0, 1], [1, 0]], [[2, 3], [0, 2]]])
    shares = np.array([[[0.5, 0.25], [0.9, 0.05]], [[0.3, 0.2], [0.8, 0.1]]], dtype=np.float32)
    return LogitLens(tokens, (0, 30), ids, shares, 0)


def test_a_cell_is_the_likeliest_token() -> None:
    (cells,) = lens_figure(lens(), NAMES).data
    assert [list(row) for row in cells.text] == [
        ["␣Paris", "&lt;b&gt;"],
        ["a-long-name", "␣Paris"],
    ]
    np.testing.assert_allclose(cells.z, [[0.5, 0.9], [0.3, 0.8]], atol=1e-4)
    assert "after &lt;i&gt;" in cells.customdata[1][1]
    assert "␣Paris 80.0%" in cells.customdata[1][1]


def test_the_last_layer_is_on_top_and_first_in_the_table() -> None:
    figure = lens_figure(lens(), NAMES)
    assert figure.layout.yaxis.autorange != "reversed"
    assert figure.layout.yaxis.ticktext[-1].strip() == "30"
    table = lens_table(lens(), NAMES)
    assert table.index.tolist() == [30, 0]
    assert table["likeliest"].tolist() == ["␣Paris", "<b>"]
    assert table["likeliest (share)"].tolist() == pytest.approx([0.8, 0.9])


# The window


def test_two_bars_a_token() -> None:
    whole, window = {"␣Anna": 0.4, "<b>": 0.1}, {"␣Anna": 0.01, "<b>": 0.3}
    figure = answers_figure(whole, window)
    assert [list(mark.x) for mark in figure.data] == [[0.4, 0.1], [0.01, 0.3]]
    assert figure.layout.yaxis.ticktext[1] == "&lt;b&gt; "
    assert figure.layout.xaxis.range[1] > 0.4
    assert answers_table(whole, window).loc["<b>"].tolist() == [0.1, 0.3]


# Each two uses


def test_sentences_of_a_sense_stand_together() -> None:
    sentences = tuple(Sentence("w", sense) for sense in ("a", "", "b", "a"))
    empty = np.zeros((1, 4, 2), dtype=np.float32)
    uses = Uses("w", ("w",), sentences, (), (), 0, empty[0, 0], empty)
    assert sense_order(uses) == [0, 3, 2, 1]
    cosines = np.arange(16).reshape(4, 4) / 16
    figure = uses_heatmap(uses, cosines, 0.0)
    assert list(figure.data[0].x) == ["1 a", "4 a", "3 b", "2"]
    assert figure.data[0].z[0][1] == pytest.approx(3 / 16, abs=1e-4)
    assert uses_table(uses, cosines).loc["4 a", "2"] == 13 / 16
