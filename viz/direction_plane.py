"""Words along two directions, as a plane, or along three, as a space."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.directions import Direction
from viz.labels import place_labels
from viz.number_line import HIGH_COLOR, LOW_COLOR, axis_title
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

HEIGHT: Final = 470
NARROW: Final = 300  # pixels between the axes' ends on a phone, for which names are placed
MOST_NAMED: Final = 40  # further words are dots: names in greater number would cover one another
USUAL_SHOWN: Final = 1_000
EYE: Final = {"x": 0.9, "y": -1.3, "z": 0.7}  # where one looks from at first
EDGES: Final = (1.05, 1.05, 1.65)  # of the space: higher than wide, and so it fits a phone
EDGE: Final = 230  # pixels, about, of an edge of length one

Mark = dict[str, Any]


@dataclass(frozen=True)
class Cloud:
    """Words by their coordinates on K directions.

    Args:
        words: N words, the most important first.
        coordinates: (N, K) float64, K being 2 or 3.
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
    """Return words as points whose coordinates are those along two or three directions.

    Args:
        directions: K of them, an axis each.
        cloud: the words, named as far as there is room for names.
        usual: the most frequent words, as faint dots behind.
        joined: pairs of these words; an arrow leads from the first to the second.
        height: in pixels.
    """
    ranges = _ranges(cloud.coordinates)
    flat = len(directions) == 2
    sides = _sides(cloud, ranges, joined) if flat else _sides_in_space(cloud, ranges)
    marks = [_usual(usual), _arrows(cloud, joined), *_words(cloud, sides)]
    if flat:
        return go.Figure(data=marks, layout=quiet(height) | _plane(directions, ranges))
    marks += _axes_in_space(directions, ranges)
    return go.Figure(data=marks, layout=quiet(height) | _space(ranges))


def _at(coordinates: NDArray[np.float64]) -> Mark:
    """Return points (N, K) as plotly takes them; NaN parts a line."""
    # As lists: plotly checks arrays far more slowly than a handful of numbers deserves.
    columns = coordinates.T.tolist()
    kind = "scatter" if len(columns) == 2 else "scatter3d"
    return {"type": kind, **dict(zip("xyz", columns, strict=False))}


