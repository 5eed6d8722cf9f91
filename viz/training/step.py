"""One step of training as arrows: a word pulls a vector, noise words push it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from viz.figure import Figure
from viz.labels import LETTER, place_labels
from viz.style import BLUE, INK, TEXT_SIZE, VERMILLION, plotly_text, quiet

HEIGHT: Final = 260
MIN_WIDTH: Final = 300  # pixels of the figure on a phone, for which labels are placed
MIN_LABELLED: Final = 0.12  # shorter arrows, as a share of the longest one, have no label

Mark = dict[str, Any]


@dataclass(frozen=True, eq=False)
class StepArrow:
    """How far one word moves the vector.

    Args:
        word: the word that pulls or pushes.
        is_noise: whether it is noise, which pushes.
        chance: 0 to 1, how probable the vectors hold it that the word is near.
        move: (2,), the move in the plane of the picture.
        length: of the move with all dimensions.
    """

    word: str
    is_noise: bool
    chance: float
    move: NDArray[np.float64]
    length: float

    @property
    def label(self) -> str:
        """What stands beside the arrow."""
        return f"{'from' if self.is_noise else 'to'} {self.word}"


def step_figure(moved: str, arrows: Sequence[StepArrow], height: int = HEIGHT) -> go.Figure:
    """Return the pull and the pushes as arrows from one point, and their sum.

    The arrows are in scale to each other.

    Args:
        moved: the name of the vector that moves.
        arrows: one or more.
        height: in pixels.
    """
    tips = np.array([each.move for each in arrows])
    total = tips.sum(axis=0)
    marks = [
        _arrow(each.move, VERMILLION if each.is_noise else BLUE, 3, each.label) for each in arrows
    ]
    marks.append(_arrow(total, INK, 5, f"{moved} moves: the sum of all arrows"))
    ends = np.vstack([tips, total, np.zeros(2)])
    lengths = np.linalg.norm(ends, axis=1)
    reach = float(lengths.max()) or 1.0
    named = [(arrow.label, end) for arrow, end in zip(arrows, tips, strict=True)]
    named = [("sum", total), *named]
    shown = [(text, end) for text, end in named if np.linalg.norm(end) >= MIN_LABELLED * reach]
    low, high = ends.min(axis=0), ends.max(axis=0)
    # Both axes have one scale; labels take room beside the tips.
    beside = min(LETTER * TEXT_SIZE * max(len(text) for text, _ in named) + 14, MIN_WIDTH / 3)
    room = np.array([beside, 2.2 * TEXT_SIZE])  # pixels
    size = np.array([MIN_WIDTH, height]) - 2 * room
    pixel = float(((high - low) / size).max()) or 1.0
    along = [share * end for _, end in shown for share in np.linspace(0, 0.9, 12)]
    points = np.array([end for _, end in shown]).reshape(-1, 2)
    sides = place_labels(
        points, [text for text, _ in shown], 1.2 * TEXT_SIZE * pixel, [*along, np.zeros(2)]
    )
    marks.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": points[:, 0].tolist(),
            "y": points[:, 1].tolist(),
            "text": [plotly_text(text) for text, _ in shown],
            "textposition": sides,
            "textfont": {"size": TEXT_SIZE, "color": INK},
            "marker": {"size": 12, "opacity": 0},  # keeps the label at a distance from the tip
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    )
    marks.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [0.0],
            "y": [0.0],
            "marker": {"size": 13, "color": INK},
            "hovertemplate": f"{plotly_text(moved)}<extra></extra>",
        }
    )
    bounds = np.column_stack([low - pixel * room, high + pixel * room]).tolist()
    axis = {"showgrid": False, "zeroline": False, "showticklabels": False}
    layout = quiet(height) | {
        "xaxis": axis | {"range": bounds[0]},
        "yaxis": axis | {"range": bounds[1], "scaleanchor": "x"},
    }
    return Figure(data=marks, layout=layout)


def step_table(arrows: Sequence[StepArrow]) -> pd.DataFrame:
    """Return what each word does to the vector, a row for each word."""
    return pd.DataFrame(
        {
            "is": ["noise" if each.is_noise else "near" for each in arrows],
            "held near (%)": [100 * each.chance for each in arrows],
            "moves by": [each.length for each in arrows],
        },
        index=pd.Index([each.word for each in arrows], name="word"),
    )


def _arrow(tip: NDArray[np.float64], color: str, width: int, label: str) -> Mark:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [0.0, float(tip[0])],
        "y": [0.0, float(tip[1])],
        "line": {"color": color, "width": width},
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, 14],
            "color": color,
            "opacity": 1,  # the default for marks of several sizes is less
        },
        "hovertemplate": f"{plotly_text(label)}<extra></extra>",
    }
