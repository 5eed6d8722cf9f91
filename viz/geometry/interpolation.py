"""The way between two words, as the stretches on which each word met is the nearest."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.geometry.interpolation import Segment
from viz.figure import Figure
from viz.style import BLUE, INK, LINE, TEXT_SIZE, plotly_text, quiet

ROW = 46  # pixels


def walk_figure(steps: Sequence[Segment], start: str, end: str) -> go.Figure:
    """Return a bar for each word met, in the order of meeting, along the share of the way.

    Args:
        steps: from `core.geometry.interpolation.walk`.
        start: the word at 0 %.
        end: the word at 100 %.
    """
    ends = [*(step.start for step in steps[1:]), 1.0]  # the way was looked at in small steps
    names = [f"{place}. {plotly_text(step.word)}" for place, step in enumerate(steps, 1)]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "base": [100 * step.start for step in steps],
        "x": [100 * (end - step.start) for step, end in zip(steps, ends, strict=False)],
        "marker": {"color": BLUE},
        "customdata": [step.score for step in steps],
        "hovertemplate": "%{y}<br>%{base:.0f} % of the way on<br>score %{customdata:.3f}"
        "<extra></extra>",
    }
    share = {
        "range": [-4, 106],
        "tickvals": [0, 25, 50, 75, 100],
        "ticktext": [plotly_text(start), "25 %", "half way", "75 %", plotly_text(end)],
        "gridcolor": LINE,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
    }
    met = {
        "type": "category",  # else "1. 4" would be read as a number
        "autorange": "reversed",
        "automargin": True,
        "tickfont": {"size": TEXT_SIZE, "color": INK},
    }
    layout = quiet(ROW * len(steps) + 70) | {"xaxis": share, "yaxis": met}
    return Figure(data=[bars], layout=layout)
