"""The word map on a page: what Python hands over, and what comes back.

Words and coordinates are large and rarely change; highlights are small and change with every click.
So they travel apart. Large things ride in carriers, elements of their own that take no room: one
that has not changed is not sent again, since Streamlit then sends the hash of a message instead
(those above 10 kB, which the engine's script inside every carrier makes sure of). The scene is the
element that shows the map; it names the payloads it needs and waits for them.
"""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from viz.components.word_map import payload
from viz.components.word_map.checks import check_marks, check_shape
from viz.components.word_map.colors import color_places
from viz.components.word_map.event import WordMapEvent, read_event, read_pick
from viz.components.word_map.marks import Highlight, Link, Marker
from viz.components.word_map.script import ENGINE, STUB, joined

_payloads = payload.PayloadCache(budget=200_000_000)
_carrier = st.components.v2.component("word_map_carrier", js=joined(ENGINE))
_scene = st.components.v2.component("word_map", js=joined(STUB))


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
    values: Sequence[float] | NDArray[np.floating] | None = None,
    value_name: str = "",
    signed: bool = False,
    highlights: Sequence[Highlight] = (),
    links: Sequence[Link] = (),
    markers: Sequence[Marker] = (),
    axis_names: Sequence[str] = (),
    picked: int | None = None,
    focus: Sequence[int] = (),
    dim: bool = True,
    height: int = 560,
    on_pick: Callable[[int], None] | None = None,
) -> WordMapEvent:
    """Show a cloud of words in two or three dimensions.

    The two ids stand for the content: the same id must always mean the same words or coordinates.
    Two layouts with the same `words_id` and `key` turn into each other, each word flying to its
    new place.

    Args:
        words: N words, the most important (most frequent) first: they are labelled first.
        coordinates: (N, 2) or (N, 3) float32; a word with NaN in its row is left out.
        words_id: identity of `words`, such as "glove-6b-50d:20000".
        layout_id: identity of `coordinates`, such as "glove-6b-50d:20000:pca:2".
        alt: one sentence that says what the picture shows, for those who cannot see it.
        key: the element's name, unique on the page.
        groups: for each word the place of its group in `group_names`, or -1 for none.
        group_names: at most eight, shown as a legend.
        values: for each word a number, shown on a sequential scale (NaN for none); not with groups.
        value_name: what the numbers are.
        signed: whether the scale diverges around zero.
        highlights: words that stand out.
        links: lines and arrows.
        markers: points that are no words.
        axis_names: one for each dimension, or none.
        picked: index of the word that wears the ring; a click moves the ring until this changes.
        focus: indices of words to move the view to, whenever they change.
        dim: whether the other words fade while some are highlighted.
        height: in pixels; on small screens less, so that the page can still be scrolled.
        on_pick: called with the index of a clicked word before the page runs again.

    Returns:
        What was clicked and what is selected.

    Raises:
        ValueError: the lengths, shapes or numbers of groups do not fit.
    """
    count = len(words)
    check_shape(words, coordinates, axis_names)
    check_marks(count, coordinates.shape[1], highlights, links, markers)
    colors, legend = color_places(count, groups, group_names, values, value_name, signed)
    words_key, layout_key = f"words:{words_id}", f"layout:{layout_id}"
    cargo = {
        "words": _payloads.get(words_key, lambda: payload.words_payload(words_key, words)),
        "layout": _payloads.get(
            layout_key, lambda: payload.layout_payload(layout_key, coordinates)
        ),
    }
    if colors is not None:
        cargo["colors"] = payload.colors_payload(colors)
    scene = {
        "words": words_key,
        "layout": layout_key,
        "colors": payload.payload_id(cargo["colors"]) if colors is not None else None,
        "legend": legend,
        "highlights": [mark.to_json() for mark in highlights],
        "links": [mark.to_json() for mark in links],
        "markers": [mark.to_json() for mark in markers],
        "axes": list(axis_names),
        "picked": picked,
        "focus": [int(index) for index in focus],
        "dim": dim,
        "height": height,
        "alt": alt,
    }

    def pick() -> None:
        index = read_pick(st.session_state[key].get("picked"), words_key, count)
        if on_pick is not None and index is not None:
            on_pick(index)

    with st.container(gap=None):  # without a gap, an empty element takes no room
        for name, data in cargo.items():
            _carrier(key=f"{key}.{name}", data=data)
        result = _scene(
            key=key,
            data=scene,
            on_picked_change=pick,
            on_selection_change=lambda: None,
        )
    return read_event(result, words_key, count)
