"""A word's path through the layers from its static vector on, one line per sentence."""

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.language.context import Uses
from core.language.layer_paths import Paths
from viz.figure import Figure
from viz.slider import play_button, stop_slider
from viz.style import (
    AZURE,
    BLUE,
    BROWN,
    GREEN,
    INK,
    LINE,
    PURPLE,
    TEXT_SIZE,
    VERMILLION,
    plotly_text,
    quiet,
)

HEIGHT: Final = 500
MILLISECONDS: Final = 450  # from one layer to the next
COLORS: Final = (BLUE, VERMILLION, GREEN, BROWN, PURPLE, AZURE)
SYMBOLS: Final = ("circle", "square", "hexagon", "octagon", "pentagon", "hexagon2")
DARK: Final = (BLUE, VERMILLION, GREEN)  # colours on which white can be read
ROOM: Final = 0.14  # around all points, as a share of the larger side

Mark = dict[str, Any]


def trajectories_figure(uses: Uses, drawn: Paths, height: int = HEIGHT) -> go.Figure:
    """Return the paths, with a button and a slider that move them from layer to layer.

    Faint lines are the complete paths, strong lines the parts up to the current layer. The axes are
    fixed, so that a step on the screen is a step in the plane of the figure.

    Args:
        uses: from `core.language.context.uses_of`.
        drawn: their paths.
        height: in pixels.
    """
    last = uses.layers + 1
    data = [
        *(_whole_path(drawn, row) for row in range(len(uses.sentences))),
        *(_style(uses, row) | _path_to(drawn, row, last) for row in range(len(uses.sentences))),
        _start(drawn),
    ]
    count = len(uses.sentences)
    frames = [
        {
            "name": str(stop),
            "data": [_path_to(drawn, row, stop) for row in range(count)],
            "traces": list(range(count, 2 * count)),
        }
        for stop in range(last + 1)
    ]
    layout = quiet(height) | _axes(drawn) | _legend(uses)
    layout |= {
        "updatemenus": [play_button("Play", MILLISECONDS, gliding=True)],
        "sliders": [stop_slider(stop_names(uses), 0.28, gliding=True)],
    }
    return Figure(data=data, layout=layout, frames=frames)


def stop_names(uses: Uses) -> list[str]:
    """Return the names of the stops of a path: the static vector, then the layers."""
    return ["static", *(f"layer {layer}" for layer in range(uses.layers + 1))]


def colors_of(uses: Uses) -> list[str]:
    """Return a colour for each sentence: the same for a sense, or different without senses."""
    return [COLORS[index % len(COLORS)] for index in _sense_indices(uses)]


def path_table(uses: Uses, drawn: Paths) -> pd.DataFrame:
    """Return the end of each sentence's path, one row per sentence, with its number."""
    return pd.DataFrame(
        {
            "sense": [sentence.sense for sentence in uses.sentences],
            "sentence": [sentence.text for sentence in uses.sentences],
            "across": drawn.positions[-1, :, 0].astype(float),
            "up": drawn.positions[-1, :, 1].astype(float),
        },
        index=pd.RangeIndex(1, len(uses.sentences) + 1, name="number"),
    )


def _sense_indices(uses: Uses) -> list[int]:
    """Return the index of each sentence's sense; its own index if no sense is named."""
    senses = uses.senses
    if not senses:
        return list(range(len(uses.sentences)))
    return [
        senses.index(sentence.sense) if sentence.sense else len(senses)
        for sentence in uses.sentences
    ]


def _whole_path(drawn: Paths, row: int) -> Mark:
    across, up = drawn.positions[:, row].T.tolist()
    line = {"color": LINE, "width": 2}
    return {
        "type": "scatter",
        "x": across,
        "y": up,
        "mode": "lines",
        "line": line,
        "hoverinfo": "skip",
    }


def _style(uses: Uses, row: int) -> Mark:
    """Return the style of a sentence's path, with its number at the end."""
    sentence, color = uses.sentences[row], colors_of(uses)[row]
    last = uses.layers + 1
    sense = f"{plotly_text(sentence.sense)}: " if sentence.sense else ""
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "line": {"color": color, "width": 3},
        "marker": {
            "color": color,
            "symbol": SYMBOLS[_sense_indices(uses)[row] % len(SYMBOLS)],
            "size": [5] * last + [24],
            "opacity": 1,
            "line": {"width": 0},
        },
        "text": [""] * last + [str(row + 1)],
        "textposition": "middle center",
        "textfont": {"size": 14, "color": "white" if color in DARK else "#111111", "weight": 700},
        "customdata": stop_names(uses),
        "hovertemplate": f"{row + 1}. {sense}{plotly_text(_short(sentence.text))}<br>"
        "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _path_to(drawn: Paths, row: int, stop: int) -> Mark:
    """Return the coordinates of a path up to a stop; the later points are at the stop.

    So the number of points is constant, and the browser can animate from stop to stop.
    """
    reached = np.minimum(np.arange(len(drawn.positions)), stop)
    across, up = drawn.positions[reached, row].T.tolist()
    return {"type": "scatter", "x": across, "y": up}


def _start(drawn: Paths) -> Mark:
    across, up = drawn.positions[0, 0].tolist()
    return {
        "type": "scatter",
        "x": [across],
        "y": [up],
        "mode": "markers+text",
        "text": ["static"],
        "textposition": "bottom center",
        "textfont": {"size": TEXT_SIZE, "color": INK},
        "marker": {"color": INK, "size": 10, "symbol": "circle-open", "line": {"width": 3}},
        "hovertemplate": "static vector: the same in every sentence<extra></extra>",
    }


def _axes(drawn: Paths) -> Mark:
    """Return axes with the same scale, so that angles are true."""
    points = drawn.positions.reshape(-1, 2)
    low, high = points.min(axis=0).astype(float), points.max(axis=0).astype(float)
    room = ROOM * max(float((high - low).max()), 1e-3)
    axis = {
        "showticklabels": False,
        "showgrid": True,
        "gridcolor": LINE,
        "zeroline": False,
        "title": {"text": ""},
        "fixedrange": True,
    }
    return {
        "xaxis": {"range": [low[0] - room, high[0] + room], **axis},
        "yaxis": {"range": [low[1] - room, high[1] + room], "scaleanchor": "x", **axis},
    }


def _legend(uses: Uses) -> Mark:
    """Return the names of the senses in their colours, above the picture."""
    colors = dict(zip((one.sense for one in uses.sentences), colors_of(uses), strict=True))
    names = [
        f'<span style="color:{colors[sense]}"><b>■</b></span> {plotly_text(sense)}'
        for sense in uses.senses
    ]
    if not names:
        return {}
    text = {
        "text": "&nbsp;&nbsp; ".join(names),
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": INK},
    }
    return {"annotations": [text], "margin": {"l": 8, "r": 8, "t": 36, "b": 8}}


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
