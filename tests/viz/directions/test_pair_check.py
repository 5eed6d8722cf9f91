import numpy as np
import pytest

from core.geometry.direction_checks import DirectionCheck
from viz.directions.pair_check import check_figure


def figure(*cosines: float) -> dict:
    values = np.array(cosines)
    labels = tuple(f"a{number} → b{number}" for number in range(len(values)))
    spec: dict = check_figure(DirectionCheck(labels, values, values, values, 0.0)).to_plotly_json()
    return spec


@pytest.mark.parametrize("lowest", [-0.95, -0.5, -0.21, -0.2, -0.05, 0.0, 0.3])
def test_a_tick_is_at_or_below_the_lowest_dot(lowest: float) -> None:
    spec = figure(0.9, lowest)
    axis, dots = spec["layout"]["xaxis"], spec["data"][1]
    ticks = axis["tickvals"]
    assert ticks[0] <= min(lowest, 0) <= ticks[0] + (ticks[1] - ticks[0])
    assert ticks[-1] == 1
    assert 0 in ticks
    assert axis["range"][0] < ticks[0]
    assert len(ticks) <= 9
    assert dots["cliponaxis"] is False
