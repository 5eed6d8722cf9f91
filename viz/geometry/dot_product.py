"""The dot product of two vectors: its terms as bars, and the two vectors as arrows."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.geometry.dot_product import DotProduct
from viz.components.arrow_plane.drawing import Drawing, Line, Word
from viz.figure import Figure
from viz.numbers import number
from viz.style import DIVERGING, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

HEIGHT: Final = 330
BELOW, ABOVE = DIVERGING[0][1], DIVERGING[-1][1]  # the colours of negative and positive terms
MAX_WRITTEN_TERMS: Final = 6
MAX_NUMBERED_TERMS: Final = 12
MAX_TICKS: Final = 9  # on a phone, of more terms

Mark = dict[str, Any]


def terms_figure(product: DotProduct, names: Sequence[str], height: int = HEIGHT) -> go.Figure:
    """Return a bar for each term, blue below zero and red above, that starts where the last ended.

    So the last one ends at the height of the total, whose bar is beside it.

    Args:
        product: from `core.geometry.dot_product.dot_product`.
        names: the names of the two vectors.
        height: in pixels.
    """
    terms = product.terms.tolist()
    count, few = len(terms), len(terms) <= MAX_WRITTEN_TERMS
    dimensions, totals = list(range(1, count + 1)), product.running_totals.tolist()
    width = 0.75 if count <= MAX_NUMBERED_TERMS else 0.05 * count  # of the bar of the total
    end = count + 0.5 + max(width, 0.8) / 2 + (0 if count <= MAX_NUMBERED_TERMS else 1)
    first, second = (plotly_text(name) for name in names)
    bars: Mark = {
        "type": "bar",
        "x": dimensions,
        "y": terms,
        "base": [0.0, *totals[:-1]],
        "width": 0.75,
        "marker": {"color": [BELOW if term < 0 else ABOVE for term in terms]},
        "customdata": np.column_stack([product.first, product.second, terms, totals]).tolist(),
        "hovertemplate": f"term %{{x}}: {first} %{{customdata[0]:.4~g}} × {second} "
        "%{customdata[1]:.4~g} = %{customdata[2]:.4~g}; so far %{customdata[3]:.4~g}"
        "<extra></extra>",
    }
    total: Mark = {
        "type": "bar",
        "x": [end],
        "y": [product.total],
        "width": width,
        "marker": {"color": GREY},
        "hovertemplate": "total %{y:.4~g}<extra></extra>",
    }
    # Each number is beyond the end of its bar.
    written = [(end, product.total, product.total, TEXT_SIZE + 2)]
    if few:
        written += [
            (x, at, term, TEXT_SIZE) for x, at, term in zip(dimensions, totals, terms, strict=True)
        ]
    numbers: Mark = {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _, _ in written],
        "y": [at for _, at, _, _ in written],
        "text": [number(value) for _, _, value, _ in written],
        "textposition": [
            "bottom center" if value < 0 else "top center" for _, _, value, _ in written
        ],
        "textfont": {"size": [size for _, _, _, size in written], "color": INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    step = 1 if count <= MAX_NUMBERED_TERMS else 10 if count <= 10 * MAX_TICKS else 100
    ticks = [dimension for dimension in dimensions if dimension % step == 0]
    usual = quiet(height)
    layout = usual | {
        # For half of the total, which is wider than its bar, and below the toolbar of a phone.
        "margin": usual["margin"] | {"r": 24, "t": 32},
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
    return Figure(data=[bars, total, numbers], layout=layout)


def pair_drawing(product: DotProduct, names: Sequence[str]) -> Drawing:
    """Return the two vectors as arrows in the plane that they span; angle and lengths are true.

    Vectors of two numbers are drawn at their own coordinates; of others, the first points right.

    Args:
        product: the product of two vectors, neither of length zero.
        names: the names of the two vectors.
    """
    has_axes = len(product.terms) == len("xy")
    if has_axes:
        first, second = product.first.tolist(), product.second.tolist()
    else:
        turn = np.radians(product.angle)
        first = [product.first_length, 0.0]
        second = [product.second_length * float(trig(turn)) for trig in (np.cos, np.sin)]
    tips = [(first[0], first[1]), (second[0], second[1])]
    zero = (0.0, 0.0)
    return Drawing(
        words=[Word(name, tip, "input") for name, tip in zip(names, tips, strict=True)],
        lines=[Line("arrow", zero, tips[0]), Line("arrow", zero, tips[1], color=2)],
        tips=tips,
        zero=zero,
        zero_tip="The zero vector, where both arrows start",
        has_axes=has_axes,
    )


def term_table(product: DotProduct, names: Sequence[str]) -> pd.DataFrame:
    """Return both coordinates, their product and the running total, a row for each dimension."""
    first, second = names if names[0] != names[1] else (names[0], f"{names[1]} ")
    rows = {first: product.first, second: product.second, "product": product.terms}
    dimensions = range(1, len(product.terms) + 1)
    table = pd.DataFrame(rows | {"total so far": product.running_totals}, index=dimensions)
    return table.rename_axis("dimension")


def _room(values: Sequence[float]) -> list[float]:
    """Return a range with zero, all values, and room for a label above and below."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.12 * ((high - low) or 1.0)
    return [low - room, high + room]
