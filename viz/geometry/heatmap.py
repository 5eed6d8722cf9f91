"""How alike each word of a list is to each, as coloured cells."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.neighbors import Metric
from viz.figure import Figure
from viz.style import DIVERGING, INK, TEXT_SIZE, plotly_text, quiet
from viz.tables import SCORE_NAMES

MOST: Final = 150  # words; the names of more could not be read
NAMED_ACROSS, NAMED_DOWN = 20, 50  # words that can be named so that they can be read
MOST_WRITTEN: Final = 10  # words up to which the numbers stand in the cells
CELL: Final = 44  # pixels, where there is room
ROOM: Final = (330, 700)  # the least and the most pixels that all cells together are high

# For distances: dark is near, as ink gathers; Brewer's purples, without the palest.
SEQUENTIAL: Final = [[0.0, "#4A1486"], [0.35, "#6A51A3"], [0.7, "#9E9AC8"], [1.0, "#DADAEB"]]

Numbers = NDArray[np.float64]


def heatmap_figure(words: Sequence[str], values: Numbers, metric: Metric) -> go.Figure:
    """Return a square of cells, one for each two words.

    Cosines and dot products are blue below zero and red above; distances have one dark-to-pale
    scale. The numbers are written in the cells when the words are few.

    Args:
        words: N different words, from left to right and from top to bottom.
        values: (N, N) float64.
        metric: what the values are.
    """
    names = [plotly_text(word) for word in words]
    few = len(words) <= MOST_WRITTEN
    measure = SCORE_NAMES[metric]
    cells: dict[str, Any] = {
        "type": "heatmap",
        "z": values.round(4).astype(np.float32),  # half the way to the browser
        "x": names,
        "y": names,
        "hovertemplate": f"%{{y}} · %{{x}} = %{{z:.3f}}<extra>{measure}</extra>",
        "xgap": 1 if len(words) <= 50 else 0,
        "ygap": 1 if len(words) <= 50 else 0,
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickfont": {"size": 12, "color": INK},
        },
        **_scale(values, metric),
    }
    if few:
        cells["text"] = [[_written(value, metric) for value in row] for row in values.tolist()]
        cells["texttemplate"] = "%{text}"
    height = int(np.clip(CELL * len(words), *ROOM)) + 90
    slant = 0 if len(words) <= 6 else -60 if len(words) <= 12 else -90
    layout = quiet(height) | {
        "xaxis": _axis(names, NAMED_ACROSS) | {"side": "top", "tickangle": slant},
        "yaxis": _axis(names, NAMED_DOWN) | {"autorange": "reversed", "ticksuffix": " "},
    }
    return Figure(data=[cells], layout=layout)


def names_all(count: int) -> bool:
    """Return whether each of so many words is named beside the cells."""
    return count <= NAMED_DOWN


def similarity_table(words: Sequence[str], values: Numbers) -> pd.DataFrame:
    """Return the values (N, N) with a word at each row and column."""
    return pd.DataFrame(values, index=list(words), columns=list(words))


def _scale(values: Numbers, metric: Metric) -> dict[str, Any]:
    """Return the colours: the cosine's always from -1 to 1, so that pictures can be compared."""
    if metric == "euclidean":
        return {"colorscale": SEQUENTIAL, "zmin": 0, "zmax": float(values.max(initial=0)) or 1.0}
    largest = 1.0 if metric == "cosine" else float(np.abs(values).max(initial=0)) or 1.0
    return {"colorscale": DIVERGING, "zmin": -largest, "zmax": largest}


def _written(value: float, metric: Metric) -> str:
    """Return a value as it stands in a cell, as short as can be: .78, −.04, 1, 26.1."""
    if metric != "cosine":
        written = f"{value:.1f}"
    elif abs(value) > 0.9995:
        written = f"{value:.0f}"
    else:
        written = f"{value:.2f}".replace("0.", ".", 1)
    return written.removeprefix("-") if not float(written) else written.replace("-", "−")


def _axis(names: Sequence[str], most: int) -> dict[str, Any]:
    """Return an axis that names at most so many words, evenly spread, and no more than fit."""
    places = list(range(0, len(names), -(-len(names) // most)))
    return {
        # Categories, or plotly takes the word 1990 for a number and draws it where numbers are.
        "type": "category",
        "showgrid": False,
        "ticks": "",
        "automargin": True,
        "tickfont": {"size": TEXT_SIZE if len(names) <= 12 else 12, "color": INK},
        "tickmode": "array",
        "tickvals": places,
        "ticktext": [names[place] for place in places],
    }
