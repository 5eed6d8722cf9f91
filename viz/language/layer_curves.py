"""Numbers that change from layer to layer, as curves with their names at the end."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from viz.figure import Figure
from viz.style import (
    AZURE,
    BLUE,
    BROWN,
    GREEN,
    GREY,
    INK,
    LINE,
    PURPLE,
    TEXT_SIZE,
    VERMILLION,
    plotly_text,
    quiet,
)

HEIGHT: Final = 340
COLORS: Final = (BLUE, VERMILLION, GREEN, BROWN, PURPLE, AZURE, GREY, INK)
LETTER: Final = 9  # pixels
MAX_LETTERS: Final = 16  # of a name
MIN_SPAN: Final = 0.02  # of the vertical axis

Numbers = NDArray[np.float64]


def curves_figure(
    curves: Mapping[str, Numbers], title: str, height: int = HEIGHT, *, zero: bool = False
) -> go.Figure:
    """Return a curve over layers 0 to L for each name; curves with NaN are left out.

    Args:
        curves: (L + 1,) float64 by name.
        title: the title of the vertical axis.
        height: in pixels.
        zero: whether a line is drawn at 0.
    """
    known = {name: values for name, values in curves.items() if np.isfinite(values).all()}
    colors = dict(zip(curves, COLORS, strict=False))
    data = [
        {
            "type": "scatter",
            "x": list(range(len(values))),
            "y": values.tolist(),
            "mode": "lines+markers",
            "line": {"color": colors[name], "width": 3},
            "marker": {"color": colors[name], "size": 8},
            "name": plotly_text(name),
            "hovertemplate": f"{plotly_text(name)}, layer %{{x}}: %{{y:.3f}}<extra></extra>",
        }
        for name, values in known.items()
    ]
    axis = {
        "gridcolor": LINE,
        "zeroline": False,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
        "fixedrange": True,
    }
    last = max((len(values) for values in known.values()), default=1) - 1
    names = _names(known, height)
    letters = max((min(len(name), MAX_LETTERS) for name in known), default=0)
    layout = quiet(height) | {
        "xaxis": axis
        | {"title": _title("layer"), "dtick": 1, "showgrid": False, "range": [-0.2, last + 0.2]},
        "yaxis": axis
        | {
            "title": _title(title),
            "zeroline": zero,
            "zerolinecolor": GREY,
            "zerolinewidth": 2,
            "nticks": 6,
        }
        | _least_range(known),
        "margin": {"l": 8, "r": LETTER * letters + 16, "t": 12, "b": 8},
        "annotations": names,
    }
    return Figure(data=data, layout=layout)


def _least_range(curves: Mapping[str, Numbers]) -> dict[str, Any]:
    """Return a minimum range for nearly flat curves, so that the labels of their ticks differ."""
    values = np.concatenate([np.zeros(0), *curves.values()])
    if not values.size or np.ptp(values) >= MIN_SPAN:
        return {}
    middle = float(values.mean())
    return {"range": [middle - MIN_SPAN / 2, middle + MIN_SPAN / 2]}


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "font": {"size": TEXT_SIZE - 2, "color": INK}}


def curves_table(curves: Mapping[str, Numbers]) -> pd.DataFrame:
    """Return the numbers of the curves, one row per layer; curves with NaN are left out."""
    known = {name: values for name, values in curves.items() if np.isfinite(values).all()}
    return pd.DataFrame(known).rename_axis("layer")


def _names(curves: Mapping[str, Numbers], height: int) -> list[dict[str, Any]]:
    """Return a label at the end of each curve; labels that would overlap are moved apart."""
    if not curves:
        return []
    ends = {name: float(values[-1]) for name, values in curves.items()}
    low = min(float(values.min()) for values in curves.values())
    high = max(float(values.max()) for values in curves.values())
    pixels = (height - 80) / max(high - low, 1e-9)
    order = sorted(ends, key=lambda name: -ends[name])
    tops: list[float] = []
    for name in order:
        wanted = (high - ends[name]) * pixels
        tops.append(max(wanted, tops[-1] + TEXT_SIZE + 3) if tops else wanted)
    overflow = max(0.0, tops[-1] - (height - 80))
    tops = [top - overflow for top in tops]
    return [
        {
            "x": len(curves[name]) - 1,
            "y": ends[name],
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 10,
            "yshift": (high - ends[name]) * pixels - top,
            "text": plotly_text(
                name if len(name) <= MAX_LETTERS else name[: MAX_LETTERS - 1] + "…"
            ),
            "showarrow": False,
            "font": {"size": TEXT_SIZE, "color": INK},
        }
        for name, top in zip(order, tops, strict=True)
    ]
