import math

import numpy as np
import pytest
import torch

from core.language.sampling import probabilities
from core.language.softmax_steps import softmax_steps
from viz.components.softmax import Settings
from viz.components.softmax.component import read_settings
from viz.language.probabilities import likeliest, likeliest_table, outside
from viz.language.softmax_steps import steps_figure, steps_table

GOOD = {"temperature": 0.5, "top_k": 5, "top_p": 0.9}


def test_settings_from_the_browser() -> None:
    assert read_settings(GOOD, 100) == Settings(0.5, 5, 0.9)


@pytest.mark.parametrize(
    "wrong",
    [
        None, [], {}, {**GOOD, "temperature": -1}, {**GOOD, "temperature": 3.5},
        {**GOOD, "temperature": math.nan}, {**GOOD, "top_k": 101}, {**GOOD, "top_k": math.inf},
        {**GOOD, "top_p": 0}, {**GOOD, "top_p": "x"}, {**GOOD, "top_p": None},
    ],
)  # fmt: skip
def test_settings_that_mean_nothing(wrong: object) -> None:
    assert read_settings(wrong, 100) is None


def test_the_likeliest_keep_their_order_when_equal() -> None:
    assert likeliest(np.array([1, 2, 2, 0], dtype=np.float32), 3) == [1, 2, 0]


def test_the_table_and_the_rest() -> None:
    logits = np.array([0, 1, 2, 3], dtype=np.float32)
    table = likeliest_table(logits, "abcd", 3, Settings(2.0, 2, 1.0))
    made = probabilities(torch.from_numpy(logits).double(), 2.0, 2)
    assert table["token"].tolist() == ["d", "c", "b"]
    assert table["as set"].tolist() == pytest.approx(made[[3, 2, 1]].tolist())
    own = probabilities(torch.from_numpy(logits).double())
    assert outside(logits, 3, 1.0) == pytest.approx(float(own[0]))


def test_steps_as_a_table_and_as_bars() -> None:
    steps = softmax_steps([1.0, 2.0])
    assert steps_table(steps)["e^(logit / T)"].tolist() == pytest.approx([math.e, math.e**2])
    figure = steps_figure(steps).to_dict()
    assert list(figure["data"][0]["y"]) == pytest.approx([0.269, 0.731], abs=1e-3)
