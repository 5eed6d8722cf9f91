"""A word map that needs no server: its message and its payloads, for a page or a notebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Unit
from core.layouts.regions import RegionLevel
from viz.components.word_map.checks import check_marks, check_shape
from viz.components.word_map.colors import coloring
from viz.components.word_map.marks import Highlight, Link, Marker
from viz.components.word_map.payload import layout_payload, words_payload
from viz.components.word_map.regions import (
    TWO_COLORINGS,
    check_regions,
    levels_payload,
    regions_id,
)
from viz.components.word_map.scene_message import scene_message


class Shown(TypedDict, total=False):
    """What a map can show beside words: the arguments of `picture`, which explains them."""

    groups: Sequence[int] | NDArray[np.integer] | None
    group_names: Sequence[str]
    group_colors: Sequence[int]
    values: Sequence[float] | NDArray[np.floating] | None
    value_name: str
    value_ticks: Mapping[float, str] | None
    signed: bool
    logarithmic: bool
    by_order: bool
    highlights: Sequence[Highlight]
    links: Sequence[Link]
    markers: Sequence[Marker]
    axis_names: Sequence[str]
    picked: int | None
    focus: Sequence[int]
    dim: bool
    regions: Sequence[RegionLevel]
    color_by_regions: bool
    notes: Sequence[str]
    unit: Unit


@dataclass(frozen=True)
class Picture:
    """A word map for the browser.

    Args:
        scene: the message, without the height; its payloads have no addresses.
        payloads: the words, the coordinates, and the colours and regions if there are any.
    """

    scene: Mapping[str, object]
    payloads: tuple[bytes, ...]


def picture(
    words: Sequence[str],
    coordinates: NDArray[np.float32],
    *,
    alt: str,
    words_id: str = "words",
    layout_id: str = "layout",
    groups: Sequence[int] | NDArray[np.integer] | None = None,
    group_names: Sequence[str] = (),
    group_colors: Sequence[int] = (),
    values: Sequence[float] | NDArray[np.floating] | None = None,
    value_name: str = "",
    value_ticks: Mapping[float, str] | None = None,
    signed: bool = False,
    logarithmic: bool = False,
    by_order: bool = False,
    highlights: Sequence[Highlight] = (),
    links: Sequence[Link] = (),
    markers: Sequence[Marker] = (),
    axis_names: Sequence[str] = (),
    picked: int | None = None,
    focus: Sequence[int] = (),
    dim: bool = True,
    regions: Sequence[RegionLevel] = (),
    color_by_regions: bool = False,
    notes: Sequence[str] = (),
    unit: Unit = "word",
) -> Picture:
    """Return the same map as `word_map` shows.

    Args:
        words: N words, the most important (most frequent) first: they are labelled first.
        coordinates: (N, 2) or (N, 3) float32; a word with NaN in its row is left out.
        alt: one sentence that describes the picture.
        words_id: different for different words in one document.
        layout_id: different for different coordinates in one document.
        groups: for each word the index of its group in `group_names`, or -1 for none.
        group_names: at most eight, shown as a legend.
        group_colors: the number of each group's colour, 0 to 7; in order without them.
        values: for each word a number, shown on a sequential scale (NaN for none); not with groups.
        value_name: the name of the numbers.
        value_ticks: labels for some numbers on the scale, instead of its ends.
        signed: whether the scale diverges around zero.
        logarithmic: whether equal steps on the scale are equal factors.
        by_order: whether equal steps on the scale have equally many words; `value_ticks` are then
            at shares of the words, 0 to 1.
        highlights: highlighted words.
        links: lines and arrows.
        markers: points that are not words.
        axis_names: one for each dimension, or none.
        picked: index of the word with the ring.
        focus: indices of words that the view starts at.
        dim: whether the other words fade while some are highlighted.
        regions: levels of regions of this layout, the coarsest first, whose names are shown.
        color_by_regions: whether the words have the colours of their regions; not with groups or
            values.
        notes: sentences at the foot of a poster, such as the method and its settings.
        unit: what the points are, for the sentences on the map.

    Raises:
        ValueError: the lengths, shapes or numbers of groups do not fit.

    >>> len(picture(["king", "queen"], np.eye(2, dtype=np.float32), alt="A pair.").payloads)
    2
    """
    check_shape(words, coordinates, axis_names)
    check_marks(len(words), coordinates.shape[1], highlights, links, markers)
    check_regions(regions, len(words), coordinates.shape[1])
    colors = coloring(
        len(words),
        groups=groups,
        group_names=group_names,
        group_colors=group_colors,
        values=values,
        value_name=value_name,
        value_ticks=value_ticks,
        signed=signed,
        logarithmic=logarithmic,
        by_order=by_order,
    )
    if colors and color_by_regions:
        raise ValueError(TWO_COLORINGS)
    regions_key = regions_id(regions, layout_id) if regions else None
    payloads = [words_payload(words_id, words), layout_payload(layout_id, coordinates)]
    if colors:
        payloads.append(colors.payload)
    if regions_key:
        payloads.append(levels_payload(regions_key, regions, coordinates))
    scene = scene_message(
        words=words_id,
        layout=layout_id,
        colors=colors,
        highlights=highlights,
        links=links,
        markers=markers,
        axis_names=axis_names,
        picked=picked,
        focus=focus,
        dim=dim,
        alt=alt,
        regions=regions_key,
        color_by_regions=color_by_regions and bool(regions),
        notes=notes,
        unit=unit,
    )
    # The browser drops payloads that have no address; these are sent and get an empty one.
    ids = [str(scene[kind]) for kind in ("words", "layout", "colors", "regions") if scene[kind]]
    return Picture({**scene, "addresses": dict.fromkeys(ids, "")}, tuple(payloads))
