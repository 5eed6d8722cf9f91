"""Map: the whole space seen in two or three dimensions."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.neighbors import nearest
from pages.shared.controls import examples, text
from pages.shared.frame import errors_shown, headline, plain
from pages.shared.layouts import PROJECTIONS, Layout, choose_layout
from pages.shared.numbers import show_table
from pages.shared.presets import word_groups
from pages.shared.sources import DEFAULT, default_embeddings
from viz.components.word_map import WordMapEvent, word_map
from viz.map import light_up
from viz.tables import neighbor_table

GROUPS = word_groups()
HEIGHT = 455  # pixels: in a window 800 high, the caption below it is on the first screen


def search(word: str) -> None:
    """Put a word into the search field."""
    st.session_state.word = word


def show_map(embeddings: Embeddings, layout: Layout, found: Sequence[int]) -> None:
    """Show the cloud, with what was found and the chosen groups lit up.

    Args:
        embeddings: all words.
        layout: where words are drawn.
        found: the rows of the searched word and of its neighbours, or none.
    """
    word = next(iter(found), None)
    count = len(layout.coordinates)
    groups = {name: embeddings.indices(GROUPS[name]).tolist() for name in st.session_state.groups}
    lit = light_up(embeddings, layout.projection, count, word, found[1:], groups)
    event = word_map(
        embeddings.words[:count],
        layout.coordinates,
        words_id=f"{DEFAULT}:{count}",
        layout_id=f"{DEFAULT}:{layout.name}",
        groups=lit.groups if groups else None,
        group_names=list(groups),
        highlights=lit.highlights,
        links=lit.links,
        markers=lit.markers,
        axis_names=layout.axis_names,
        picked=word if word is not None and word < count else None,
        alt=f"The {count:,} most frequent words of {embeddings.name}, drawn by {layout.title}.",
        key="map",
        height=HEIGHT,
        on_pick=lambda index: search(embeddings.words[index]),
    )
    st.caption(layout.caption(len(embeddings), len(lit.markers)))
    show_selection(embeddings, event)


def show_selection(embeddings: Embeddings, event: WordMapEvent) -> None:
    """Show the words in the box or lasso, to copy or download."""
    if not event.selected_count:
        return
    st.markdown(f"**{event.selected_count:,} words selected**")
    words = [embeddings.words[index] for index in event.selected]
    st.dataframe({"word": words}, height=220, alt="The selected words.")


def show_neighbors(embeddings: Embeddings, word: str) -> list[int]:
    """Show who is near a word in all dimensions, and return the rows of the word and of these."""
    if not word:
        st.markdown("Search a word, or click one, and its true neighbours are listed here.")
        return []
    row = embeddings.index(word)
    near = nearest(embeddings, embeddings.vectors[row], exclude=[row])
    dimensions = embeddings.dimensions
    st.markdown(f"**Nearest to {plain(embeddings.words[row])}** in all {dimensions} dimensions")
    show_table(neighbor_table(near), f"The ten words nearest to {word}.")
    return [row, *near.indices.tolist()]


@st.fragment
def map_part() -> None:
    """Show the map and what is near the searched word; a change runs this part alone."""
    examples("map", "map_example", {"projection": PROJECTIONS[0], "groups": []})
    controls = st.container(horizontal=True)
    with controls:
        searched = text("Search a word", "king", "word", width=180)
        st.multiselect(
            "Light up groups", list(GROUPS), key="groups", bind="query-params", width=260
        )
    axes = st.container()
    picture, numbers = st.columns([4, 1], gap="medium")
    found: list[int] = []
    with numbers, errors_shown("word"):
        found = show_neighbors(default_embeddings(), searched)
    with axes, errors_shown():
        layout = choose_layout(controls)
        if layout is not None:
            with picture:
                show_map(default_embeddings(), layout, found)


headline("Map", "Every point is a word; words used alike lie close together.")
map_part()
