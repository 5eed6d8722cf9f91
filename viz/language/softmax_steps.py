"""The steps of softmax and the terms of a logit, as tables and figures."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.language.softmax_steps import SoftmaxSteps
from core.language.unembedding import LogitTerms
from viz.figure import Figure
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, VERMILLION, quiet


def steps_table(steps: SoftmaxSteps) -> pd.DataFrame:
    """Return one row per logit: the logit, the exponent, the exponential, and the probability."""
    power = "(logit - largest) / T" if steps.shift or not steps.temperature else "logit / T"
    return pd.DataFrame(
        {
            "logit": steps.logits,
            power: steps.scaled,
            f"e^({power})": steps.exponentials,
            "probability": steps.probabilities,
        },
        index=pd.RangeIndex(1, len(steps.logits) + 1, name="number"),
    )


def steps_figure(steps: SoftmaxSteps) -> go.Figure:
    """Return the probabilities as bars, one per logit."""
    labels = [f"{number}: {value:g}" for number, value in enumerate(steps.logits, 1)]
    layout = quiet(320)
    layout["margin"] = {"l": 8, "r": 8, "t": 28, "b": 8}
    layout["xaxis"] = _axis("number: logit") | {"type": "category"}
    layout["yaxis"] = _axis("probability") | {"range": [0, 1.08]}
    bars = {
        "type": "bar",
        "x": labels,
        "y": steps.probabilities.tolist(),
        "text": [f"{share:.2f}" for share in steps.probabilities],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": BLUE},
        "hovertemplate": "%{y:.6f}<extra></extra>",
    }
    return Figure(data=[bars], layout=layout)


def terms_figure(terms: LogitTerms, count: int = 16) -> go.Figure:
    """Return the largest terms of a logit as bars; the last bar is the sum of the others."""
    shown = terms.order[:count]
    rest = float(terms.total - terms.terms[shown].sum())
    values = [*terms.terms[shown].tolist(), rest]
    names = [*(str(number + 1) for number in shown.tolist()), "others"]
    colors = [VERMILLION if value < 0 else BLUE for value in values[:-1]]
    layout = quiet(340)
    layout["margin"] = {"l": 8, "r": 8, "t": 40, "b": 8}  # with room for the toolbar
    layout["xaxis"] = _axis("component") | {"type": "category"}
    layout["yaxis"] = _axis("term")
    bars = {
        "type": "bar", "x": names, "y": values, "marker": {"color": [*colors, GREY]},
        "hovertemplate": "%{x}: %{y:.3f}<extra></extra>",
    }  # fmt: skip
    return Figure(data=[bars], layout=layout)


def _axis(title: str) -> dict[str, Any]:
    font = {"size": TEXT_SIZE - 2, "color": INK}
    return {
        "title": {"text": title, "font": font, "standoff": 20},
        "tickfont": font,
        "gridcolor": LINE,
        "automargin": True,
    }


def terms_table(terms: LogitTerms) -> pd.DataFrame:
    """Return all terms, the largest first, with both factors and the running total."""
    order: list[int] = terms.order.tolist()
    return pd.DataFrame(
        {
            "last vector": terms.final[order],
            "row of W_U": terms.row[order],
            "term": terms.terms[order],
            "sum so far": np.cumsum(terms.terms[order]),
        },
        index=pd.Index([number + 1 for number in order], name="component"),
    )
