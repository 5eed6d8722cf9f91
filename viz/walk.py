"""The way between two words, as the stretches on which each word met is the nearest."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.geometry.walk import Step
from viz.style import BLUE, LINE, quiet

ROW = 46  # pixels


def walk_figure(steps: Sequence[Step], start: str, end: str) -> go.Figure:
    """Return a bar for each word met, in the order of meeting, along the share of the way.

    Args:
        steps: from `core.geometry.walk.walk`.
        start: the word at 0 %.
        end: the word at 100 %.
    """
    names = [f"{place}. {step.word}" for place, step in enumerate(steps, 1)]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=names,
            base=[100 * step.start for step in steps],
            x=[max(100 * (step.end - step.start), 0.6) for step in steps],
            marker={"color": BLUE},
            customdata=[step.score for step in steps],
            hovertemplate="%{y}<br>%{base:.0f} % of the way on<br>score %{customdata:.3f}<extra></extra>",
        )
    )
    figure.update_xaxes(
        range=[-4, 106],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=[start, "25 %", "half way", "75 %", end],
        gridcolor=LINE,
        side="top",
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    return quiet(figure, ROW * len(steps) + 70)
