"""What enters an encoder: the terms of a sum as strips of colour, and the numbers behind them."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.embeddings import Matrix
from core.language.inputs import Comparison, Inputs
from viz.figure import Figure
from viz.style import DIVERGING, INK, TEXT_SIZE, plotly_text, quiet
from viz.tokens.token_rows import strongest

ROW: Final = 44  # pixels
MARGIN: Final = {"l": 8, "r": 8, "t": 30, "b": 8}  # room for the corner's button
FEW: Final = 48  # numbers that are wide enough to be told apart

Mark = dict[str, Any]


def terms_figure(inputs: Inputs, index: int, most: int = FEW) -> go.Figure:
    """Return token, position and segment of one token, their sum, and the sum normalized.

    The first four have one scale of colours, so that they can be seen to add up; the normalized sum
    has its own.

    Args:
        inputs: from `core.language.inputs`.
        index: of the token.
        most: how many of the D numbers are shown.
    """
    terms = np.stack(
        [inputs.token[index], inputs.position[index], inputs.segment[index], inputs.total[index]]
    )[:, :most]
    normalized = inputs.normalized[index : index + 1, :most]
    segment = "AB"[inputs.sequence.segments[index]]
    token = plotly_text(_short(inputs.sequence.tokens[index].text))
    names = [token, f"+ position {index}", f"+ segment {segment}", "= sum"]
    traces = [
        _strips(names, terms, strongest(terms), "y"),
        _strips(["normalized"], normalized, strongest(normalized), "y2"),
    ]
    layout = quiet(ROW * 5 + 106) | {
        "margin": MARGIN,
        "xaxis": _numbers("y2"),
        "yaxis": _names() | {"domain": [0.29, 1]},
        "yaxis2": _names() | {"domain": [0, 0.18]},
    }
    return Figure(data=traces, layout=layout)


def input_table(inputs: Inputs, index: int) -> pd.DataFrame:
    """Return the terms and their sum, a row a dimension."""
    columns = {
        "token": inputs.token,
        "position": inputs.position,
        "segment": inputs.segment,
        "sum": inputs.total,
        "normalized": inputs.normalized,
    }
    rows = {name: values[index] for name, values in columns.items()}
    dimensions = range(1, inputs.total.shape[1] + 1)
    return pd.DataFrame(rows, index=dimensions).rename_axis("dimension")


def same_row_figure(
    comparison: Comparison, index: int, titles: tuple[str, str], most: int = FEW
) -> go.Figure:
    """Return one token's row as two texts pick it, and what enters for it in each.

    Args:
        comparison: of the two texts.
        index: of the token among those that both have.
        titles: what the texts are called.
        most: how many of the D numbers are shown.
    """
    shared = comparison.shared[index]
    first, second = comparison.first, comparison.second
    vectors = np.stack(
        [
            first.token[shared.first],
            second.token[shared.second],
            first.total[shared.first],
            second.total[shared.second],
        ]
    )[:, :most]
    one, other = titles
    names = [f"row, {one}", f"row, {other}", f"input, {one}", f"input, {other}"]
    layout = quiet(ROW * 4 + 92) | {"margin": MARGIN, "xaxis": _numbers("y"), "yaxis": _names()}
    return Figure(data=[_strips(names, vectors, strongest(vectors), "y")], layout=layout)


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """Return the tokens that two texts share, a row each, and how alike they enter."""
    shared = comparison.shared
    return pd.DataFrame(
        {
            "token": [one.token.text for one in shared],
            "position in A": [str(one.first) for one in shared],
            "position in B": [str(one.second) for one in shared],
            "cosine of rows": [one.row_cosine for one in shared],
            "cosine of inputs": [one.input_cosine for one in shared],
        }
    )


def positions_figure(similarity: Any, positions: Sequence[int]) -> go.Figure:  # noqa: ANN401
    """Return how alike the vectors of positions are to each other, a cell for each two.

    Args:
        similarity: (N, N) float64, cosines.
        positions: N positions.
    """
    cells: Mark = {
        "type": "heatmap",
        "z": np.asarray(similarity, dtype=np.float32).round(4),
        "x": list(positions),
        "y": list(positions),
        "zmin": -1,
        "zmax": 1,
        "colorscale": DIVERGING,
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "nticks": 5,
            "tickfont": {"size": 12, "color": INK},
        },
        "hovertemplate": "positions %{y} and %{x}: cosine %{z:.3f}<extra></extra>",
    }
    axis = {"tickfont": {"color": INK}, "showgrid": False, "zeroline": False, "nticks": 9}
    layout = quiet(540) | {
        "xaxis": axis | {"side": "top", "title": {"text": "position", "font": {"color": INK}}},
        "yaxis": axis | {"autorange": "reversed", "ticksuffix": " "},
    }
    return Figure(data=[cells], layout=layout)


def positions_table(similarity: Any, positions: Sequence[int]) -> pd.DataFrame:  # noqa: ANN401
    """Return the cosines of positions, a row and a column each."""
    names = [str(index) for index in positions]
    return pd.DataFrame(similarity, index=names, columns=names).rename_axis("position")


def _strips(names: Sequence[str], vectors: Matrix, most: float, axis: str) -> Mark:
    return {
        "type": "heatmap",
        "z": vectors,
        "x0": 1,
        "dx": 1,
        "y": [f"{name} " for name in names],
        "yaxis": axis,
        "zmin": -most,
        "zmax": most,
        "colorscale": DIVERGING,
        "ygap": 8,
        "xgap": 1 if vectors.shape[1] <= FEW else 0,
        "showscale": False,
        "hovertemplate": "%{y}· number %{x}: %{z:.3f}<extra></extra>",
    }


def _numbers(anchor: str) -> Mark:
    return {
        "anchor": anchor,
        "tickfont": {"color": INK},
        "showgrid": False,
        "zeroline": False,
        "nticks": 8,
        "title": {"text": "dimension", "font": {"color": INK}},
    }


def _names() -> Mark:
    return {
        "type": "category",
        "autorange": "reversed",
        "automargin": True,
        "showgrid": False,
        "tickfont": {"size": TEXT_SIZE, "color": INK},
    }


def _short(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:11]}…"
