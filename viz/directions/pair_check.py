"""A figure of how well the pairs or words of a direction fit it."""

import math

import plotly.graph_objects as go

from core.geometry.direction_checks import DirectionCheck
from viz.figure import Figure
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

ROW = 30  # pixels
SMALL_STEP, LARGE_STEP = 0.2, 0.5  # of the cosine between two ticks
MARGIN = 0.03  # of the cosine, at both ends of the axis
MAX_PAIRS = 24  # drawn pairs, those that fit worst


def check_figure(check: DirectionCheck) -> go.Figure:
    """Return a bar for each pair or word, and a dot for the direction made without it.

    Args:
        check: the result of `core.geometry.direction_checks.check`; the worst `MAX_PAIRS` are
            drawn.
    """
    worst = set(check.held_out_cosines.argsort(kind="stable")[:MAX_PAIRS].tolist())
    drawn = [index for index in range(len(check.labels)) if index in worst]
    names = [plotly_text(check.labels[index]) for index in drawn]
    rows = list(range(len(drawn)))  # not the names: a pair may occur twice
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "x": check.cosines[drawn].tolist(),
        "marker": {"color": LINE},
        "text": names,
        "textposition": "none",
        "hovertemplate": "%{text}<br>cosine %{x:.2f} with the whole direction<extra></extra>",
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "y": rows,
        "x": check.held_out_cosines[drawn].tolist(),
        "marker": {
            "size": 12,
            "color": [BLUE if check.margins[index] > 0 else VERMILLION for index in drawn],
        },
        "cliponaxis": False,
        "text": names,
        "hovertemplate": "%{text}<br>cosine %{x:.2f} with the direction of the others"
        "<extra></extra>",
    }
    lowest = min(0.0, float(check.held_out_cosines[drawn].min()), float(check.cosines[drawn].min()))
    step = SMALL_STEP if lowest > -0.5 else LARGE_STEP
    first = step * math.floor(lowest / step)  # a tick at or below the lowest dot
    cosine = {
        "range": [first - MARGIN, 1 + MARGIN],
        "tickvals": [
            round(first + step * number, 1) for number in range(round((1 - first) / step) + 1)
        ],
        "title": {"text": "cosine", "font": {"color": INK}},
        "gridcolor": LINE,
        "zerolinecolor": GREY,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
    }
    labels = {
        "tickvals": rows,
        "ticktext": [f"{name} " for name in names],
        "range": [len(rows) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": TEXT_SIZE, "color": INK},
    }
    layout = quiet(ROW * len(rows) + 70) | {"xaxis": cosine, "yaxis": labels}
    return Figure(data=[bars, dots], layout=layout)
