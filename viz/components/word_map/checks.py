"""Whether what a page hands to the word map fits together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viz.components.word_map.marks import Highlight, Link, Marker


def check_shape(
    words: Sequence[str], coordinates: NDArray[np.float32], axis_names: Sequence[str]
) -> None:
    """Raise ValueError unless there is a row for each word and a name for each axis, or none."""
    if coordinates.ndim != 2 or coordinates.shape[1] not in (2, 3):
        raise ValueError(
            f"Coordinates of shape {coordinates.shape} came; expected (words, 2) or (words, 3). "
            "Project the vectors to two or three dimensions first."
        )
    if len(words) != len(coordinates):
        raise ValueError(
            f"{len(words):,} words came with {len(coordinates):,} rows of coordinates; expected "
            "one row for each word. Cut the longer one, or compute the layout for these words."
        )
    if len(axis_names) not in (0, coordinates.shape[1]):
        raise ValueError(
            f"{len(axis_names)} axis names came for {coordinates.shape[1]} dimensions; expected "
            "one for each dimension, or none. Add or remove names."
        )


def check_marks(
    count: int,
    dimensions: int,
    highlights: Sequence[Highlight],
    links: Sequence[Link],
    markers: Sequence[Marker],
) -> None:
    """Raise ValueError unless every mark is at a word, or at a point with these dimensions."""
    ends = [place for link in links for place in (link.start, link.end)]
    for place in [*(mark.index for mark in highlights), *(m.position for m in markers), *ends]:
        if isinstance(place, tuple):
            if len(place) != dimensions:
                raise ValueError(
                    f"A mark came at the point {place}; expected {dimensions} coordinates, as the "
                    "layout has. Project the point as the words were projected."
                )
        elif not 0 <= place < count:
            raise ValueError(
                f"A mark came on word {place}; expected an index from 0 to {count - 1:,}. "
                "Leave out words that the map does not show."
            )
