"""Next-token probabilities with the whole text and with a window of it, as bars side by side."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from viz.figure import Figure
from viz.style import BLUE, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

ROW: Final = 46  # pixels per token
WHOLE: Final = "whole text"
WINDOW: Final = "in the window"


def answers_figure(whole: Mapping[str, float], window: Mapping[str, float]) -> go.Figure:
    """Return two bars for each token: its probability with the whole text and with the window.

    Args:
        whole: the probabilities with the whole text, by token.
        window: the probabilities with the window, for the same tokens in the same order.
    """
    indices = list(range(len(whole)))
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": list(shares.values()),
            "y": indices,
            "marker": {"color": color},
            "text": [f"{share:.1%}" for share in shares.values()],
            "textposition": "outside",
            "textfont": {"size": 13, "color": INK},
            "hovertemplate": f"%{{x:.1%}}<extra>{name}</extra>",
            "cliponaxis": False,
        }
        for name, shares, color in ((WHOLE, whole, BLUE), (WINDOW, window, VERMILLION))
    ]
    largest = max([*whole.values(), *window.values()], default=1.0)
    layout = quiet(ROW * len(whole) + 70) | {
        "barmode": "group",
        "bargap": 0.25,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        "annotations": [_legend()],
        "xaxis": {
            "range": [0, 1.2 * largest],
            "visible": False,
            "fixedrange": True,
        },
        "yaxis": {
            "tickvals": indices,
            "ticktext": [f"{plotly_text(token)} " for token in whole],
            "autorange": "reversed",
            "automargin": True,
            "gridcolor": LINE,
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"size": TEXT_SIZE, "color": INK},
        },
    }
    return Figure(data=bars, layout=layout)


def _legend() -> dict[str, Any]:
    """Return the legend above the bars, which fits on a phone."""
    names = [
        f'<span style="color:{color}"><b>■</b></span> {name}'
        for name, color in ((WHOLE, BLUE), (WINDOW, VERMILLION))
    ]
    return {
        "text": "&nbsp; ".join(names),
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": TEXT_SIZE - 2, "color": INK},
    }


def answers_table(whole: Mapping[str, float], window: Mapping[str, float]) -> pd.DataFrame:
    """Return the probabilities, one row per token."""
    return pd.DataFrame(
        {WHOLE: list(whole.values()), WINDOW: list(window.values())},
        index=pd.Index(list(whole), name="next token"),
    )
