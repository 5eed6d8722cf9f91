"""The arrows of one step and their table."""

import numpy as np
import pytest

from viz.style import BLUE, VERMILLION
from viz.training.step import StepArrow, step_figure, step_table

ARROWS = [
    StepArrow("queen", False, 0.25, np.array([3.0, 1.0]), 4.0),
    StepArrow("<b>", True, 0.5, np.array([-1.0, 2.0]), 2.5),
    StepArrow("the", True, 0.0, np.array([0.01, 0.0]), 0.1),
]


def test_each_word_has_its_arrow_and_the_sum_is_the_last() -> None:
    figure = step_figure("king", ARROWS)
    tips = [(trace.x[1], trace.y[1]) for trace in figure.data if trace.mode == "lines+markers"]
    assert tips[:3] == [(3, 1), (-1, 2), (0.01, 0)]
    assert tips[3] == pytest.approx((2.01, 3))
    colors = [trace.line.color for trace in figure.data if trace.mode == "lines+markers"]
    assert colors[:3] == [BLUE, VERMILLION, VERMILLION]


def test_long_arrows_have_labels_and_the_axes_hold_all() -> None:
    figure = step_figure("king", ARROWS)
    (labels,) = [trace for trace in figure.data if trace.mode == "markers+text"]
    assert list(labels.text) == ["sum", "to queen", "from &lt;b&gt;"]
    for axis, values in ((figure.layout.xaxis, labels.x), (figure.layout.yaxis, labels.y)):
        assert axis.range[0] < min(*values, 0) <= max(*values, 0) < axis.range[1]
    assert figure.layout.yaxis.scaleanchor == "x"


def test_of_a_step_that_moves_nothing_there_is_a_point() -> None:
    still = [StepArrow("queen", False, 0.5, np.zeros(2), 0.0)]
    figure = step_figure("king", still)
    assert figure.layout.xaxis.range[0] < figure.layout.xaxis.range[1]


def test_the_table_has_the_probabilities_and_the_lengths() -> None:
    table = step_table(ARROWS)
    assert table.index.tolist() == ["queen", "<b>", "the"]
    assert table["held near (%)"].tolist() == [25, 50, 0]
    assert table["moves by"].tolist() == [4, 2.5, 0.1]
    assert table["is"].tolist() == ["near", "noise", "noise"]
