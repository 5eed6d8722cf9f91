"""Checks of the arguments of a word map."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viz.components.word_map.marks import Highlight, Link, Marker


def check_shape(
    words: Sequence[str],
    coordinates: NDArray[np.float32],
    axis_names: Sequence[str],
    axis_scales: Sequence[tuple[float, float]] = (),
) -> None:
    """Raise ValueError unless each word has a row, and each axis, or none, a name and a scale."""
    if coordinates.ndim != 2 or coordinates.shape[1] not in (2, 3):
        raise ValueError(
            f"Got coordinates of shape {coordinates.shape}; expected (words, 2) or (words, 3). "
            "Project the vectors to two or three dimensions first."
        )
    if len(words) != len(coordinates):
        raise ValueError(
            f"Got {len(words):,} words and {len(coordinates):,} rows of coordinates; expected "
            "one row for each word. Compute the layout for these words."
        )
    for given, what in ((axis_names, "names"), (axis_scales, "scales")):
        if len(given) not in (0, coordinates.shape[1]):
            raise ValueError(
                f"Got {len(given)} axis {what} for {coordinates.shape[1]} dimensions; expected "
                f"one for each dimension, or none. Add or remove {what}."
            )


def check_marks(
    count: int,
    dimensions: int,
    highlights: Sequence[Highlight],
    links: Sequence[Link],
    markers: Sequence[Marker],
) -> None:
    """Raise ValueError unless every mark is at a word or at a point with `dimensions` numbers."""
    ends = [end for link in links for end in (link.start, link.end)]
    for end in [*(mark.index for mark in highlights), *(m.position for m in markers), *ends]:
        if isinstance(end, tuple):
            if len(end) != dimensions:
                raise ValueError(
                    f"Got a mark at the point {end}; expected {dimensions} coordinates, as the "
                    "layout has. Project the point like the words."
                )
        elif not 0 <= end < count:
            raise ValueError(
                f"Got a mark on word {end}; expected an index from 0 to {count - 1:,}. "
                "Leave out words that the map does not show."
            )
