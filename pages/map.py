"""Map: the whole space seen in two or three dimensions."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from core.errors import UnknownWordError
from core.geometry.neighbors import Neighbors, nearest
from pages.shared.controls import examples, text
from pages.shared.frame import errors_shown, headline, plain, show_error
from pages.shared.layouts import PROJECTIONS, Layout, choose_layout
from pages.shared.numbers import show_table
from pages.shared.presets import word_groups
from pages.shared.sources import DEFAULT, default_embeddings
from viz.components.word_map import WordMapEvent, word_map
from viz.map import light_up
from viz.tables import neighbor_table

GROUPS = word_groups()
HEIGHT = 530  # pixels: at 800, the caption below it is still on the first screen


def search(word: str) -> None:
    """Put a word into the search field."""
    st.session_state.word = word


def show_map(embeddings: Embeddings, layout: Layout, word: int | None, near: Sequence[int]) -> None:
    """Show the cloud; the searched word, its neighbours and the chosen groups are lit up."""
    count = len(layout.coordinates)
    groups = {name: embeddings.indices(GROUPS[name]).tolist() for name in st.session_state.groups}
    lit = light_up(embeddings, layout.projection, count, word, near, groups)
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
    shares = layout.projection.explained
    st.caption(
        f"Drawn: {count:,} of {len(embeddings):,} words, the most frequent"
        + (f", and {len(lit.markers)} more because lit up" if lit.markers else "")
        + f". These {len(shares)} axes keep {shares.sum():.1%} of the variance; the rest is "
        "flattened away, so words that lie far apart can look close."
    )
    show_selection(embeddings, event)


def show_selection(embeddings: Embeddings, event: WordMapEvent) -> None:
    """Show the words in the box or lasso, to copy or download."""
    if not event.selected_count:
        return
    st.markdown(f"**{event.selected_count:,} words selected**")
    words = [embeddings.words[index] for index in event.selected]
    st.dataframe({"word": words}, height=220, alt="The selected words.")


def show_neighbors(near: Neighbors, word: str) -> None:
    """Show who is near in all dimensions, whatever the picture suggests."""
    st.markdown(f"**Nearest to {plain(word)}** in all 50 dimensions")
    show_table(neighbor_table(near), f"The ten words nearest to {word}.")


@st.fragment
def map_part() -> None:
    """Show the map and what is near the searched word; a change runs this part alone."""
    with errors_shown():
        examples("map", "map_example", {"projection": PROJECTIONS[0], "groups": []})
        controls = st.container(horizontal=True)
        with controls:
            searched = text("Search a word", "king", "word", width=180)
            st.multiselect(
                "Light up groups", list(GROUPS), key="groups", bind="query-params", width=260
            )
        drawn = choose_layout(controls)
        embeddings = default_embeddings()
        picture, numbers = st.columns([4, 1], gap="medium")
        row, near = None, []
        with numbers:
            try:
                row = embeddings.index(searched) if searched else None
            except UnknownWordError as error:
                show_error(error, lambda _, known: search(known))
            if row is None:
                st.markdown("Search a word, or click one, and its true neighbours are listed here.")
            else:
                found = nearest(embeddings, embeddings.vectors[row], exclude=[row])
                near = found.indices.tolist()
                show_neighbors(found, embeddings.words[row])
        with picture:
            show_map(embeddings, drawn, row, near)


headline("Map", "Every point is a word; words used alike lie close together.")
map_part()
