"""Words along two directions, as a plane."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.directions import Direction
from viz.directions.number_line import axis_title
from viz.figure import Figure
from viz.labels import place_labels
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

HEIGHT: Final = 470
NARROW: Final = 300  # pixels between the axes' ends on a phone, for which names are placed
MOST_NAMED: Final = 40  # further words are dots: names in greater number would cover one another
USUAL_SHOWN: Final = 400  # each costs the browser time, and more of them show nothing more

Mark = dict[str, Any]


@dataclass(frozen=True)
class Cloud:
    """Words by their coordinates on K directions.

    Args:
        words: N words, the most important first.
        coordinates: (N, K) float64.
    """

    words: Sequence[str]
    coordinates: NDArray[np.float64]


def direction_plane_figure(
    directions: Sequence[Direction],
    cloud: Cloud,
    usual: Cloud,
    joined: Sequence[tuple[str, str]] = (),
    height: int = HEIGHT,
) -> go.Figure:
    """Return words as points whose coordinates are those along two directions.

    Args:
        directions: two of them, an axis each.
        cloud: the words, named as far as there is room for names.
        usual: the most frequent words, as faint dots behind.
        joined: pairs of these words; an arrow leads from the first to the second.
        height: in pixels.
    """
    ranges = axis_ranges(cloud.coordinates)
    sides = _sides(cloud, ranges, joined)
    marks = [_usual(usual), _arrows(cloud, joined), *_words(cloud, sides)]
    return Figure(data=marks, layout=quiet(height) | _plane(directions, ranges))


def axis_ranges(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (K, 2) where each axis begins and ends: all words and zero are on it, with room."""
    known = np.vstack([coordinates, np.zeros(coordinates.shape[1])])
    low, high = known.min(axis=0), known.max(axis=0)
    room = np.where(high > low, 0.13 * (high - low), 1.0)
    return np.column_stack([low - room, high + room])


def _at(coordinates: NDArray[np.float64]) -> Mark:
    """Return points (N, 2) as plotly takes them; NaN parts a line."""
    # As lists: plotly checks arrays far more slowly than a handful of numbers deserves.
    return {"type": "scatter", **dict(zip("xy", coordinates.T.tolist(), strict=True))}


def _usual(usual: Cloud) -> Mark:
    shown = min(len(usual.words), USUAL_SHOWN)
    return _at(usual.coordinates[:shown]) | {
        "mode": "markers",
        "marker": {"size": 4, "color": GREY, "opacity": 0.4},
        "text": [plotly_text(word) for word in usual.words[:shown]],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _arrows(cloud: Cloud, joined: Sequence[tuple[str, str]]) -> Mark:
    places = {word: place for place, word in enumerate(cloud.words)}
    gap = np.full(2, np.nan)
    points = [
        point
        for start, end in joined
        if start in places and end in places
        for point in (cloud.coordinates[places[start]], cloud.coordinates[places[end]], gap)
    ]
    return _at(np.array(points).reshape(-1, 2)) | {
        "mode": "lines+markers",
        "line": {"color": BLUE, "width": 2},
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            # A head at the end of each arrow, and none at its start or in the gap.
            "size": [0, 13, 0] * (len(points) // 3),
            "standoff": 5,
            "color": BLUE,
        },
        "hoverinfo": "skip",
    }


def _words(cloud: Cloud, sides: Sequence[str]) -> list[Mark]:
    """Return the words that are named, as many as there are sides, and those that are dots only."""
    named = len(sides)
    names = [plotly_text(word) for word in cloud.words]
    hover = {"hovertemplate": "%{text}<br>%{x:.2f}, %{y:.2f}<extra></extra>"}
    return [
        _at(cloud.coordinates[:named])
        | {
            "mode": "markers+text",
            "text": names[:named],
            "textposition": list(sides) or "top center",
            "textfont": {"size": TEXT_SIZE + 1, "color": INK},
            "marker": {"size": 10, "color": INK},
            "cliponaxis": False,
            **hover,
        },
        _at(cloud.coordinates[named:])
        | {
            "mode": "markers",
            "text": names[named:],
            "marker": {"size": 6, "color": INK},
            **hover,
        },
    ]


def _sides(
    cloud: Cloud, ranges: NDArray[np.float64], joined: Sequence[tuple[str, str]]
) -> list[str]:
    """Return on which side of its point each name stands, as a phone would show it."""
    pixels = (cloud.coordinates - ranges[:, 0]) / np.ptp(ranges, axis=1) * [NARROW, HEIGHT - 80]
    places = {word: place for place, word in enumerate(cloud.words)}
    lines = [(pixels[places[a]], pixels[places[b]]) for a, b in joined if {a, b} <= places.keys()]
    kept_free = [a + share * (b - a) for a, b in lines for share in np.linspace(0, 1, 11)]
    named = cloud.words[:MOST_NAMED]
    kept_free += _margins(0, NARROW, 0)
    return place_labels(pixels[: len(named)], named, TEXT_SIZE + 1, kept_free)


def _margins(left: int, right: int, bottom: int) -> list[NDArray[np.float64]]:
    """Return places beside a picture, where no name should stick out, in pixels."""
    outside = (left - 30, left - 18, left - 6, right + 6, right + 18, right + 30)
    return [np.array([x, bottom + y]) for x in outside for y in range(0, HEIGHT, 6)]


def _plane(directions: Sequence[Direction], ranges: NDArray[np.float64]) -> Mark:
    axes = [
        {
            "range": ends.tolist(),
            "title": {"text": axis_title(direction), "font": {"size": TEXT_SIZE + 1, "color": INK}},
            "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
            "gridcolor": LINE,
            "zeroline": True,
            "zerolinecolor": GREY,
            "zerolinewidth": 2,
            "nticks": 7,
            "automargin": True,
        }
        for direction, ends in zip(directions, ranges, strict=True)
    ]
    return {"xaxis": axes[0], "yaxis": axes[1]}
