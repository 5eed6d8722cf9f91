import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.basedatatypes import BaseTraceType

from core.embeddings import Embeddings
from core.geometry.dot_product import dot_product
from viz.geometry.dot_product import ABOVE, BELOW, pair_drawing, term_table, terms_figure
from viz.numbers import number

KING, QUEEN = [9, -5, 6], [8, -4, 6]
NAMES = ("king", "queen")
PAIRS = [
    (KING, QUEEN),
    ([4, 3], [-3, 4]),
    ([5, 1], [-4, 2]),
    ([1, 0], [-2, 0]),
    ([1, 1], [1, 1]),
    ([1000, 0], [0.5, 1]),
]


def with_name(figure: go.Figure, text: str) -> BaseTraceType:
    (trace,) = [trace for trace in figure.data if text in (trace.hovertemplate or "")]
    return trace


def test_a_bar_is_a_term_in_the_colour_of_its_sign() -> None:
    product = dot_product([9, -5, 6, 0], [8, 4, 6, 1])
    bars, total, _ = terms_figure(product, NAMES).data
    assert list(bars.x) == [1, 2, 3, 4]
    assert list(bars.y) == [72, -20, 36, 0]
    assert list(bars.marker.color) == [ABOVE, BELOW, ABOVE, ABOVE]
    assert list(total.y) == [88]
    assert total.x[0] > 4
    # Bar after bar, each starts where the last one ended.
    assert list(bars.base) == [0, 72, 52, 88]


def test_few_terms_have_their_numbers_beside_the_bars() -> None:
    numbers = terms_figure(dot_product([9, -5], [8, 4]), NAMES).data[-1]
    assert list(numbers.text) == ["52", "72", "−20"]
    assert list(numbers.textposition) == ["top center", "top center", "bottom center"]
    assert list(numbers.y) == [52, 72, 52]  # at the ends of the bars


def test_fifty_terms_have_the_number_of_the_total(glove: Embeddings) -> None:
    product = dot_product(glove.vector("large"), glove.vector("small"))
    figure = terms_figure(product, ("large", "small"))
    bars, total, numbers = figure.data
    assert len(bars.y) == 50
    assert list(numbers.text) == ["26.11"]
    assert total.y[0] == pytest.approx(26.11, abs=0.005)
    assert bars.base[-1] + bars.y[-1] == pytest.approx(26.11, abs=0.005)
    assert sum(bars.y) == pytest.approx(26.11, abs=0.005)
    assert list(figure.layout.xaxis.ticktext) == ["10", "20", "30", "40", "50", "total"]


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_all_bars_and_numbers_are_within(pair: tuple[list[float], list[float]]) -> None:
    product = dot_product(*pair)
    figure = terms_figure(product, NAMES)
    low, high = figure.layout.yaxis.range
    assert low < min(0, *product.terms, *product.running_totals)
    assert high > max(0, *product.terms, *product.running_totals)
    left, right = figure.layout.xaxis.range
    for trace in figure.data:
        assert all(left < place < right for place in trace.x)


def test_a_vector_of_zeros_has_bars_without_height() -> None:
    figure = terms_figure(dot_product([0, 0], [1, 2]), NAMES)
    low, high = figure.layout.yaxis.range
    assert low < 0 < high


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_arrows_have_their_true_lengths_and_angle(pair: tuple[list[float], list[float]]) -> None:
    product = dot_product(*pair)
    drawing = pair_drawing(product, ("first", "second"))
    tips = [np.array(line.end) for line in drawing.lines]
    assert [line.start for line in drawing.lines] == [(0, 0), (0, 0)]
    assert [tuple(tip) for tip in tips] == list(drawing.tips)
    for tip, vector in zip(tips, pair, strict=True):
        assert np.linalg.norm(tip) == pytest.approx(np.linalg.norm(vector))
    # In the plane, the dot product is what it was in the whole space.
    assert tips[0] @ tips[1] == pytest.approx(np.dot(*pair), abs=1e-9)
    assert [(word.text, word.at) for word in drawing.words] == [
        ("first", drawing.tips[0]),
        ("second", drawing.tips[1]),
    ]


def test_vectors_of_two_numbers_are_drawn_where_they_are() -> None:
    drawing = pair_drawing(dot_product([4, 3], [-3, 4]), ("<b>", "r&b"))
    assert list(drawing.tips) == [(4, 3), (-3, 4)]
    assert drawing.has_axes
    assert not pair_drawing(dot_product(KING, QUEEN), NAMES).has_axes


def test_the_table_has_a_row_a_term() -> None:
    table = term_table(dot_product(KING, QUEEN), NAMES)
    assert list(table.columns) == ["king", "queen", "product", "total so far"]
    assert table["product"].tolist() == [72, 20, 36]
    assert table["total so far"].tolist() == [72, 92, 128]
    assert table.index.tolist() == [1, 2, 3]
    assert term_table(dot_product(KING, KING), ("king", "king")).shape == (3, 4)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-5, "−5"),
        (0.1 + 0.2, "0.3"),
        (12345.6, "12346"),
        (1e12, "1e+12"),
        (-1e-5, "−1e−05"),
    ],
)
def test_numbers_for_people(value: float, written: str) -> None:
    assert number(value) == written
