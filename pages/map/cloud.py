"""The map with its highlighted words and captions."""

from functools import partial
from typing import Any, Final

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.neighbors import Neighbors
from core.layouts.quality import neighbors_kept
from pages.map.controls import TABLE, Colors
from pages.map.layouts import Layout
from pages.map.quality import group_hint, map_caption, projection_caption, word_caption
from pages.map.search import is_focused, search
from pages.map.selection import on_map, select, selected_rows, show_selection
from pages.shared.embeddings import chosen_table
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from viz.components.word_map import word_map
from viz.geometry.map import map_marks
from viz.numbers import counted

VIEW_KEY: Final = "view"  # in the address; the browser writes it
HEIGHT = 455  # pixels: in a window 800 high, the caption below it is on the first screen


def show_map(
    embeddings: Embeddings,
    layout: Layout,
    colors: Colors,
    word: int | None,
    neighbors: Neighbors | None,
) -> dict[str, Any]:
    """Show the map, and return the arguments of the word map beside words and coordinates.

    Args:
        embeddings: all words.
        layout: the words of the map and their coordinates.
        colors: the colours of the points.
        word: the row of the searched word, or None.
        neighbors: its nearest neighbours among all words, or None.
    """
    drawn = layout.drawn
    index = None if word is None else drawn.position(word)
    near = None if index is None else neighbors_kept(drawn.units, layout.coordinates, index)
    others = [] if neighbors is None else neighbors.indices.tolist()
    marks = map_marks(
        embeddings,
        drawn,
        layout.projection,
        word,
        others if near is None else near,
        colors.groups,
    )
    shown = colors.shown | {
        "highlights": marks.highlights,
        "links": marks.links,
        "markers": marks.markers,
        "axis_names": layout.axis_names,
        "picked": index,
        "focus": (index,) if is_focused(embeddings, word) and index is not None else (),
        "alt": f"{counted(len(drawn), 'word')} of {embeddings.name}, drawn by {layout.title}.",
    }
    if near is not None and word is not None:
        show_hint(word_caption(layout, embeddings.words[word], near))
    elif len(colors.groups) > 1 and (hint := group_hint(layout, colors.groups)):
        show_hint(hint)
    rows = selected_rows(embeddings, chosen_table(TABLE))
    selected = on_map(drawn, rows)
    word_map(
        drawn.words,
        layout.coordinates,
        words_id=drawn.digest,
        layout_id=layout.name,
        key="map",
        height=HEIGHT,
        view_key=VIEW_KEY,
        selected=selected,
        on_pick=lambda index: search(embeddings, int(drawn.rows[index])),
        on_select=partial(select, drawn),
        **shown,
    )
    missing = [embeddings.words[row] for row in marks.missing]
    words = map_caption(layout, len(embeddings), len(marks.markers), missing)
    st.caption(f"Vectors: {plain(chosen_table(TABLE))}. {words} {projection_caption(layout)}")
    show_selection(embeddings, chosen_table(TABLE), drawn.words, selected)
    return shown
