import numpy as np
import pytest

from core.embeddings import Embeddings
from core.geometry.neighbors import METRICS, Metric
from core.geometry.similarity import similarities
from viz.geometry.heatmap import (
    MAX_WORDS,
    MAX_WORDS_CLICKED,
    SEQUENTIAL,
    heatmap_figure,
    names_all,
    similarity_table,
)
from viz.style import DIVERGING

WORDS = ("king", "<b>", "1990", "2020-01-01")
VECTORS = np.array([[3.0, 4.0], [-3.0, 4.0], [0.0, 5.0], [-3.0, -4.0]])


@pytest.mark.parametrize("metric", METRICS)
def test_the_cells_are_the_values_in_the_order_of_the_words(metric: Metric) -> None:
    values = similarities(VECTORS, metric)
    cells, *_ = heatmap_figure(WORDS, values, metric).data
    np.testing.assert_allclose(np.asarray(cells.z), values, atol=1e-4)
    assert list(cells.x) == list(cells.y) == ["king", "&lt;b&gt;", "1990", "2020-01-01"]


def test_zero_is_in_the_middle_of_two_colours() -> None:
    for metric in ("cosine", "dot"):
        values = similarities(VECTORS, metric)
        cells, *_ = heatmap_figure(WORDS, values, metric).data
        assert cells.zmin == -cells.zmax < 0
        assert cells.zmax >= np.abs(values).max()
        assert [color for _, color in cells.colorscale] == [color for _, color in DIVERGING]
    cells, *_ = heatmap_figure(WORDS, similarities(VECTORS), "cosine").data
    assert cells.zmax == 1


def test_distances_have_one_scale_from_zero() -> None:
    values = similarities(VECTORS, "euclidean")
    cells, *_ = heatmap_figure(WORDS, values, "euclidean").data
    assert cells.zmin == 0
    assert cells.zmax == values.max() == 10
    assert [color for _, color in cells.colorscale] == [color for _, color in SEQUENTIAL]


def test_numbers_stand_in_the_cells_of_few_words() -> None:
    cells, *_ = heatmap_figure(WORDS, similarities(VECTORS), "cosine").data
    assert list(cells.text[0]) == ["1", ".28", ".80", "−1"]
    assert list(cells.text[2]) == [".80", ".80", "1", "−.80"]
    cells, *_ = heatmap_figure(WORDS, similarities(VECTORS, "dot"), "dot").data
    assert list(cells.text[0]) == ["25.0", "7.0", "20.0", "−25.0"]
    tiny = np.array([[1.0, -0.001], [-0.001, 0.999]])
    cells, *_ = heatmap_figure(WORDS[:2], tiny, "cosine").data
    assert [list(row) for row in cells.text] == [["1", ".00"], [".00", "1.00"]]


def test_no_numbers_stand_in_the_cells_of_many_words(glove: Embeddings) -> None:
    values = similarities(glove.vectors[:40])
    cells, *_ = heatmap_figure(glove.words[:40], values, "cosine").data
    assert cells.text is None
    assert "%{y} · %{x} = %{z" in cells.hovertemplate


@pytest.mark.parametrize("count", [1, 2, 20, 21, 50, 51, MAX_WORDS])
def test_words_are_named_where_they_stand_and_not_too_many(glove: Embeddings, count: int) -> None:
    words = [f"w{place}" for place in range(count)]
    figure = heatmap_figure(words, similarities(glove.vectors[:count]), "cosine")
    for axis, most in ((figure.layout.xaxis, 20), (figure.layout.yaxis, 50)):
        assert axis.type == "category"  # a word like 1990 is no place on a line
        assert [words[place] for place in axis.tickvals] == list(axis.ticktext)
        assert 0.5 * min(count, most) <= len(axis.ticktext) <= most
    assert (len(figure.layout.yaxis.ticktext) == count) == names_all(count)
    assert 400 < figure.layout.height < 800


@pytest.mark.parametrize("metric", METRICS)
def test_words_that_are_all_zero_have_a_scale(metric: Metric) -> None:
    cells, *_ = heatmap_figure(["a", "b"], np.zeros((2, 2)), metric).data
    assert cells.zmax == 1


def test_the_table_has_every_word_at_both_sides() -> None:
    table = similarity_table(WORDS, similarities(VECTORS, "dot"))
    assert table.loc["king", "1990"] == 20
    assert list(table.index) == list(table.columns) == list(WORDS)


def test_texts_are_shortened_on_the_axes_and_whole_on_hover() -> None:
    texts = ["The cat sleeps on the mat.", "The <b>dog</b> barks at the postman."]
    layout = (figure := heatmap_figure(texts, np.eye(2), "cosine")).layout
    assert list(layout.xaxis.ticktext) == ["The cat sleeps on…", "The &lt;b&gt;dog&lt;/b&gt; ba…"]
    assert layout.xaxis.tickangle != 0
    assert figure.data[0].y[0] == texts[0]
    assert heatmap_figure(["cat", "dog"], np.eye(2), "cosine").layout.xaxis.tickangle == 0


def test_each_cell_has_a_point_to_click_unless_there_are_too_many() -> None:
    values = similarities(VECTORS, "dot")
    cells, points = heatmap_figure(WORDS, values, "dot").data
    assert (points.marker.opacity, points.unselected.marker.opacity) == (0, 0)
    for index, number in enumerate(points.customdata):
        row, column = divmod(index, len(WORDS))
        assert (points.y[index], points.x[index]) == (cells.y[row], cells.x[column])
        assert number == pytest.approx(values[row, column], abs=1e-4)
    many = [f"word{number}" for number in range(MAX_WORDS_CLICKED + 1)]
    assert len(heatmap_figure(many, np.eye(len(many)), "cosine").data) == 1
