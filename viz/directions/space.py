"""Words along three directions: a space for the word map."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.geometry.directions import Direction
from core.layouts.array_store import words_digest
from viz.components.word_map.marks import Highlight, Link, Marker, Role
from viz.directions.plane import PointWords, axis_ranges, outermost_first

# The colours of the two ends of a direction, as on the number line.
LOW_ROLE: Final[Role] = "blue"
HIGH_ROLE: Final[Role] = "vermillion"


@dataclass(frozen=True)
class Space:
    """The arguments of the word map for words along three directions.

    Args:
        words: the words, then the common words that are not among them.
        coordinates: (N, 3) float32, scaled so that the words fill the picture along each axis; NaN
            for common words outside the picture.
        axis_scales: middle and half length of each axis, in the units of the directions.
        highlights: the words, the outermost first, so that these have labels if there are many.
        links: a line for each direction through the origin, and the arrows.
        markers: the named ends of the directions.
    """

    words: tuple[str, ...]
    coordinates: NDArray[np.float32]
    axis_scales: tuple[tuple[float, float], ...]
    highlights: tuple[Highlight, ...]
    links: tuple[Link, ...]
    markers: tuple[Marker, ...]

    @cached_property
    def words_id(self) -> str:
        """An identifier of the words."""
        return f"space:{words_digest(self.words)}"

    @cached_property
    def layout_id(self) -> str:
        """An identifier of the coordinates."""
        return f"space:{hashlib.blake2b(self.coordinates.tobytes(), digest_size=16).hexdigest()}"


def direction_space(
    directions: Sequence[Direction],
    cloud: PointWords,
    common: PointWords,
    joined: Sequence[tuple[str, str]] = (),
) -> Space:
    """Return words as points, with their coordinates along three directions.

    Args:
        directions: the three directions, one per axis.
        cloud: the words.
        common: the most frequent words, faint in the background.
        joined: pairs of words; an arrow leads from the first to the second.
    """
    ranges = axis_ranges(cloud.coordinates)
    known = set(cloud.words)
    behind = [index for index, word in enumerate(common.words) if word not in known]
    points = _in_cube(np.vstack([cloud.coordinates, common.coordinates[behind]]), ranges)
    points[np.any(np.abs(points) > 1, axis=1)] = np.nan
    order = outermost_first(points[: len(cloud.words)]).tolist()
    index_of = {word: index for index, word in enumerate(cloud.words)}
    arrows = [
        Link(index_of[a], index_of[b], "blue") for a, b in joined if {a, b} <= index_of.keys()
    ]
    lines, ends = [], []
    for axis, direction in enumerate(directions):
        along = np.zeros((2, 3))
        along[:, axis] = ranges[axis]
        low, high = (tuple(end) for end in _in_cube(along, ranges).tolist())
        lines.append(Link(low, high, "neutral", arrow=False))
        ends.append(Marker(low, direction.low_end, LOW_ROLE))
        ends.append(Marker(high, direction.high_end, HIGH_ROLE))
    return Space(
        words=(*cloud.words, *(common.words[index] for index in behind)),
        coordinates=points.astype(np.float32),
        axis_scales=tuple(zip(ranges.mean(axis=1), np.ptp(ranges, axis=1) / 2, strict=True)),
        highlights=tuple(Highlight(index, "neutral") for index in order),
        links=(*lines, *arrows),
        markers=tuple(ends),
    )


def _in_cube(points: NDArray[np.float64], ranges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points (N, 3) scaled to -1 to 1 between the ends of each axis."""
    return np.asarray(2 * (points - ranges.mean(axis=1)) / np.ptp(ranges, axis=1))
