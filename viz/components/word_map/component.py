"""The word map on a page: its arguments and its events.

Words and coordinates are large and rarely change; highlights are small and change with every click.
Therefore they are sent separately. The large ones, the payloads, are kept once for all visitors as
files that Streamlit serves. A small message, the scene, has their ids and addresses, and the
browser fetches those that it does not have. (Inside a message, each would be hashed twice in every
rerun: 60 ms for 400,000 words.) The drawing script is in an invisible element, the engine: if a
message above 10 kB has not changed, Streamlit sends its hash instead.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit import runtime

from core.embeddings import Unit
from core.layouts.regions import RegionLevel
from core.lru import LRU
from viz.components.modules import joined
from viz.components.shared_value import browser_sent, revision
from viz.components.word_map import payload
from viz.components.word_map.checks import check_marks, check_shape
from viz.components.word_map.colors import coloring
from viz.components.word_map.event import WordMapEvent, pack, read_event, read_pick
from viz.components.word_map.marks import Highlight, Link, Marker
from viz.components.word_map.regions import (
    TWO_COLORINGS,
    check_regions,
    levels_payload,
    regions_id,
)
from viz.components.word_map.scene_message import scene_message

_FOLDER = Path(__file__).parent
_payload_cache = LRU[str, bytes](200_000_000, size=len)  # of all visitors
_engine = st.components.v2.component("word_map_engine", js=joined(_FOLDER / "engine_element.js"))
_scene = st.components.v2.component("word_map", js=joined(_FOLDER / "scene_element.js"))


def word_map(
    words: Sequence[str],
    coordinates: NDArray[np.float32],
    *,
    words_id: str,
    layout_id: str,
    alt: str,
    key: str,
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
    axis_scales: Sequence[tuple[float, float]] = (),
    picked: int | None = None,
    focus: Sequence[int] = (),
    dim: bool = True,
    height: int = 560,
    view_key: str = "",
    selected: Sequence[int] | None = None,
    regions: Sequence[RegionLevel] = (),
    color_by_regions: bool = False,
    notes: Sequence[str] = (),
    unit: Unit = "word",
    on_pick: Callable[[int], None] | None = None,
    on_select: Callable[[WordMapEvent], None] | None = None,
) -> WordMapEvent:
    """Show a cloud of words in two or three dimensions.

    The ids identify the content: equal ids must mean equal words or coordinates. When a layout is
    replaced by another one with the same `words_id` and `key`, each word moves to its new position
    in an animation.

    Args:
        words: N words, the most important (most frequent) first: they are labelled first.
        coordinates: (N, 2) or (N, 3) float32; a word with NaN in its row is left out.
        words_id: identity of `words`, such as "glove-6b-50d:20000".
        layout_id: identity of `coordinates`, such as "glove-6b-50d:20000:pca:2".
        alt: one sentence that describes the picture, for screen readers.
        key: the element's name, unique on the page.
        groups: for each word the index of its group in `group_names`, or -1 for none.
        group_names: at most eight, shown as a legend.
        group_colors: the number of each group's colour, 0 to 7; in order without them.
        values: for each word a number, shown on a sequential scale (NaN for none); not with groups.
        value_name: the name of the numbers.
        value_ticks: labels for some numbers on the scale, such as {1: "1st"}, instead of its ends.
        signed: whether the scale diverges around zero.
        logarithmic: whether equal steps on the scale are equal factors.
        by_order: whether equal steps on the scale have equally many words; `value_ticks` are then
            at shares of the words, 0 to 1.
        highlights: highlighted words.
        links: lines and arrows.
        markers: points that are not words.
        axis_names: one for each dimension, or none.
        axis_scales: for coordinates that were scaled to be drawn, the (middle, factor) of each
            dimension: the table lists middle + factor * coordinate. Or none.
        picked: index of the word with the ring; a click moves the ring until this changes.
        focus: indices of words that the view moves to, whenever they change; with a single one,
            the words drawn closest to it are in view, too.
        dim: whether the other words fade while some are highlighted.
        height: in pixels; less on small screens, so that the page can still be scrolled.
        view_key: the key in the page's address under which the browser keeps a view that was moved
            by hand; without it, a link does not restore the view.
        selected: indices of the selected words, ascending; without it, only the browser knows them.
        regions: levels of regions of this layout, the coarsest first: their names stand on the
            picture, and a click on one selects its words.
        color_by_regions: whether the words have the colours of their regions; not with groups or
            values.
        notes: sentences at the foot of a poster, such as the method and its settings.
        unit: what the points are, for the sentences on the map.
        on_pick: called with the index of a clicked word before the page runs again.
        on_select: called when words were selected in a box or lasso, or none any more.

    Returns:
        The word that was clicked, and the words that are selected.

    Raises:
        ValueError: the lengths, shapes or numbers of groups do not fit.
    """
    count = len(words)
    check_shape(words, coordinates, axis_names, axis_scales)
    check_marks(count, coordinates.shape[1], highlights, links, markers)
    check_regions(regions, count, coordinates.shape[1])
    colors = coloring(
        count,
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
    words_key, layout_key = f"words:{words_id}", f"layout:{layout_id}"
    payloads = {
        words_key: _payload_cache.get_or_make(
            words_key, lambda: payload.packed(payload.words_payload(words_key, words), 1)
        ),
        layout_key: _payload_cache.get_or_make(
            layout_key, lambda: payload.packed(payload.layout_payload(layout_key, coordinates), 0)
        ),
    }
    if colors and color_by_regions:
        raise ValueError(TWO_COLORINGS)
    regions_key = regions_id(regions, layout_id) if regions else None
    if regions_key:
        payloads[regions_key] = _payload_cache.get_or_make(
            regions_key,
            lambda: payload.packed(levels_payload(regions_key, regions, coordinates), 1),
        )
    if colors:
        payloads[payload.payload_id(colors.payload)] = payload.packed(colors.payload, 0)
    scene = {
        **scene_message(
            words=words_key,
            layout=layout_key,
            colors=colors,
            highlights=highlights,
            links=links,
            markers=markers,
            axis_names=axis_names,
            axis_scales=axis_scales,
            picked=picked,
            focus=focus,
            dim=dim,
            alt=alt,
            regions=regions_key,
            color_by_regions=color_by_regions and bool(regions),
            notes=notes,
            unit=unit,
        ),
        "height": height,
        "view_key": view_key,
        "selection": None if selected is None else _selection(words_key, selected, key),
        "addresses": {
            name: _address(data, f"{key}.{slot}")
            for slot, (name, data) in enumerate(payloads.items())
        },
    }

    def pick() -> None:
        index = read_pick(st.session_state[key].get("picked"), words_key, count)
        if on_pick is not None and index is not None:
            on_pick(index)

    def select() -> None:
        message = st.session_state[key].get("selection")
        if message is not None and message.get("words") != words_key:
            return
        event = read_event({"selection": message}, words_key, count)
        browser_sent(f"{key}.selected", (words_key, pack(event.selected)))
        if on_select is not None:
            on_select(event)

    with st.container(gap=None):  # without a gap, an empty element takes no space
        _engine(key=f"{key}.engine")
        result = _scene(
            key=key,
            data=scene,
            on_picked_change=pick,
            on_selection_change=select,
        )
    return read_event(result, words_key, count)


def _selection(words_key: str, selected: Sequence[int], key: str) -> dict[str, object]:
    """Return the message about selected words, which the browser adopts if it is a new one."""
    indices = pack(selected)
    return {"indices": indices, "revision": revision(f"{key}.selected", (words_key, indices))}


def _address(data: bytes, slot: str) -> str:
    """Return the address of a payload, which replaces the one in the same `slot` of the page."""
    if not runtime.exists():  # run as a plain script, without a browser
        return ""
    return runtime.get_instance().media_file_mgr.add(data, "application/gzip", slot)
