"""The cosines of a few pairs of words beside the histogram of all pairs."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from core.geometry.all_pairs import CosineCounts, PairCosine
from viz.figure import Figure
from viz.style import DIVERGING, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

BARS: Final = 100  # from -1 to 1, each 0.02 wide
ROW: Final = 30  # pixels per pair
HILL: Final = 190  # pixels of the histogram
MARGIN: Final = 60  # pixels of the axis below


def opposites_figure(pairs: Sequence[PairCosine], all_pairs: CosineCounts, title: str) -> go.Figure:
    """Return a histogram of all cosines and, on the same axis below it, a bar for each pair.

    Args:
        pairs: the pairs from top to bottom.
        all_pairs: the cosines for the histogram.
        title: the title of the histogram.
    """
    shares = (all_pairs.histogram(BARS) / all_pairs.pairs).tolist()
    middles = [-1 + (2 * bar + 1) / BARS for bar in range(BARS)]
    below, above = DIVERGING[0][1], DIVERGING[-1][1]
    hill: dict[str, Any] = {
        "type": "bar",
        "x": middles,
        "y": shares,
        "width": 2 / BARS,
        "marker": {"color": [below if middle < 0 else GREY for middle in middles]},
        "hovertemplate": "cosine about %{x:.2f}: %{y:.2%} of all pairs<extra></extra>",
        "yaxis": "y2",
    }
    rows_of_pairs = list(range(len(pairs)))
    bars: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": [pair.cosine for pair in pairs],
        "y": rows_of_pairs,
        "width": 0.7,
        "marker": {"color": [below if pair.cosine < 0 else above for pair in pairs]},
        "text": [f"{pair.cosine:.2f}" for pair in pairs],
        "textposition": "outside",
        "textfont": {"size": TEXT_SIZE - 2, "color": INK},
        "cliponaxis": False,
        "customdata": [[plotly_text(pair.name), pair.dot, pair.share_below] for pair in pairs],
        "hovertemplate": "%{customdata[0]}: cosine %{x:.3f}, dot product %{customdata[1]:.2f}<br>"
        "larger than %{customdata[2]:.2%} of all pairs<extra></extra>",
    }
    rows = ROW * len(pairs)
    height = HILL + rows + MARGIN
    split = rows / (rows + HILL)
    low = min(-0.4, *(pair.cosine - 0.1 for pair in pairs)) if pairs else -0.4
    heading = {"text": title, "x": 0, "y": 1, "xref": "paper", "yref": "paper", "showarrow": False}
    heading |= {"xanchor": "left", "yanchor": "bottom", "font": {"size": TEXT_SIZE - 2}}
    layout = quiet(height) | {
        "annotations": [heading],
        "margin": {"l": 8, "r": 8, "t": 28, "b": 8},
        "xaxis": {
            "range": [low, 1.12],
            "gridcolor": LINE,
            "zerolinecolor": INK,
            "zerolinewidth": 2,
            "tickfont": {"color": INK},
            "title": {"text": "cosine"},
            "dtick": 0.25,
            "anchor": "y",
        },
        "yaxis": {
            "domain": [0, max(split - 0.02, 0.01)],
            "range": [len(pairs) - 0.4, -0.6],
            "tickmode": "array",
            "tickvals": rows_of_pairs,
            "ticktext": [plotly_text(f"{pair.name} ") for pair in pairs],
            "tickfont": {"size": TEXT_SIZE - 1, "color": INK},
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis2": {
            "domain": [split + 0.02 if pairs else 0, 1],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "anchor": "x",
        },
    }
    return Figure(data=[hill, bars], layout=layout)


def opposites_table(pairs: Sequence[PairCosine]) -> pd.DataFrame:
    """Return the numbers of the figure, a row for each pair."""
    return pd.DataFrame(
        {
            "pair": [pair.name for pair in pairs],
            "dot product": [pair.dot for pair in pairs],
            "cosine": [pair.cosine for pair in pairs],
            "percentile": [100 * pair.share_below for pair in pairs],
        }
    )
