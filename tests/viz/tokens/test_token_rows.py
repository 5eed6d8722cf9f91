"""Rows of the embedding matrix, and the terms of what enters an encoder, as pictures."""

from pathlib import Path

import numpy as np
import pytest

from core.language.inputs import Comparison, Inputs, InputTables, SharedToken, TokenSequence
from core.language.tokenizer import Token
from viz.style import BLUE, ORANGE
from viz.tokens.input_strips import (
    comparison_table,
    input_table,
    positions_figure,
    positions_table,
    same_row_figure,
    terms_figure,
)
from viz.tokens.token_rows import color_limit, rows_figure

VECTORS = np.array([[1, -2, 0.5], [0, 3, -1]], dtype=np.float32)


def the_inputs() -> Inputs:
    ones, zeros = np.ones(3, dtype=np.float32), np.zeros((2, 3), dtype=np.float32)
    tables = InputTables(Path(), zeros, zeros, ones, 0 * ones)
    sequence = TokenSequence((Token(1, "<b>", 0, 1), Token(2, "king", 1, 2)), (0, 1))
    position = np.full((2, 3), 0.25, dtype=np.float32)
    segment = np.full((2, 3), 0.5, dtype=np.float32)
    total = VECTORS + position + segment
    return Inputs(sequence, VECTORS, position, segment, total, tables.normalized(total))


def test_rows_are_the_vectors_with_room_between_them() -> None:
    figure = rows_figure(["the", "king"], [0, 99], VECTORS, 100, [BLUE, ORANGE])
    strips = figure.data[0]
    cells = np.asarray(strips.z)
    np.testing.assert_array_equal(cells[::2], VECTORS)
    assert np.isnan(cells[1]).all()
    assert len(strips.y) == len(cells) + 1  # edges
    assert strips.zmax == -strips.zmin > 0


def test_marks_stand_at_the_height_of_their_ids() -> None:
    figure = rows_figure(["the", "king"], [0, 99], VECTORS, 100, [BLUE, ORANGE], picked=1)
    box, *lines = figure.layout.shapes
    assert (box.y0, box.y1) == (0, 2)
    marks = lines[::2]
    assert [mark.y0 for mark in marks] == [box.y0, box.y1]
    assert [mark.line.color for mark in marks] == [BLUE, ORANGE]
    assert marks[1].line.width > marks[0].line.width
    over = lines[1::2]
    middles = [(one + other) / 2 for one, other in np.reshape(figure.data[0].y, (2, 2))]
    np.testing.assert_allclose([line.y1 for line in over], middles)
    halfway = rows_figure(["a"], [50], VECTORS[:1], 101, [BLUE]).layout.shapes[1]
    assert halfway.y0 == pytest.approx(0.5)


def test_names_are_letters_and_the_picked_one_is_bold() -> None:
    figure = rows_figure(["<i>", "x" * 90], [3, 4], VECTORS, 10, [BLUE, BLUE], picked=0)
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0] == "<b>&lt;i&gt;  · row 3</b>"
    assert len(texts[1]) < 45
    assert texts[2:] == ["row 0", "row 9"]


def test_the_colour_scale_leaves_out_extreme_numbers() -> None:
    values = np.append(np.linspace(-1, 1, 999), 100).astype(np.float32)
    assert color_limit(values) == pytest.approx(0.99, abs=0.02)
    assert color_limit(np.zeros((2, 2), dtype=np.float32)) == 1


def test_the_terms_add_up_in_picture_and_table() -> None:
    inputs = the_inputs()
    terms, normalized = terms_figure(inputs, 1).data
    token, position, segment, total = np.asarray(terms.z)
    np.testing.assert_allclose(token + position + segment, total)
    np.testing.assert_array_equal(np.asarray(normalized.z)[0], inputs.normalized[1])
    assert [name.strip() for name in terms.y] == ["king", "+ position 1", "+ segment B", "= sum"]
    assert terms_figure(inputs, 0).data[0].y[0] == "&lt;b&gt; "
    assert np.asarray(terms_figure(inputs, 1, count=2).data[0].z).shape == (4, 2)
    table = input_table(inputs, 1)
    np.testing.assert_allclose(
        table["token"] + table["position"] + table["segment"], table["sum"], rtol=1e-6
    )
    assert table.index.tolist() == [1, 2, 3]


def test_the_same_row_twice_and_two_inputs() -> None:
    inputs = the_inputs()
    shared = SharedToken(inputs.sequence.tokens[1], 1, 1, 0.0, 1.0, 0.9)
    comparison = Comparison(inputs, inputs, (shared,))
    rows = np.asarray(same_row_figure(comparison, 0, ("A", "B")).data[0].z)
    np.testing.assert_array_equal(rows[0], rows[1])
    np.testing.assert_array_equal(rows[2], inputs.total[1])
    table = comparison_table(comparison)
    assert table.iloc[0].tolist() == ["king", "1", "1", 1.0, 0.9]


def test_the_positions_have_a_figure_and_a_table() -> None:
    cosines = np.array([[1, 0.5], [0.5, 1]])
    cells = positions_figure(cosines, [0, 8]).data[0]
    np.testing.assert_allclose(np.asarray(cells.z), cosines)
    assert list(cells.x) == list(cells.y) == [0, 8]
    assert (cells.zmin, cells.zmax) == (-1, 1)
    assert positions_table(cosines, [0, 8]).loc["8", "0"] == 0.5
