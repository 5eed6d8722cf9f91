"""The map with its highlighted words and captions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.neighbors import Neighbors
from core.layouts.quality import NeighborsKept, neighbors_kept
from core.layouts.regions import RegionLevel
from pages.map.controls import TABLE, Colors
from pages.map.layouts import Layout
from pages.map.quality import (
    group_hint,
    map_caption,
    poster_notes,
    projection_caption,
    word_caption,
)
from pages.map.regions import region_hint
from pages.map.search import focused_rows, search
from pages.map.selection import on_map, select, selected_rows, show_selection
from pages.shared.embeddings import chosen_table
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from pages.shared.user_embeddings import title
from viz.components.word_map.component import word_map
from viz.geometry.map import MapMarks, map_marks
from viz.numbers import counted

VIEW_KEY: Final = "view"  # in the address; the browser writes it
HEIGHT = 565  # pixels; 40 of them are the toolbar


@dataclass(frozen=True, eq=False)
class Seen:
    """What is seen on a map beside its layout.

    Args:
        colors: the colours of the points.
        word: the row of the searched word, or None.
        neighbors: its nearest neighbours among all words, or those of a sentence, or None.
    """

    colors: Colors
    word: int | None
    neighbors: Neighbors | None


def show_map_hint(
    embeddings: Embeddings, layout: Layout, levels: Sequence[RegionLevel], seen: Seen
) -> None:
    """Show what to see on the map; the arguments are those of `show_map`."""
    colors, near = seen.colors, kept_by(layout, seen)
    if near is not None and seen.word is not None:
        show_hint(word_caption(layout, embeddings.words[seen.word], near))
    elif len(colors.groups) > 1 and (hint := group_hint(layout, colors.groups)):
        show_hint(hint)
    elif colors.by_regions and levels:
        show_hint(region_hint(levels, embeddings.unit))


def show_map(
    embeddings: Embeddings, layout: Layout, levels: Sequence[RegionLevel], seen: Seen
) -> dict[str, Any]:
    """Show the map above its caption and the selected words.

    Args:
        embeddings: all words.
        layout: the words of the map and their coordinates.
        levels: of the map's regions; may be none.
        seen: what else is seen.

    Returns:
        The arguments of the word map beside words and coordinates.
    """
    drawn, near = layout.drawn, kept_by(layout, seen)
    with st.container():
        rows = selected_rows(embeddings, chosen_table(TABLE))
    selected = on_map(drawn, rows)
    marks, shown = draw_map(embeddings, layout, levels, seen, near, selected, "map", VIEW_KEY)
    missing = [embeddings.words[row] for row in marks.missing]
    words = map_caption(layout, len(embeddings), len(marks.markers), missing)
    vectors = plain(title(chosen_table(TABLE)))
    st.caption(f"Vectors: {vectors}. {words} {projection_caption(layout)}")
    show_selection(embeddings, chosen_table(TABLE), drawn.words, selected)
    return shown


def draw_map(
    embeddings: Embeddings,
    layout: Layout,
    levels: Sequence[RegionLevel],
    seen: Seen,
    near: NeighborsKept | None,
    selected: Sequence[int],
    key: str,
    view_key: str = "",
) -> tuple[MapMarks, dict[str, Any]]:
    """Draw a map; what is clicked or selected on it is searched or selected for all maps.

    Args:
        embeddings: all words.
        layout: the words of the map and their coordinates.
        levels: of the map's regions; may be none.
        seen: what else is seen.
        near: which neighbours of the searched word the layout keeps; None if it is not drawn.
        selected: indices of the selected words.
        key: the element's name.
        view_key: the key in the address of its view; empty if that is not kept.

    Returns:
        The marks, and the arguments of the word map beside words and coordinates.
    """
    drawn, word = layout.drawn, seen.word
    index = None if word is None else drawn.position(word)
    others = [] if seen.neighbors is None else seen.neighbors.indices.tolist()
    marks = map_marks(
        embeddings,
        drawn,
        layout.projection,
        word,
        others if near is None else near,
        seen.colors.groups,
    )
    shown = seen.colors.shown | {
        "highlights": marks.highlights,
        "links": marks.links,
        "markers": marks.markers,
        "axis_names": layout.axis_names,
        "picked": index,
        "focus": tuple(on_map(drawn, focused_rows(tuple(others) if word is None else (word,)))),
        "regions": levels,
        "color_by_regions": seen.colors.by_regions,
        "notes": poster_notes(
            layout,
            title(chosen_table(TABLE)),
            len(embeddings),
            by_regions=seen.colors.by_regions and bool(levels),
        ),
        "unit": drawn.unit,
        "alt": f"{counted(len(drawn), drawn.unit)} of {embeddings.name}, drawn by {layout.title}.",
    }
    word_map(
        drawn.words,
        layout.coordinates,
        words_id=drawn.digest,
        layout_id=layout.name,
        key=key,
        height=HEIGHT,
        view_key=view_key,
        selected=selected,
        on_pick=lambda index: search(embeddings, int(drawn.rows[index])),
        on_select=partial(select, drawn),
        **shown,
    )
    return marks, shown


def kept_by(layout: Layout, seen: Seen) -> NeighborsKept | None:
    """Return which neighbours of the searched word a layout keeps; None if it is not drawn."""
    index = None if seen.word is None else layout.drawn.position(seen.word)
    if index is None:
        return None
    return neighbors_kept(layout.drawn.units, layout.coordinates, index)
