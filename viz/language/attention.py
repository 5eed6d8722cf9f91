"""Attention weights as a matrix of cells and as lines between two columns of tokens."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from viz.figure import Figure
from viz.style import BLUE, COLOR_BAR, INK, TEXT_SIZE, VERMILLION, plotly_text, quiet

ROW: Final = 30  # pixels of a token
MIN_WEIGHT: Final = 0.04  # of a drawn line, if the lines of one token are drawn
MIN_WEIGHT_OF_ALL: Final = 0.12  # of a drawn line, if the lines of all tokens are drawn
STEPS: Final = 5  # widths of lines
MAX_NAMED_COLUMNS: Final = 20
MAX_LETTERS: Final = 14  # of a token's name

# Brewer's oranges, from weight 0 (nearly transparent) to weight 1.
COLORSCALE: Final = [
    [0.0, "rgba(230, 85, 13, 0.04)"],
    [0.25, "rgba(230, 85, 13, 0.40)"],
    [0.6, "rgba(217, 72, 1, 0.78)"],
    [1.0, "#8C2D04"],
]

Weights = NDArray[np.float64]


def attention_matrix(tokens: Sequence[str], weights: Weights) -> go.Figure:
    """Return a row for each token that looks and a column for each token that is looked at.

    Args:
        tokens: T tokens.
        weights: (T, T) float64, 0 to 1; each row sums to one.
    """
    names = [plotly_text(_short(token)) for token in tokens]
    indices = list(range(len(tokens)))
    cells = {
        "type": "heatmap",
        "z": weights.round(4).astype(np.float32),
        "zmin": 0,
        "zmax": 1,
        "colorscale": COLORSCALE,
        "xgap": 1,
        "ygap": 1,
        "colorbar": COLOR_BAR | {"tickformat": ".0%"},
        "hovertemplate": "%{text}: %{z:.1%}<extra></extra>",
        "text": [[f"{looks} → {seen}" for seen in names] for looks in names],
    }
    axis = {
        "tickmode": "array",
        "tickvals": indices,
        "ticktext": names,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "ticks": "",
        "fixedrange": True,
        "tickfont": {"size": TEXT_SIZE if len(tokens) <= 16 else 12, "color": INK},
    }
    step = -(-len(tokens) // MAX_NAMED_COLUMNS)
    layout = quiet(_height(tokens) + 70) | {
        "xaxis": axis
        | {"side": "top", "tickangle": -60, "tickvals": indices[::step], "ticktext": names[::step]},
        "yaxis": axis | {"autorange": "reversed", "ticksuffix": " "},
    }
    return Figure(data=[cells], layout=layout)


def attention_lines(tokens: Sequence[str], weights: Weights, chosen: int | None) -> go.Figure:
    """Return lines from the tokens that look, on the left, to those looked at, on the right.

    The width of a line grows with the weight.

    Args:
        tokens: T tokens.
        weights: (T, T) float64, 0 to 1.
        chosen: the index of the token whose lines are drawn; None draws the lines of all tokens.
    """
    names = [plotly_text(_short(token)) for token in tokens]
    rows = range(len(tokens)) if chosen is None else [chosen]
    data = [
        *_lines(weights, list(rows), MIN_WEIGHT_OF_ALL if chosen is None else MIN_WEIGHT),
        _column(names, 0, chosen),
        _column(names, 1, None),
    ]
    letters = max(len(_short(token)) for token in tokens)
    room = 0.04 + letters * 0.022
    hidden = {"visible": False, "fixedrange": True}
    layout = quiet(_height(tokens) + 40) | {
        "xaxis": hidden | {"range": [-room - 0.1, 1.1 + room]},
        "yaxis": hidden | {"range": [len(tokens) - 0.4, -1.4]},
        "annotations": [_heading("looks", 0), _heading("is looked at", 1)],
    }
    return Figure(data=data, layout=layout)


def attention_table(tokens: Sequence[str], weights: Weights) -> pd.DataFrame:
    """Return the weights as a table, a row for each token that looks."""
    names = [f"{index} {token}" for index, token in enumerate(tokens, 1)]
    return pd.DataFrame(weights, index=names, columns=names)


def _lines(weights: Weights, rows: list[int], min_weight: float) -> list[dict[str, Any]]:
    """Return the lines, one trace for each width: plotly has one line width per trace."""
    marks = []
    bounds = np.linspace(min_weight, 1.0, STEPS + 1)
    for low, high in pairwise(bounds.tolist()):
        across: list[float | None] = []
        down: list[float | None] = []
        for looks in rows:
            within = (weights[looks] >= low) & ((weights[looks] < high) | (high == 1.0))
            for seen in np.flatnonzero(within).tolist():
                across += [0.0, 1.0, None]
                down += [looks, seen, None]
        share = (low + high) / 2
        line = {"color": VERMILLION, "width": 1 + 9 * share}
        mark = {"type": "scatter", "x": across, "y": down, "mode": "lines", "line": line}
        marks.append(mark | {"opacity": min(1.0, 0.25 + share), "hoverinfo": "skip"})
    return marks


def _column(names: list[str], side: int, chosen: int | None) -> dict[str, Any]:
    colors = [VERMILLION if index == chosen else BLUE for index in range(len(names))]
    return {
        "type": "scatter",
        "x": [side] * len(names),
        "y": list(range(len(names))),
        "mode": "markers+text",
        "marker": {"size": 7, "color": colors},
        "text": [f"{name} " if side == 0 else f" {name}" for name in names],
        "textposition": "middle left" if side == 0 else "middle right",
        "textfont": {"size": TEXT_SIZE, "color": INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _heading(text: str, side: int) -> dict[str, Any]:
    return {
        "x": side,
        "y": -0.9,
        "text": f"<b>{text}</b>",
        "xanchor": "center",
        "showarrow": False,
        "font": {"size": TEXT_SIZE - 2, "color": INK},
    }


def _height(tokens: Sequence[str]) -> int:
    return int(np.clip(ROW * len(tokens), 240, 900))


def _short(token: str) -> str:
    return token if len(token) <= MAX_LETTERS else token[: MAX_LETTERS - 1] + "…"
