"""The likeliest next token at each layer after each token, as a grid of words."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.language.logit_lens import LogitLens
from viz.figure import Figure
from viz.style import INK, TEXT_SIZE, plotly_text, quiet

ROW: Final = 28  # pixels of a layer
WIDTH: Final = 160  # letters that fit into a row of cells
MIN_LETTERS, MAX_LETTERS = 8, 16  # of a token in a cell
TILTED_COLUMNS: Final = 11  # from this many columns on, their names are tilted

# Translucent, so that the text is readable in the light and in the dark theme.
COLORSCALE: Final = [
    [0.0, "rgba(0, 114, 178, 0.05)"],
    [0.5, "rgba(0, 114, 178, 0.35)"],
    [1.0, "rgba(0, 114, 178, 0.65)"],
]


def lens_figure(lens: LogitLens, names: Sequence[str]) -> go.Figure:
    """Return a row for each layer, the last on top, and a column for each token of the text.

    Args:
        lens: from `core.language.logit_lens.logit_lens`.
        names: the name of each token by its id.
    """
    columns = list(range(len(lens.tokens)))
    tilted = len(columns) >= TILTED_COLUMNS
    letters = min(max(WIDTH // len(columns), MIN_LETTERS), MAX_LETTERS)
    best = lens.ids[:, :, 0].tolist()
    cells = {
        "type": "heatmap",
        "z": lens.probabilities[:, :, 0].round(4),
        "x": columns,
        "y": list(range(len(lens.layers))),
        "zmin": 0,
        "zmax": 1,
        "colorscale": COLORSCALE,
        "xgap": 2,
        "ygap": 2,
        "text": [[plotly_text(_short(names[number], letters)) for number in row] for row in best],
        "texttemplate": "%{text}",
        "textfont": {"size": 11 if tilted else 13, "color": INK},
        "customdata": _details(lens, names),
        "hovertemplate": "%{customdata}<extra></extra>",
        "showscale": False,
    }
    axis = {
        "tickmode": "array",
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 14, "color": INK},
    }
    title = {"size": TEXT_SIZE - 2, "color": INK}
    read = [plotly_text(_short(token.text, letters)) for token in lens.tokens]
    layout = quiet(ROW * len(lens.layers) + 132) | {
        "xaxis": axis
        | {
            "side": "top",
            "title": {"text": "read so far", "font": title, "standoff": 6},
            "tickvals": columns,
            "ticktext": [f"<b>{name}</b>" for name in read],
            "tickangle": -60 if tilted else 0,
            "ticklabeloverflow": "allow",
        },
        "yaxis": axis
        | {
            "tickvals": list(range(len(lens.layers))),
            "ticktext": [f"{layer} " for layer in lens.layers],
            "title": {"text": "layer", "font": title},
        },
    }
    if tilted:  # room for the name of the last column
        layout["margin"] = layout["margin"] | {"r": 48}
    return Figure(data=[cells], layout=layout)


def lens_table(lens: LogitLens, names: Sequence[str]) -> pd.DataFrame:
    """Return the likeliest tokens after the last token by layer, the last layer first."""
    order = np.arange(len(lens.layers))[::-1]
    columns: dict[str, list[str] | list[float]] = {}
    for index in range(lens.ids.shape[2]):
        word = f"{index + 1}." if index else "likeliest"
        columns[word] = [names[number] for number in lens.ids[order, -1, index].tolist()]
        columns[f"{word} (share)"] = lens.probabilities[order, -1, index].astype(float).tolist()
    index = pd.Index([lens.layers[row] for row in order.tolist()], name="layer")
    return pd.DataFrame(columns, index=index)


def _details(lens: LogitLens, names: Sequence[str]) -> list[list[str]]:
    """Return the hover text of each cell: its layer, its token, and the likeliest next tokens."""
    rows = []
    for row, layer in enumerate(lens.layers):
        cells = []
        for column, token in enumerate(lens.tokens):
            likeliest = "<br>".join(
                f"{plotly_text(_short(names[number]))} {share:.1%}"
                for number, share in zip(
                    lens.ids[row, column].tolist(),
                    lens.probabilities[row, column].tolist(),
                    strict=True,
                )
            )
            read = plotly_text(_short(token.text))
            cells.append(f"layer {layer}, after {read}<br>{likeliest}")
        rows.append(cells)
    return rows


def _short(token: str, letters: int = MAX_LETTERS) -> str:
    return token if len(token) <= letters else token[: letters - 1] + "…"
