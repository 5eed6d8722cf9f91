"""Map: the whole space seen in two or three dimensions."""

from typing import Any

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.fidelity import neighbors_kept
from core.geometry.neighbors import Neighbors, nearest
from pages.shared.believe import kept_of_word, show_belief, what_is_drawn, what_is_kept
from pages.shared.controls import examples, text
from pages.shared.forming import SECONDS, is_forming
from pages.shared.frame import errors_shown, headline
from pages.shared.layouts import Layout
from pages.shared.map_controls import (
    METHODS,
    TABLE,
    Colors,
    choose_colors,
    choose_layout,
    choose_words,
)
from pages.shared.map_export import offer_exports
from pages.shared.map_selection import show_selection
from pages.shared.near import show_neighbors
from pages.shared.sources import GLOVE, chosen_table, embeddings_of
from viz.components.word_map import word_map
from viz.map import light_up

HEIGHT = 455  # pixels: in a window 800 high, the caption below it is on the first screen
LOOKING = "map_looks_again"
OTHERWISE: dict[str, object] = {
    "projection": METHODS[0],
    "map_dimensions": "2D",
    "colour": "groups",
    "groups": [],
    TABLE: GLOVE,
}


def search(word: str) -> None:
    """Put a word into the search field."""
    st.session_state.word = word


def show_map(
    embeddings: Embeddings,
    layout: Layout,
    colors: Colors,
    word: int | None,
    neighbors: Neighbors | None,
) -> dict[str, Any]:
    """Show the cloud with what is lit up, and return how it is shown.

    Args:
        embeddings: all words.
        layout: where words are drawn.
        colors: what they are coloured by.
        word: the row of the searched word, or None.
        neighbors: the words nearest to it among all, or None.
    """
    drawn = layout.drawn
    place = None if word is None else drawn.place(word)
    near = None if place is None else neighbors_kept(drawn.units, layout.coordinates, place)
    others = [] if neighbors is None else neighbors.indices.tolist()
    lit = light_up(
        embeddings,
        drawn,
        layout.projection,
        word,
        others if near is None else near,
        colors.groups,
    )
    shown = colors.shown | {
        "highlights": lit.highlights,
        "links": lit.links,
        "markers": lit.markers,
        "axis_names": layout.axis_names,
        "picked": place,
        "alt": f"{len(drawn):,} words of {embeddings.name}, drawn by {layout.title}.",
    }
    event = word_map(
        drawn.words,
        layout.coordinates,
        words_id=drawn.digest,
        layout_id=layout.name,
        key="map",
        height=HEIGHT,
        on_pick=lambda index: search(drawn.words[index]),
        **shown,
    )
    missing = [embeddings.words[row] for row in lit.missing]
    added = len(lit.markers)
    st.caption(f"{what_is_drawn(layout, len(embeddings), added, missing)} {what_is_kept(layout)}")
    if near is not None and word is not None:
        st.caption(kept_of_word(layout, embeddings.words[word], near))
    show_selection(embeddings, chosen_table(TABLE), drawn.words, event)
    return shown


def map_part() -> None:
    """Show the map and what is near the searched word; a change runs this part alone."""
    examples("map", "map_example", OTHERWISE)
    embeddings = embeddings_of(chosen_table(TABLE))
    controls = st.container(horizontal=True, vertical_alignment="bottom")
    with controls:
        searched = text("Search a word", "king", "word", width=170)
        how = st.container(horizontal=True, width="content")
        more = st.container(horizontal=True, width="content")
    below = st.container()
    picture, numbers = st.columns([4, 1], gap="medium")
    word: int | None = None
    with numbers, errors_shown("word"):
        if searched:
            word = embeddings.index(searched)
        else:
            st.markdown("Search a word, or click one, and its true neighbours are listed here.")
    with below, errors_shown():
        drawn = choose_words(more, embeddings)
        colors = choose_colors(more, embeddings, drawn)
        layout = choose_layout(how, more, embeddings, drawn)
        near, shown = None, dict[str, Any]()
        if word is not None:
            near = nearest(embeddings, embeddings.vectors[word], exclude=[word])
        if layout is not None:
            with picture:
                shown = show_map(embeddings, layout, colors, word, near)
        # After the map: a browser that opens the page fetches what draws the first thing first.
        if word is not None and near is not None:
            with numbers:
                show_neighbors(embeddings, drawn, word, near)
        if layout is not None and not is_forming():
            with picture:
                show_belief(layout)
                offer_exports(layout, shown)
    if is_forming() != st.session_state[LOOKING]:
        st.rerun()  # from now on the map looks again and again, or no longer


headline("Map", "Every point is a word; words used alike lie close together.")
st.session_state[LOOKING] = is_forming()
st.fragment(map_part, run_every=SECONDS if is_forming() else None)()
