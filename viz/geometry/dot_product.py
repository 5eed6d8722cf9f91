"""The dot product of two vectors: its terms as bars, and the two vectors as arrows."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.geometry.dot_product import DotProduct
from viz.figure import Figure
from viz.labels import place_labels
from viz.numbers import number
from viz.style import BLUE, DIVERGING, GREY, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

HEIGHT: Final = 330
BELOW, ABOVE = DIVERGING[0][1], DIVERGING[-1][1]  # the colours of negative and positive terms
MAX_WRITTEN_TERMS: Final = 6
MAX_NUMBERED_TERMS: Final = 12
MAX_TICKS: Final = 9  # on a phone, of more terms

Mark = dict[str, Any]


def terms_figure(product: DotProduct, names: Sequence[str], height: int = HEIGHT) -> go.Figure:
    """Return a bar for each term, blue below zero and red above, and a line of the running total.

    Args:
        product: from `core.geometry.dot_product.dot_product`.
        names: the names of the two vectors.
        height: in pixels.
    """
    terms = product.terms.tolist()
    count, few = len(terms), len(terms) <= MAX_WRITTEN_TERMS
    dimensions = list(range(1, count + 1))
    width = 0.75 if count <= MAX_NUMBERED_TERMS else 0.05 * count  # of the bar of the total
    end = count + 0.5 + max(width, 0.8) / 2 + (0 if count <= MAX_NUMBERED_TERMS else 1)
    first, second = (plotly_text(name) for name in names)
    bars: Mark = {
        "type": "bar",
        "x": dimensions,
        "y": terms,
        "width": 0.75,
        "marker": {"color": [BELOW if term < 0 else ABOVE for term in terms]},
        "customdata": np.column_stack([product.first, product.second]).tolist(),
        "hovertemplate": f"term %{{x}}: {first} %{{customdata[0]:.4~g}} × {second} "
        "%{customdata[1]:.4~g} = %{y:.4~g}<extra></extra>",
    }
    total: Mark = {
        "type": "bar",
        "x": [end],
        "y": [product.total],
        "width": width,
        "marker": {"color": GREY},
        "hovertemplate": "total %{y:.4~g}<extra></extra>",
    }
    totals = product.running_totals.tolist()
    # A step for each term, as wide as its bar, and one to the bar of the total.
    levels: Mark = {
        "type": "scatter",
        "mode": "lines",
        "x": [0.5, *(dimension + 0.5 for dimension in dimensions), end],
        "y": [*totals, product.total, product.total],
        "line": {"color": INK, "width": 2, "shape": "hv"},
        "text": [*(f"added up to term {dimension}" for dimension in dimensions), "total", "total"],
        "hovertemplate": "%{text}: %{y:.4~g}<extra></extra>",
    }
    written = [(end, product.total, TEXT_SIZE + 2)]
    if few:
        written += [(x, term, TEXT_SIZE) for x, term in zip(dimensions, terms, strict=True)]
    numbers: Mark = {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in written],
        "y": [0] * len(written),
        "text": [number(value) for _, value, _ in written],
        # On the side of zero opposite to the bar.
        "textposition": ["top center" if value < 0 else "bottom center" for _, value, _ in written],
        "textfont": {"size": [size for _, _, size in written], "color": INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    step = 1 if count <= MAX_NUMBERED_TERMS else 10 if count <= 10 * MAX_TICKS else 100
    ticks = [dimension for dimension in dimensions if dimension % step == 0]
    layout = quiet(height) | {
        "xaxis": {
            "showgrid": False,
            "tickfont": {"color": INK},
            "title": {"text": "dimension"},
            "range": [0.4, end + width / 2 + 0.2],
            "tickmode": "array",
            "tickvals": [*ticks, end],
            "ticktext": [*map(str, ticks), "total"],
        },
        "yaxis": {
            "gridcolor": LINE,
            "zerolinecolor": GREY,
            "tickfont": {"color": INK},
            "range": _room([*terms, *totals]),
            "nticks": 6,
        },
    }
    return Figure(data=[bars, total, levels, numbers], layout=layout)


def arrows_figure(product: DotProduct, names: Sequence[str], height: int = HEIGHT) -> go.Figure:
    """Return the two vectors as arrows in the plane that they span, the first one to the right.

    Their angle and lengths are true. The dotted line projects the tip of the second arrow onto the
    first: the dot product is the length of this shadow times the length of the first arrow.

    Args:
        product: the product of two vectors, neither of length zero.
        names: the names of the two vectors.
        height: in pixels.
    """
    turn = np.radians(product.angle)
    first = np.array([product.first_length, 0.0])
    second = product.second_length * np.array([np.cos(turn), np.sin(turn)])
    reach = max(product.first_length, product.second_length)
    shadow = np.array([second[0], 0.0])
    radius = max(0.22 * min(product.first_length, product.second_length), 0.1 * reach)
    sweep = np.linspace(0, turn, 30)
    arc = radius * np.column_stack([np.cos(sweep), np.sin(sweep)])
    upright = np.array([[0, 0], [0, 0.55 * reach]])
    marks = [
        _line(upright, LINE, 2, "dash", "a right angle to the first arrow"),
        _line([[0, 0], shadow], GREY, 9, "solid", f"shadow: {number(float(shadow[0]))} long"),
        _line([second, shadow], GREY, 2, "dot", "straight down to the line of the first arrow"),
        _line(arc, INK, 2, "solid", f"{product.angle:.1f}°"),
        _arrow(first, BLUE, f"{names[0]}: {number(product.first_length)} long"),
        _arrow(second, VERMILLION, f"{names[1]}: {number(product.second_length)} long"),
    ]
    # The label of the angle is inside the angle if there is room, else above it.
    toward = turn / 2 if product.angle > 40 else turn + 0.35
    middle = (radius + 0.09 * reach) * np.array([np.cos(toward), np.sin(toward)])
    points = np.array([second, first])
    texts = [names[1], names[0]]
    low = np.minimum(np.array([first, second, [0, 0]]).min(axis=0), -0.05 * reach)
    high = np.array([first, second, upright[1]]).max(axis=0)
    letters = max(float((high - low)[1]) / (height / TEXT_SIZE), 0.05 * reach)
    along = [share * tip for tip in (first, second) for share in np.linspace(0, 0.9, 30)]
    sides = place_labels(points, texts, letters, [*along, *arc, middle])
    marks.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [*points[:, 0].tolist(), float(middle[0])],
            "y": [*points[:, 1].tolist(), float(middle[1])],
            "text": [*(plotly_text(text) for text in texts), f"{product.angle:.0f}°"],
            "textposition": [*sides, "middle center"],
            "textfont": {"size": TEXT_SIZE + 2, "color": INK},
            # Invisible; keeps the label at a distance from the tip.
            "marker": {"size": 16, "opacity": 0},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    )
    room = 0.16 * float((high - low).max())
    axis = {"showgrid": False, "zeroline": False, "showticklabels": False}
    layout = quiet(height) | {
        "xaxis": axis | {"range": [low[0] - room, high[0] + room]},
        "yaxis": axis | {"range": [low[1] - room, high[1] + room], "scaleanchor": "x"},
    }
    return Figure(data=marks, layout=layout)


def term_table(product: DotProduct, names: Sequence[str]) -> pd.DataFrame:
    """Return both coordinates, their product and the running total, a row for each dimension."""
    first, second = names if names[0] != names[1] else (names[0], f"{names[1]} ")
    rows = {first: product.first, second: product.second, "product": product.terms}
    dimensions = range(1, len(product.terms) + 1)
    table = pd.DataFrame(rows | {"total so far": product.running_totals}, index=dimensions)
    return table.rename_axis("dimension")


def _arrow(tip: np.ndarray[Any, Any], color: str, label: str) -> Mark:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [0.0, float(tip[0])],
        "y": [0.0, float(tip[1])],
        "line": {"color": color, "width": 4},
        "marker": {"symbol": "arrow", "angleref": "previous", "size": [0, 16], "color": color},
        "hovertemplate": f"{plotly_text(label)}<extra></extra>",
    }


def _line(points: Any, color: str, width: int, dash: str, label: str) -> Mark:  # noqa: ANN401
    columns = np.asarray(points, dtype=float).T.tolist()
    return {
        "type": "scatter",
        "mode": "lines",
        "x": columns[0],
        "y": columns[1],
        "line": {"color": color, "width": width, "dash": dash},
        "hovertemplate": f"{label}<extra></extra>",
    }


def _room(values: Sequence[float]) -> list[float]:
    """Return a range with zero, all values, and room for a label above and below."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.12 * ((high - low) or 1.0)
    return [low - room, high + room]
