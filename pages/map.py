"""Map: the whole space seen in two or three dimensions."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from core.errors import UnknownWordError
from core.geometry.neighbors import Neighbors, nearest
from pages.shared.controls import choice, text
from pages.shared.frame import errors_shown, headline, plain, show_error
from pages.shared.layouts import Layout, principal_layout, slice_layout
from pages.shared.presets import presets, word_groups
from pages.shared.sources import DEFAULT, default_embeddings
from viz.components.word_map import WordMapEvent, word_map
from viz.map import light_up
from viz.tables import neighbor_table

COUNTS = [100, 1_000, 5_000, 20_000, 100_000, 400_000]
PROJECTIONS = ("components", "slice")
AXES = ("woman - man", "king - man", "cats - cat")
EXAMPLES = presets("map")
GROUPS = word_groups()
START: dict[str, object] = {"projection": PROJECTIONS[0], "groups": []}


def fill_in() -> None:
    """Put the chosen example into the controls."""
    example = EXAMPLES.get(st.session_state.map_example)
    if example:
        st.session_state.update({**START, **example})


def choose() -> Layout:
    """Return the layout that the visitor chose."""
    st.pills(
        "Examples",
        list(EXAMPLES),
        key="map_example",
        on_change=fill_in,
        label_visibility="collapsed",
    )
    with st.container(horizontal=True):
        text("Search a word", "king", "word", width=180)
        st.multiselect(
            "Light up groups", list(GROUPS), key="groups", bind="query-params", width=260
        )
        count = st.select_slider(
            "Most frequent words",
            COUNTS,
            20_000,
            format_func="{:,}".format,
            key="count",
            bind="query-params",
            width=240,
        )
        components = int(choice("Picture", ("2D", "3D"), "map_dimensions")[0])
        projection = choice("Axes", PROJECTIONS, "projection")
    if projection == PROJECTIONS[0]:
        return principal_layout(count, components)
    columns = st.columns(components)
    axes: list[str] = []
    for place, (column, axis) in enumerate(zip(columns, AXES, strict=False), 1):
        with column:
            axes.append(text(f"Axis {place}", axis, f"axis_{place}"))
    return slice_layout(count, tuple(axes))


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
        height=530,
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
    table = neighbor_table(near)
    scores = {"cosine": st.column_config.NumberColumn(format="%.3f")}
    st.dataframe(table, column_config=scores, alt=f"The ten words nearest to {word}.")


@st.fragment
def map_part() -> None:
    """Show the map and what is near the searched word; a change runs this part alone."""
    with errors_shown():
        drawn = choose()
        embeddings = default_embeddings()
        searched = st.session_state.word.strip()
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
