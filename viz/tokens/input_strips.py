"""The input of an encoder: the terms of a sum as strips of coloured cells, and as tables."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.embeddings import Matrix
from core.language.inputs import Comparison, Inputs
from viz.figure import Figure
from viz.style import COLOR_BAR, DIVERGING, INK, TEXT_SIZE, plotly_text, quiet
from viz.tokens.token_rows import color_limit

ROW: Final = 44  # pixels
MARGIN: Final = {"l": 8, "r": 8, "t": 30, "b": 8}  # with room for the toolbar
DEFAULT_NUMBERS: Final = 48  # numbers shown at first; up to so many, there are gaps between them

Mark = dict[str, Any]


def terms_figure(inputs: Inputs, index: int, count: int = DEFAULT_NUMBERS) -> go.Figure:
    """Return the token, position and segment embedding of a token, their sum, and it normalized.

    The first four share one colour scale, so that the sum is visible; the normalized sum has its
    own.

    Args:
        inputs: from `core.language.inputs`.
        index: the index of the token.
        count: the number of dimensions shown.
    """
    terms = np.stack(
        [inputs.token[index], inputs.position[index], inputs.segment[index], inputs.total[index]]
    )[:, :count]
    normalized = inputs.normalized[index : index + 1, :count]
    segment = "AB"[inputs.sequence.segments[index]]
    token = plotly_text(_short(inputs.sequence.tokens[index].text))
    names = [token, f"+ position {index}", f"+ segment {segment}", "= sum"]
    traces = [
        _strips(names, terms, color_limit(terms), "y"),
        _strips(["normalized"], normalized, color_limit(normalized), "y2"),
    ]
    layout = quiet(ROW * 5 + 106) | {
        "margin": MARGIN,
        "xaxis": _numbers("y2"),
        "yaxis": _names() | {"domain": [0.29, 1]},
        "yaxis2": _names() | {"domain": [0, 0.18]},
    }
    return Figure(data=traces, layout=layout)


def input_table(inputs: Inputs, index: int) -> pd.DataFrame:
    """Return the terms and their sum, one row per dimension."""
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
    comparison: Comparison, index: int, titles: tuple[str, str], count: int = DEFAULT_NUMBERS
) -> go.Figure:
    """Return the rows that two texts pick for a shared token, and its inputs in both texts.

    Args:
        comparison: the comparison of the two texts.
        index: the index of the token among the shared ones.
        titles: the names of the texts.
        count: the number of dimensions shown.
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
    )[:, :count]
    one, other = titles
    names = [f"row, {one}", f"row, {other}", f"input, {one}", f"input, {other}"]
    layout = quiet(ROW * 4 + 92) | {"margin": MARGIN, "xaxis": _numbers("y"), "yaxis": _names()}
    return Figure(data=[_strips(names, vectors, color_limit(vectors), "y")], layout=layout)


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """Return the tokens that two texts share, with the similarity of their rows and inputs."""
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
    """Return a heatmap of the similarities of position vectors.

    Args:
        similarity: (N, N) float64, their cosines.
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
        "colorbar": COLOR_BAR | {"nticks": 5},
        "hovertemplate": "positions %{y} and %{x}: cosine %{z:.3f}<extra></extra>",
    }
    axis = {"tickfont": {"color": INK}, "showgrid": False, "zeroline": False, "nticks": 9}
    layout = quiet(540) | {
        "xaxis": axis | {"side": "top", "title": {"text": "position", "font": {"color": INK}}},
        "yaxis": axis | {"autorange": "reversed", "ticksuffix": " "},
    }
    return Figure(data=[cells], layout=layout)


def positions_table(similarity: Any, positions: Sequence[int]) -> pd.DataFrame:  # noqa: ANN401
    """Return the cosines of positions, with a row and a column for each."""
    names = [str(index) for index in positions]
    return pd.DataFrame(similarity, index=names, columns=names).rename_axis("position")


def _strips(names: Sequence[str], vectors: Matrix, largest: float, axis: str) -> Mark:
    return {
        "type": "heatmap",
        "z": vectors,
        "x0": 1,
        "dx": 1,
        "y": [f"{name} " for name in names],
        "yaxis": axis,
        "zmin": -largest,
        "zmax": largest,
        "colorscale": DIVERGING,
        "ygap": 8,
        "xgap": 1 if vectors.shape[1] <= DEFAULT_NUMBERS else 0,
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
