"""The embedding matrix: which of its rows a text picks, and the numbers in them."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from core.embeddings import Matrix
from viz.figure import Figure
from viz.style import DIVERGING, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

ROW: Final = 46  # pixels: a name and, below it, a strip
STRIP: Final = 0.42  # of a row is colour
MATRIX: Final = (0.02, 0.1)  # from where to where the matrix stands, in widths of the picture
STRIPS: Final = 0.3  # from where on the strips lie
MARGIN: Final = {"l": 8, "r": 8, "t": 34, "b": 44}
LONGEST: Final = 24  # characters of a token

Mark = dict[str, Any]


def rows_figure(
    names: Sequence[str],
    ids: Sequence[int],
    vectors: Matrix,
    size: int,
    colors: Sequence[str],
    picked: int | None = None,
) -> go.Figure:
    """Return the matrix as a tall box, lines from the rows that are picked, and these as strips.

    Args:
        names: N tokens, from top to bottom.
        ids: for each the row of the matrix, 0 to `size` - 1.
        vectors: (N, D) float32, the rows.
        size: V, how many rows the matrix has.
        colors: for each the colour of its line.
        picked: index of a token that stands out.
    """
    count, dimensions = vectors.shape
    most = strongest(vectors)
    middles = [index + 0.7 for index in range(count)]
    strips: Mark = {
        "type": "heatmap",
        "z": _with_gaps(vectors),
        "x0": 1,
        "dx": 1,
        # Edges of the strips, and of the gaps between them where the names stand.
        "y": [edge for middle in middles for edge in (middle - STRIP / 2, middle + STRIP / 2)],
        "zmin": -most,
        "zmax": most,
        "colorscale": DIVERGING,
        "hoverongaps": False,
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "nticks": 5,
            "tickfont": {"size": 12, "color": INK},
        },
        "hovertemplate": "number %{x}: %{z:.3f}<extra></extra>",
    }
    lines = [
        _line(number / max(size - 1, 1) * count, middle, color, 4 if index == picked else 2)
        for index, (number, middle, color) in enumerate(zip(ids, middles, colors, strict=True))
    ]
    titles = [_name(name, number) for name, number in zip(names, ids, strict=True)]
    notes = [
        _note(0, middle - STRIP / 2, f"<b>{title}</b>" if index == picked else title, "x domain")
        for index, (title, middle) in enumerate(zip(titles, middles, strict=True))
    ]
    notes += [
        _note(MATRIX[0], 0, "row 0", "paper"),
        _note(MATRIX[0], count, f"row {size - 1:,}", "paper", below=True),
    ]
    box: Mark = {
        "type": "rect",
        "xref": "paper",
        "yref": "y",
        "x0": MATRIX[0],
        "x1": MATRIX[1],
        "y0": 0,
        "y1": count,
        "fillcolor": LINE,
        "line": {"color": GREY, "width": 1},
        "layer": "below",
    }
    layout = quiet(ROW * count + MARGIN["t"] + MARGIN["b"]) | {
        "margin": MARGIN,
        "xaxis": {
            "domain": [STRIPS, 1],
            "range": [0.5, dimensions + 0.5],
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"color": INK},
            "nticks": 6,
            "title": {"text": "dimension", "font": {"color": INK}},
        },
        "yaxis": {"range": [count, 0], "visible": False, "fixedrange": True},
        "shapes": [box, *(shape for pair in lines for shape in pair)],
        "annotations": notes,
    }
    return Figure(data=[strips], layout=layout)


def strongest(vectors: Matrix) -> float:
    """Return where the colours end: few numbers are larger, and would leave the others grey.

    >>> strongest(np.array([[-2.0, 1.0]], dtype=np.float32))
    1.99
    """
    return float(f"{np.quantile(np.abs(vectors), 0.99):.3g}") or 1.0


def _with_gaps(vectors: Matrix) -> Any:  # noqa: ANN401
    """Return the rows with a row of nothing between each two, (2N - 1, D)."""
    count, dimensions = vectors.shape
    spaced = np.full((2 * count - 1, dimensions), np.nan, dtype=np.float32)
    spaced[::2] = vectors
    return spaced


def _line(start: float, end: float, color: str, width: int) -> tuple[Mark, Mark]:
    """Return a mark across the matrix, and a line from there to a strip."""
    common = {"type": "line", "xref": "paper", "yref": "y", "line": {"color": color}}
    across = common | {"x0": MATRIX[0], "x1": MATRIX[1], "y0": start, "y1": start}
    over = common | {"x0": MATRIX[1], "x1": STRIPS - 0.01, "y0": start, "y1": end}
    across["line"] = {"color": color, "width": width + 1}
    over["line"] = {"color": color, "width": width}
    return across, over


def _name(name: str, number: int) -> str:
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return f"{plotly_text(short)}  · row {number:,}"


def _note(x: float, y: float, text: str, across: str, *, below: bool = False) -> Mark:
    return {
        "x": x,
        "y": y,
        "xref": across,
        "yref": "y",
        "xanchor": "left",
        "yanchor": "top" if below else "bottom",
        "text": text,
        "showarrow": False,
        "font": {"size": TEXT_SIZE - 2, "color": INK},
    }
