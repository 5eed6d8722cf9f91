"""What a run makes smaller and larger: the loss, and how near an analogy comes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from viz.style import BLUE, GREEN, INK, LINE, VERMILLION, plotly_text, quiet

HEIGHT: Final = 190
COLORS: Final = (BLUE, VERMILLION)

Mark = dict[str, Any]


@dataclass(frozen=True)
class Curve:
    """A number followed over a run.

    Args:
        name: whose it is.
        words: trained so far, one for each snapshot.
        values: the number; NaN where it is not known.
        hover: what a snapshot says of itself, or nothing.
        good: at which snapshots it is as it should be; empty if that means nothing.
    """

    name: str
    words: Sequence[int]
    values: Sequence[float]
    hover: Sequence[str] = ()
    good: Sequence[bool] = ()


def curves_figure(title: str, curves: Sequence[Curve], place: int, end: int) -> go.Figure:
    """Return curves over the words trained, with a mark at the snapshot that is shown.

    Args:
        title: what the numbers are.
        curves: one or two.
        place: of the snapshot.
        end: how many words a whole run trains.
    """
    data: list[Mark] = []
    for color, curve in zip(COLORS, curves, strict=False):
        shown = min(place, len(curve.words) - 1)
        line = {
            "type": "scatter",
            "name": plotly_text(curve.name),
            "x": list(curve.words),
            "y": [_rounded(value) for value in curve.values],
            "mode": "lines+markers" if curve.good else "lines",
            "line": {"color": color, "width": 2},
            "customdata": list(curve.hover) or [""] * len(curve.words),
            "hovertemplate": "%{x:,} words: %{y:.3f}%{customdata}<extra></extra>",
        }
        if curve.good:
            line["marker"] = {"color": GREEN, "size": [7 if good else 0 for good in curve.good]}
        mark = {
            "type": "scatter",
            "x": [curve.words[shown]],
            "y": [_rounded(curve.values[shown])],
            "mode": "markers",
            "marker": {"color": color, "size": 14, "line": {"color": INK, "width": 2}},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        data += [line, mark]
    axis = {"gridcolor": LINE, "zeroline": False, "fixedrange": True, "automargin": True}
    small = {"tickfont": {"size": 12, "color": INK}, "nticks": 5}
    layout = quiet(HEIGHT) | {
        "xaxis": {**axis, **small, "range": [-0.02 * end, 1.02 * end], "title": {
            "text": "words trained", "font": {"size": 13}, "standoff": 4}},
        "yaxis": {**axis, **small},
        "title": {"text": plotly_text(title), "font": {"size": 14, "color": INK}, "x": 0.02,
                  "y": 0.98, "yanchor": "top"},
    }  # fmt: skip
    layout["margin"] = {"l": 8, "r": 8, "t": 34, "b": 8}
    if len(curves) > 1:
        below = {"x": 0, "y": -0.42, "yanchor": "top", "orientation": "h"}
        layout["legend"] = {**below, "font": {"size": 13, "color": INK}}
        layout |= {"showlegend": True, "height": HEIGHT + 24}
    return go.Figure(data=data, layout=layout)


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def curves_table(columns: dict[str, Curve]) -> pd.DataFrame:
    """Return the numbers of curves, a row a snapshot, from the words trained on."""
    rows = [
        pd.Series(list(curve.values), index=list(curve.words), name=name)
        for name, curve in columns.items()
    ]
    table = pd.concat([row[~row.index.duplicated(keep="last")] for row in rows], axis=1)
    return table.sort_index().rename_axis("words trained")
