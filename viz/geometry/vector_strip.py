"""Vectors as strips of coloured cells, one cell per number."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from viz.figure import Figure
from viz.style import COLOR_BAR, DIVERGING, INK, TEXT_SIZE, plotly_text, quiet

ROW = 44  # pixels


def strip_figure(words: Sequence[str], vectors: NDArray[np.float32]) -> go.Figure:
    """Return a strip for each word, blue below zero and red above, on a common scale.

    Args:
        words: N words, from top to bottom.
        vectors: (N, D) float32.
    """
    largest = float(np.abs(vectors).max())
    strips = {
        "type": "heatmap",
        "z": vectors,
        "x": list(range(1, vectors.shape[1] + 1)),
        "y": [f"{plotly_text(word)} " for word in words],
        "zmin": -largest,
        "zmax": largest,
        "colorscale": DIVERGING,
        "ygap": 6,
        "colorbar": COLOR_BAR,
        "hovertemplate": "%{y}number %{x}: %{z:.3f}<extra></extra>",
    }
    number = {"tickfont": {"color": INK}, "showgrid": False, "title": {"text": "dimension"}}
    names = {
        "type": "category",  # otherwise plotly would read the words 42 and 1984 as numbers
        "autorange": "reversed",
        "automargin": True,
        "showgrid": False,
        "tickfont": {"size": TEXT_SIZE, "color": INK},
    }
    layout = quiet(ROW * len(words) + 80) | {"xaxis": number, "yaxis": names}
    return Figure(data=[strips], layout=layout)
