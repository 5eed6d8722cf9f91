"""The words nearest to the line between two words, as bars along the line."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.geometry.interpolation import Segment
from viz.figure import Figure
from viz.style import BLUE, INK, LINE, TEXT_SIZE, plotly_text, quiet

ROW = 46  # pixels


def interpolation_figure(segments: Sequence[Segment], start: str, end: str) -> go.Figure:
    """Return a bar for each segment, in the order of the line, from 0 to 100 % of it.

    Args:
        segments: from `core.geometry.interpolation.interpolate`.
        start: the word at 0 %.
        end: the word at 100 %.
    """
    ends = [*(segment.start for segment in segments[1:]), 1.0]  # the samples are close together
    names = [f"{number}. {plotly_text(segment.word)}" for number, segment in enumerate(segments, 1)]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "base": [100 * segment.start for segment in segments],
        "x": [100 * (end - segment.start) for segment, end in zip(segments, ends, strict=False)],
        "marker": {"color": BLUE},
        "customdata": [segment.score for segment in segments],
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
    words = {
        "type": "category",  # otherwise plotly would read "1. 4" as a number
        "autorange": "reversed",
        "automargin": True,
        "tickfont": {"size": TEXT_SIZE, "color": INK},
    }
    layout = quiet(ROW * len(segments) + 70) | {"xaxis": share, "yaxis": words}
    return Figure(data=[bars], layout=layout)
