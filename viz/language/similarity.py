"""The similarities of the uses of a word at one layer, as a heatmap."""

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.language.context import Uses
from viz.figure import Figure
from viz.style import INK, TEXT_SIZE, plotly_text, quiet

CELL: Final = 40  # pixels
MAX_LETTERS: Final = 14  # of a sense
COLORSCALE: Final = [
    [0.0, "rgba(0, 114, 178, 0.03)"],
    [0.5, "rgba(0, 114, 178, 0.30)"],
    [1.0, "rgba(0, 114, 178, 0.65)"],
]

Numbers = NDArray[np.float64]


def uses_heatmap(uses: Uses, cosines: Numbers, lowest: float) -> go.Figure:
    """Return a heatmap with a row and a column for each sentence, grouped by sense.

    Args:
        uses: N sentences.
        cosines: (N, N) float64, at one layer.
        lowest: the cosine of the palest colour; the strongest stands for 1. It is the same for all
            layers, so that their colours are comparable.
    """
    order = sense_order(uses)
    names = [plotly_text(name) for name in use_names(uses)]
    named = [names[index] for index in order]
    values = cosines[np.ix_(order, order)]
    cells = {
        "type": "heatmap",
        "z": values.round(4),
        "x": named,
        "y": named,
        "zmin": min(lowest, 0.98),
        "zmax": 1,
        "colorscale": COLORSCALE,
        "xgap": 2,
        "ygap": 2,
        "text": [
            [f"{value:.2f}".replace("0.", ".", 1) for value in row] for row in values.tolist()
        ],
        "texttemplate": "%{text}",
        "textfont": {"color": INK, "size": 14 if len(order) <= 8 else 11},
        "hovertemplate": "%{y} · %{x}: %{z:.3f}<extra></extra>",
        "showscale": False,
    }
    axis = {
        "type": "category",
        "showgrid": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
    }
    layout = quiet(CELL * max(len(order), 3) + 110) | {
        "xaxis": axis | {"side": "top", "tickangle": -50 if len(order) > 2 else 0},
        "yaxis": axis | {"autorange": "reversed", "ticksuffix": " "},
    }
    return Figure(data=[cells], layout=layout)


def uses_table(uses: Uses, cosines: Numbers) -> pd.DataFrame:
    """Return the cosines (N, N) with a row and a column for each sentence."""
    order = sense_order(uses)
    names = [use_names(uses)[index] for index in order]
    return pd.DataFrame(cosines[np.ix_(order, order)], index=names, columns=names)


def sense_order(uses: Uses) -> list[int]:
    """Return the indices of the sentences grouped by sense, those without a sense last."""
    senses = [*uses.senses, ""]
    return sorted(
        range(len(uses.sentences)), key=lambda row: senses.index(uses.sentences[row].sense)
    )


def use_names(uses: Uses) -> list[str]:
    """Return a name for each sentence: its number in the figure and its sense."""
    return [
        f"{number} {sentence.sense[:MAX_LETTERS]}".strip()
        for number, sentence in enumerate(uses.sentences, 1)
    ]
