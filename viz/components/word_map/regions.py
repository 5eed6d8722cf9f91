"""The regions of a word map: their colours, their radii, and the bytes that the browser gets."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.layouts.regions import RegionLevel
from viz.components.word_map.payload import regions_payload

HUES: Final = 8  # colours of the map; the last is grey and used only where no other is free
SHADES: Final = 4  # of each hue
RADIUS_SHARE: Final = 0.7  # of a region's words that are closer to its peak than its radius
MAX_REGIONS: Final = 2**16  # of a level: labels are sent as uint16
TWO_COLORINGS: Final = (
    "Got colours by regions beside groups or values; expected one of them, since a word has one "
    "colour. Leave `color_by_regions` out."
)
Booleans = NDArray[np.bool_]


def region_colors(levels: Sequence[RegionLevel]) -> list[list[int]]:
    """Return the palette index of each region of each level: 4 * hue + shade.

    Regions of the first level that touch have different hues; regions of the second that touch and
    have the same parent have different shades of its hue. Finer regions are coloured as their
    parents. If a region touches too many others, it shares the colour that they use least.

    >>> two = np.array([[0, 1], [1, 0]], dtype=bool)
    >>> level = RegionLevel(np.arange(2), two[0], np.eye(2), (), ("a", "b"), two, two[0])
    >>> region_colors([level])
    [[0, 4]]
    """
    colors: list[list[int]] = []
    for number, level in enumerate(levels):
        if number == 0:
            colors.append([SHADES * hue for hue in different_colors(level.adjacent, HUES, spare=1)])
        elif number == 1:
            same = level.parents[:, None] == level.parents
            shades = different_colors(level.adjacent & same, SHADES)
            colors.append(
                [
                    colors[0][parent] + shade
                    for parent, shade in zip(level.parents, shades, strict=True)
                ]
            )
        else:
            colors.append([colors[-1][parent] for parent in level.parents])
    return colors


def different_colors(adjacent: Booleans, count: int, spare: int = 0) -> list[int]:
    """Return a colour for each of R regions, 0 to `count` - 1, that differ where regions touch.

    The region whose neighbours have the most colours is next (Brélaz 1979), and gets the colour
    that is used least so far. This succeeds if no region touches `count` others or more.

    Args:
        adjacent: (R, R) bool, symmetric, whether two regions touch.
        count: number of colours.
        spare: number of colours at the end that are used only where no other is free.
    """
    colors = np.full(len(adjacent), -1)
    taken = np.zeros((len(adjacent), count), dtype=int)  # how often by neighbours
    used = np.zeros(count, dtype=int)
    last = np.arange(count) >= count - spare
    for _ in range(len(adjacent)):
        order = np.lexsort((-adjacent.sum(axis=1), -(taken > 0).sum(axis=1), colors >= 0))
        region = order[0]
        color = np.lexsort((used, last, taken[region]))[0]
        colors[region] = color
        used[color] += 1
        taken[adjacent[region], color] += 1
    indices: list[int] = colors.tolist()
    return indices


def region_radii(level: RegionLevel, coordinates: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the radius of each region, (R,) float32: 70 % of its words are closer to its peak."""
    apart = np.linalg.norm(coordinates - level.peaks[level.labels], axis=1)
    order = np.lexsort((apart, level.labels))
    sizes = np.bincount(level.labels, minlength=len(level))
    ends = np.cumsum(sizes)
    inside = np.minimum((RADIUS_SHARE * sizes).astype(int), sizes - 1)
    radii: NDArray[np.float32] = apart[order][ends - sizes + inside].astype(np.float32)
    return radii


def on_words(level: RegionLevel, coordinates: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each region the position of its word that is closest to its peak, (R, K) float32.

    A peak is the centre of a cell, where in sparse regions there may be nothing to see.
    """
    apart = np.linalg.norm(coordinates - level.peaks[level.labels], axis=1)
    order = np.lexsort((apart, level.labels))
    firsts = np.searchsorted(level.labels[order], np.arange(len(level)))
    positions: NDArray[np.float32] = coordinates[order[firsts]]
    return positions


def check_regions(levels: Sequence[RegionLevel], count: int, dimensions: int) -> None:
    """Raise ValueError unless each level is about these words and this layout."""
    for level in levels:
        if len(level.labels) != count or level.peaks.shape != (len(level), dimensions):
            raise ValueError(
                f"Got regions of {len(level.labels):,} words with peaks of shape "
                f"{level.peaks.shape}; expected {count:,} words in {dimensions} dimensions. "
                "Compute the regions of this layout."
            )
        if len(level) > MAX_REGIONS:
            raise ValueError(
                f"Got {len(level):,} regions in a level; expected at most {MAX_REGIONS:,}. "
                "Compute fewer regions."
            )


def regions_id(levels: Sequence[RegionLevel], layout: str) -> str:
    """Return the id of the payload of the regions of a layout, from their content."""
    digest = hashlib.blake2b(json.dumps([layout, *(level.names for level in levels)]).encode())
    for level in levels:
        digest.update(level.peaks.tobytes() + level.kept.tobytes())
    digest.update(levels[-1].labels.astype("<u2").tobytes())
    return f"regions:{digest.hexdigest()[:24]}"


def levels_payload(
    identity: str, levels: Sequence[RegionLevel], coordinates: NDArray[np.float32]
) -> bytes:
    """Return the regions of a layout as the bytes that the browser gets.

    Args:
        identity: the id of the payload.
        levels: one or more; each region lies in one of the level before.
        coordinates: (N, K) float32, the layout.
    """
    described = [
        {
            "names": list(level.names),
            "parents": level.parents.tolist(),
            "peaks": on_words(level, coordinates).tolist(),
            "sizes": np.bincount(level.labels, minlength=len(level)).tolist(),
            "kept": level.kept.round(4).tolist(),
            "radii": region_radii(level, coordinates).tolist(),
            "colors": colors,
        }
        for level, colors in zip(levels, region_colors(levels), strict=True)
    ]
    return regions_payload(identity, described, levels[-1].labels)
