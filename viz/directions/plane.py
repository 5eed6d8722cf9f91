"""Words along two directions: a plane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.directions import Direction
from viz.directions.number_line import axis_title
from viz.figure import Figure
from viz.labels import place_labels, readable
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, plotly_text, quiet

HEIGHT: Final = 470
MIN_WIDTH: Final = 300  # pixels of the axis on a phone, for which labels are placed
WIDTH: Final = 800  # pixels of the axis on a screen; labels that would overlap there are left out,
# but if there are more than `MAX_LABELS` words, those that would overlap on a phone
MAX_LABELS: Final = 40  # further words are only dots
MAX_COMMON_WORDS: Final = 400  # more would slow down the browser and show nothing new

Mark = dict[str, Any]


@dataclass(frozen=True)
class PointWords:
    """Words and their coordinates on K directions.

    Args:
        words: N words, the most important first.
        coordinates: (N, K) float64.
    """

    words: Sequence[str]
    coordinates: NDArray[np.float64]


def direction_plane_figure(
    directions: Sequence[Direction],
    cloud: PointWords,
    common: PointWords,
    joined: Sequence[tuple[str, str]] = (),
    height: int = HEIGHT,
) -> go.Figure:
    """Return words as points, with their coordinates along two directions.

    Args:
        directions: the two directions, one per axis.
        cloud: the words; the outermost are labelled first, as far as there is room.
        common: the most frequent words, as faint dots in the background.
        joined: pairs of words; an arrow leads from the first to the second.
        height: in pixels.
    """
    ranges = axis_ranges(cloud.coordinates)
    sides = _sides(cloud, ranges, joined)
    marks = [_common_words(common), _arrows(cloud, joined), *_words(cloud, sides)]
    return Figure(data=marks, layout=quiet(height) | _plane(directions, ranges))


def axis_ranges(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the range of each axis, (K, 2): it includes zero and all words, with a margin."""
    known = np.vstack([coordinates, np.zeros(coordinates.shape[1])])
    low, high = known.min(axis=0), known.max(axis=0)
    room = np.where(high > low, 0.13 * (high - low), 1.0)
    return np.column_stack([low - room, high + room])


def outermost_first(coordinates: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the order of N points (N, K) by their distance from their mean, the largest first.

    >>> outermost_first(np.array([[0.0, 0], [9, 9], [1, 0]]))
    array([1, 0, 2])
    """
    if not len(coordinates):
        return np.zeros(0, dtype=np.intp)
    far = np.linalg.norm(coordinates - coordinates.mean(axis=0), axis=1)
    return np.argsort(-far, kind="stable")


def _at(coordinates: NDArray[np.float64]) -> Mark:
    """Return points (N, 2) as a plotly trace; NaN interrupts a line."""
    # As lists: plotly validates arrays far more slowly.
    return {"type": "scatter", **dict(zip("xy", coordinates.T.tolist(), strict=True))}


def _common_words(common: PointWords) -> Mark:
    shown = min(len(common.words), MAX_COMMON_WORDS)
    return _at(common.coordinates[:shown]) | {
        "mode": "markers",
        "marker": {"size": 4, "color": GREY, "opacity": 0.4},
        "text": [plotly_text(word) for word in common.words[:shown]],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _arrows(cloud: PointWords, joined: Sequence[tuple[str, str]]) -> Mark:
    index_of = {word: index for index, word in enumerate(cloud.words)}
    gap = np.full(2, np.nan)
    points = [
        point
        for start, end in joined
        if start in index_of and end in index_of
        for point in (cloud.coordinates[index_of[start]], cloud.coordinates[index_of[end]], gap)
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


def _words(cloud: PointWords, sides: Mapping[int, str]) -> list[Mark]:
    """Return two traces: the words with labels on the given sides, the others as dots."""
    named = list(sides)
    others = [index for index in range(len(cloud.words)) if index not in sides]
    names = [plotly_text(word) for word in cloud.words]
    hover = {"hovertemplate": "%{text}<br>%{x:.2f}, %{y:.2f}<extra></extra>"}
    return [
        _at(cloud.coordinates[named])
        | {
            "mode": "markers+text",
            "text": [names[index] for index in named],
            "textposition": list(sides.values()) or "top center",
            "textfont": {"size": TEXT_SIZE + 1, "color": INK},
            "marker": {"size": 10, "color": INK},
            "cliponaxis": False,
            **hover,
        },
        _at(cloud.coordinates[others])
        | {
            "mode": "markers",
            "text": [names[index] for index in others],
            "marker": {"size": 6, "color": INK},
            **hover,
        },
    ]


def _sides(
    cloud: PointWords, ranges: NDArray[np.float64], joined: Sequence[tuple[str, str]]
) -> dict[int, str]:
    """Return the side of each label by the index of its word, placed for the width of a phone."""
    shares = (cloud.coordinates - ranges[:, 0]) / np.ptp(ranges, axis=1)
    outermost = outermost_first(shares)[:MAX_LABELS]
    pixels = shares * [MIN_WIDTH, HEIGHT - 80]
    index_of = {word: index for index, word in enumerate(cloud.words)}
    lines = [
        (pixels[index_of[a]], pixels[index_of[b]]) for a, b in joined if {a, b} <= index_of.keys()
    ]
    kept_free = [a + share * (b - a) for a, b in lines for share in np.linspace(0, 1, 11)]
    kept_free += _margins(0, MIN_WIDTH, 0)
    named = [cloud.words[index] for index in outermost.tolist()]
    sides = place_labels(pixels[outermost], named, TEXT_SIZE + 1, kept_free)
    width = WIDTH if len(shares) <= MAX_LABELS else MIN_WIDTH
    drawn = shares * [width, HEIGHT - 80]
    are_readable = readable(
        drawn[outermost], named, sides, TEXT_SIZE + 1, np.delete(drawn, outermost, axis=0)
    )
    placed = zip(outermost.tolist(), sides, are_readable, strict=True)
    return dict(sorted((index, side) for index, side, is_readable in placed if is_readable))


def _margins(left: int, right: int, bottom: int) -> list[NDArray[np.float64]]:
    """Return points beside the picture that labels should avoid, in pixels."""
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
