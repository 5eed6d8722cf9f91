"""A heatmap of the similarities of all pairs of words."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.neighbors import Metric
from viz.figure import Figure
from viz.labels import shortened
from viz.style import COLOR_BAR, DIVERGING, INK, TEXT_SIZE, plotly_text, quiet
from viz.tables import SCORE_NAMES

MAX_WORDS: Final = 150  # the names of more words would be unreadable
MAX_NAMES_ACROSS, MAX_NAMES_DOWN = 20, 50  # readable names on the axes
MAX_WORDS_WRITTEN: Final = 10  # with more words, the cells are too small for numbers
MAX_WORDS_CLICKED: Final = 40  # with more words, the cells are too small to be clicked
MAX_NAME: Final = 18  # characters of a word or text on an axis
MAX_LEVEL: Final = 12  # characters of one that is not slanted
CELL: Final = 44  # pixels, if the height allows it
HEIGHTS: Final = (330, 700)  # pixels, minimum and maximum of all cells together

# For distances, dark is near: Brewer's purples without the palest.
SEQUENTIAL: Final = [[0.0, "#4A1486"], [0.35, "#6A51A3"], [0.7, "#9E9AC8"], [1.0, "#DADAEB"]]

Numbers = NDArray[np.floating]


def heatmap_figure(words: Sequence[str], values: Numbers, metric: Metric) -> go.Figure:
    """Return a heatmap with a cell for each pair of words.

    Cosines and dot products are blue below zero and red above; distances go from dark to pale. The
    cells have their numbers if there are few words. In the second trace, each cell is a point that
    can be clicked, since plotly selects no cells of a heatmap; it is missing if there are too many
    words. The points are in the order of the rows.

    Args:
        words: N different words, from left to right and from top to bottom.
        values: (N, N) float64.
        metric: the metric of the values.
    """
    names = [plotly_text(word) for word in words]
    few = len(words) <= MAX_WORDS_WRITTEN
    measure = SCORE_NAMES[metric]
    shown = values.round(4).astype(np.float32)  # half the size for the browser
    cells: dict[str, Any] = {
        "type": "heatmap",
        "z": shown,
        "x": names,
        "y": names,
        "hovertemplate": f"%{{y}} · %{{x}} = %{{z:.3f}}<extra>{measure}</extra>",
        "xgap": 1 if len(words) <= 50 else 0,
        "ygap": 1 if len(words) <= 50 else 0,
        "colorbar": COLOR_BAR,
        **_scale(values, metric),
    }
    if few:
        cells["text"] = [[_written(value, metric) for value in row] for row in values.tolist()]
        cells["texttemplate"] = "%{text}"
    height = int(np.clip(CELL * len(words), *HEIGHTS)) + 90
    is_level = len(words) <= 6 and max(map(len, words), default=0) <= MAX_LEVEL
    slant = 0 if is_level else -60 if len(words) <= 12 else -90
    layout = quiet(height) | {
        "xaxis": _axis(words, MAX_NAMES_ACROSS) | {"side": "top", "tickangle": slant},
        "yaxis": _axis(words, MAX_NAMES_DOWN) | {"autorange": "reversed", "ticksuffix": " "},
    }
    if len(words) > MAX_WORDS_CLICKED:
        return Figure(data=[cells], layout=layout)
    # Wherever a cell is pointed at, its own point is the nearest one.
    layout |= {"hovermode": "closest", "hoverdistance": -1}
    return Figure(data=[cells, _points(names, shown, measure)], layout=layout)


def _points(names: Sequence[str], values: Numbers, measure: str) -> dict[str, Any]:
    """Return a trace with an invisible point in each cell."""
    invisible = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [*names] * len(names),
        "y": [name for name in names for _ in names],
        "customdata": values.ravel(),
        "hovertemplate": f"%{{y}} · %{{x}} = %{{customdata:.3f}}<extra>{measure}</extra>",
        "marker": {"opacity": 0, "color": INK},
        "selected": invisible,
        "unselected": invisible,
    }


def names_all(count: int) -> bool:
    """Return whether a heatmap of `count` words names each of them."""
    return count <= MAX_NAMES_DOWN


def similarity_table(words: Sequence[str], values: Numbers) -> pd.DataFrame:
    """Return the values (N, N) with the words as names of rows and columns."""
    return pd.DataFrame(values, index=list(words), columns=list(words))


def _scale(values: Numbers, metric: Metric) -> dict[str, Any]:
    """Return the colour scale: for cosines always from -1 to 1, so that figures are comparable."""
    if metric == "euclidean":
        return {"colorscale": SEQUENTIAL, "zmin": 0, "zmax": float(values.max(initial=0)) or 1.0}
    largest = 1.0 if metric == "cosine" else float(np.abs(values).max(initial=0)) or 1.0
    return {"colorscale": DIVERGING, "zmin": -largest, "zmax": largest}


def _written(value: float, metric: Metric) -> str:
    """Return the short text of a value in a cell, such as .78, −.04, 1 or 26.1."""
    if metric != "cosine":
        written = f"{value:.1f}"
    elif abs(value) > 0.9995:
        written = f"{value:.0f}"
    else:
        written = f"{value:.2f}".replace("0.", ".", 1)
    return written.removeprefix("-") if not float(written) else written.replace("-", "−")


def _axis(names: Sequence[str], max_names: int) -> dict[str, Any]:
    """Return an axis with at most `max_names` evenly spaced names."""
    indices = list(range(0, len(names), -(-len(names) // max_names)))
    return {
        # Otherwise plotly would read the word 1990 as a number.
        "type": "category",
        "showgrid": False,
        "ticks": "",
        "automargin": True,
        "tickfont": {"size": TEXT_SIZE if len(names) <= 12 else 12, "color": INK},
        "tickmode": "array",
        "tickvals": indices,
        "ticktext": [plotly_text(shortened(names[index], MAX_NAME)) for index in indices],
    }
