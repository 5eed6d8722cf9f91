"""Words being moved by a text, in a plane whose axes stand still."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from viz.labels import place_labels
from viz.slider import play_button
from viz.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    YELLOW,
    plotly_text,
    quiet,
)

HEIGHT: Final = 470
WIDTH: Final = 600  # about, for placing labels
LABEL: Final = 13  # pixels
ROOM: Final = 0.22  # around all points, as a share of half the larger side
STOP: Final = 80  # milliseconds from one frame to the next
COLORS: Final = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, YELLOW)

Points = NDArray[np.float64]
Mark = dict[str, Any]


@dataclass(frozen=True, eq=False)
class LearningPicture:
    """What does not change while a run is gone through.

    Args:
        groups: the words shown, by the name of their group.
        points: (S, N, 2), where the N words of all groups are drawn in each of S snapshots.
        sides: plotly's `textposition` of each word.
    """

    groups: Mapping[str, Sequence[str]]
    points: Points
    sides: Sequence[str]

    @property
    def words(self) -> list[str]:
        """The words of all groups, in order."""
        return [word for words in self.groups.values() for word in words]


def learning_picture(groups: Mapping[str, Sequence[str]], points: Points) -> LearningPicture:
    """Return a picture with its labels placed as the last snapshot asks for.

    Args:
        groups: N words, by the name of their group.
        points: (S, N, 2).
    """
    words = [word for each in groups.values() for word in each]
    across, up = _ranges(points)
    height = LABEL * max((across[1] - across[0]) / WIDTH, (up[1] - up[0]) / (HEIGHT - 90))
    return LearningPicture(groups, points, place_labels(points[-1], words, height))


def learning_map(
    picture: LearningPicture, place: int, *, film: bool, height: int = HEIGHT
) -> go.Figure:
    """Return where the words are in one snapshot, and a button that plays all of them.

    Args:
        picture: from `learning_picture`.
        place: which snapshot, from 0.
        film: whether there is a button; not while a run goes on.
        height: in pixels.
    """
    colors = {name: COLORS[at % len(COLORS)] for at, name in enumerate(picture.groups)}
    shown = [GREY if not name else colors[name] for name, ws in picture.groups.items() for _ in ws]
    names = [name for name, words in picture.groups.items() for _ in words]
    points = {
        **_at(picture, place),
        "type": "scatter",
        "mode": "markers+text",
        "hovertext": [plotly_text(word) for word in picture.words],
        "textposition": list(picture.sides),
        "textfont": {"size": LABEL, "color": INK},
        "marker": {"color": shown, "size": 11, "line": {"width": 0}, "opacity": 1},
        "customdata": [plotly_text(name) for name in names],
        "hovertemplate": "%{hovertext}<br>%{customdata}<extra></extra>",
        "cliponaxis": False,
    }
    across, up = _ranges(picture.points)
    axis = {
        "showticklabels": False,
        "showgrid": True,
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
        "title": {"text": ""},
    }
    layout = quiet(height) | {
        "xaxis": {**axis, "range": across},
        "yaxis": {**axis, "range": up},
    }
    layout["annotations"] = _legend(colors)
    layout["margin"] = {"l": 8, "r": 8, "t": 52 if len(colors) > 4 else 34, "b": 50 if film else 8}
    if film:
        layout["updatemenus"] = [play_button("Play", STOP, gliding=False)]
    frames = [
        {"name": str(stop), "data": [_at(picture, stop)], "traces": [0]}
        for stop in range(len(picture.points) if film else 0)
    ]
    return go.Figure(data=[points], layout=layout, frames=frames)


def learning_table(picture: LearningPicture, place: int) -> pd.DataFrame:
    """Return where each word is in one snapshot, a row a word."""
    return pd.DataFrame(
        {
            "group": [name for name, words in picture.groups.items() for _ in words],
            "across": picture.points[place, :, 0],
            "up": picture.points[place, :, 1],
        },
        index=pd.Index(picture.words, name="word"),
    )


def _at(picture: LearningPicture, place: int) -> Mark:
    across, up = picture.points[place].round(4).T.tolist()
    words = [plotly_text(word) for word in picture.words]
    if len(words) > 1 and np.ptp(picture.points[place], axis=0).max() < 1e-9:
        words = [f"all {len(words)} words", *[""] * (len(words) - 1)]  # else a smear
    return {"x": across, "y": up, "text": words}


def _ranges(points: Points) -> tuple[list[float], list[float]]:
    """Return the ends of both axes, with room around all snapshots' points."""
    low, high = points.min(axis=(0, 1)), points.max(axis=(0, 1))
    middle, half = (low + high) / 2, (high - low) / 2
    half += ROOM * max(float(half.max()), 1e-3)
    return (
        [float(middle[0] - half[0]), float(middle[0] + half[0])],
        [float(middle[1] - half[1]), float(middle[1] + half[1])],
    )


def _legend(colors: Mapping[str, str]) -> list[Mark]:
    names = [
        f'<span style="color:{color}"><b>●</b></span> {plotly_text(name)}'
        for name, color in colors.items()
        if name
    ]
    if not names:
        return []
    return [
        {
            "text": "<br>".join(
                "&nbsp; ".join(names[start : start + 4]) for start in range(0, len(names), 4)
            ),
            "x": 0,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": False,
            "font": {"size": 14, "color": INK},
        }
    ]
