"""The embedding matrix with the rows that a text picks, and their numbers."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from core.embeddings import Matrix
from viz.figure import Figure
from viz.style import COLOR_BAR, DIVERGING, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

ROW: Final = 46  # pixels: a name and, below it, a strip
STRIP: Final = 0.42  # height of a strip as a share of its row
MATRIX: Final = (0.02, 0.1)  # left and right end of the matrix, in widths of the figure
STRIPS: Final = 0.3  # left end of the strips
MARGIN: Final = {"l": 8, "r": 8, "t": 34, "b": 44}
MAX_CHARACTERS: Final = 24  # of a token's name

Mark = dict[str, Any]


def rows_figure(
    names: Sequence[str],
    ids: Sequence[int],
    vectors: Matrix,
    size: int,
    colors: Sequence[str],
    picked: int | None = None,
) -> go.Figure:
    """Return the matrix as a tall box, with lines from the picked rows to their strips.

    Args:
        names: N tokens, from top to bottom.
        ids: the row of each token in the matrix, 0 to `size` - 1.
        vectors: (N, D) float32, these rows.
        size: V, the number of rows of the matrix.
        colors: the colour of each token's line.
        picked: the index of a highlighted token.
    """
    count, dimensions = vectors.shape
    largest = color_limit(vectors)
    middles = [index + 0.7 for index in range(count)]
    strips: Mark = {
        "type": "heatmap",
        "z": _with_gaps(vectors),
        "x0": 1,
        "dx": 1,
        # The edges of the strips and of the gaps between them, which have the names.
        "y": [edge for middle in middles for edge in (middle - STRIP / 2, middle + STRIP / 2)],
        "zmin": -largest,
        "zmax": largest,
        "colorscale": DIVERGING,
        "hoverongaps": False,
        "colorbar": COLOR_BAR | {"nticks": 5},
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


def color_limit(vectors: Matrix) -> float:
    """Return the limit of a colour scale: the 99th percentile of the magnitudes.

    The few larger numbers would leave the others nearly grey.

    >>> color_limit(np.array([[-2.0, 1.0]], dtype=np.float32))
    1.99
    """
    return float(f"{np.quantile(np.abs(vectors), 0.99):.3g}") or 1.0


def _with_gaps(vectors: Matrix) -> Any:  # noqa: ANN401
    """Return the rows with a row of NaN between each two, (2N - 1, D)."""
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
    short = name if len(name) <= MAX_CHARACTERS else f"{name[: MAX_CHARACTERS - 1]}…"
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