def _usual(usual: Cloud) -> Mark:
    shown = min(len(usual.words), USUAL_SHOWN)
    flat = usual.coordinates.shape[1] == 2
    return _at(usual.coordinates[:shown]) | {
        "mode": "markers",
        "marker": {"size": 4 if flat else 2, "color": GREY, "opacity": 0.4},
        "text": [plotly_text(word) for word in usual.words[:shown]],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _arrows(cloud: Cloud, joined: Sequence[tuple[str, str]]) -> Mark:
    places = {word: place for place, word in enumerate(cloud.words)}
    dimensions = cloud.coordinates.shape[1]
    gap = np.full(dimensions, np.nan)
    points = [
        point
        for start, end in joined
        if start in places and end in places
        for point in (cloud.coordinates[places[start]], cloud.coordinates[places[end]], gap)
    ]
    flat = dimensions == 2
    # A head at the end of each arrow, and none at its start or in the gap.
    head = {"symbol": "arrow", "angleref": "previous"} if flat else {"symbol": "diamond"}
    sizes = [0, 13 if flat else 5, 0] * (len(points) // 3)
    return _at(np.array(points).reshape(-1, dimensions)) | {
        "mode": "lines+markers",
        "line": {"color": BLUE, "width": 2 if flat else 4},
        "marker": {**head, "size": sizes, "color": BLUE, "standoff": 5}
        if flat
        else {**head, "size": sizes, "color": BLUE},
        "hoverinfo": "skip",
    }


def _words(cloud: Cloud, sides: Sequence[str]) -> list[Mark]:
    """Return the words that are named, as many as there are sides, and those that are dots only."""
    named = len(sides)
    flat = cloud.coordinates.shape[1] == 2
    numbers = ", ".join(["%{x:.2f}", "%{y:.2f}", "%{z:.2f}"][: 2 if flat else 3])
    names = [plotly_text(word) for word in cloud.words]
    hover = {"hovertemplate": f"%{{text}}<br>{numbers}<extra></extra>"}
    return [
        _at(cloud.coordinates[:named])
        | {
            "mode": "markers+text",
            "text": names[:named],
            "textposition": list(sides) or "top center",
            "textfont": {"size": TEXT_SIZE + 1, "color": INK},
            "marker": {"size": 10 if flat else 5, "color": INK},
            **hover,
            **({"cliponaxis": False} if flat else {}),
        },
        _at(cloud.coordinates[named:])
        | {
            "mode": "markers",
            "text": names[named:],
            "marker": {"size": 6 if flat else 3, "color": INK},
            **hover,
        },
    ]


def _ranges(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (K, 2) where each axis begins and ends: all words and zero are on it, with room."""
    known = np.vstack([coordinates, np.zeros(coordinates.shape[1])])
    low, high = known.min(axis=0), known.max(axis=0)
    room = np.where(high > low, 0.13 * (high - low), 1.0)
    return np.column_stack([low - room, high + room])


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


def _sides_in_space(cloud: Cloud, ranges: NDArray[np.float64]) -> list[str]:
    """Return on which side of its point each name stands, from where one looks at first."""
    ends = np.vstack([np.diag(column) for column in ranges.T])  # of the axes, through zero
    lines = [share * end for end in ends for share in np.linspace(0, 1, 15)]
    # The axes themselves, and their ends' names, which are some fifty pixels long.
    names = [
        end + np.array([across, up])
        for end in _seen(ends, ranges)
        for across in range(-32, 33, 8)
        for up in (-6, 0, 6)
    ]
    margins = _margins(-NARROW // 2 - 20, NARROW // 2 + 20, -HEIGHT // 2)
    kept_free = np.vstack([_seen(np.array(lines), ranges), names, margins])
    named = cloud.words[:MOST_NAMED]
    points = _seen(cloud.coordinates[: len(named)], ranges)
    return place_labels(points, named, TEXT_SIZE + 1, kept_free)


def _seen(points: NDArray[np.float64], ranges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where points (N, 3) stand on the screen at first, (N, 2) in pixels."""
    eye = np.array([EYE[axis] for axis in "xyz"])
    right = np.cross([0, 0, 1], eye)
    up = np.cross(eye, right)
    screen = np.column_stack([right / np.linalg.norm(right), up / np.linalg.norm(up)])
    middle = EDGES * (points - ranges.mean(axis=1)) / np.ptp(ranges, axis=1)
    return np.asarray(EDGE * middle @ screen)


def _axes_in_space(directions: Sequence[Direction], ranges: NDArray[np.float64]) -> list[Mark]:
    """Return a line for each direction through the place where all are zero, its ends named."""
    marks = []
    for place, direction in enumerate(directions):
        ends = np.zeros((2, 3))
        ends[:, place] = ranges[place]
        marks.append(
            _at(ends)
            | {
                "mode": "lines+text",
                "line": {"color": GREY, "width": 3},
                "text": [
                    f"<b>{plotly_text(direction.low_end)}</b>",
                    f"<b>{plotly_text(direction.high_end)}</b>",
                ],
                "textposition": "middle center",
                "textfont": {"size": TEXT_SIZE, "color": [LOW_COLOR, HIGH_COLOR]},
                "hoverinfo": "skip",
            }
        )
    return marks


def _space(ranges: NDArray[np.float64]) -> Mark:
    axes = {
        name: {"range": ends, "visible": False, "showspikes": False}
        for name, ends in zip(("xaxis", "yaxis", "zaxis"), ranges.tolist(), strict=True)
    }
    camera = {"projection": {"type": "orthographic"}, "eye": EYE}
    edges = {"aspectmode": "manual", "aspectratio": dict(zip("xyz", EDGES, strict=True))}
    return {"scene": {**edges, "dragmode": "orbit", "camera": camera, **axes}}
