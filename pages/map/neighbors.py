"""The nearest words in all dimensions."""

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.neighbors import Neighbors
from core.layouts.map_words import MapWords
from pages.map.search import search
from pages.shared.page_frame import plain
from pages.shared.tables import show_table
from pages.shared.word_links import show_word_links
from viz.tables import neighbor_table


def show_neighbors(embeddings: Embeddings, drawn: MapWords, row: int, near: Neighbors) -> None:
    """Show the words nearest to a word in all dimensions, and which of them are on the map."""
    dimensions = embeddings.dimensions
    st.markdown(f"**Nearest to {plain(embeddings.words[row])}** in all {dimensions} dimensions")
    table = neighbor_table(near)
    there = [drawn.position(other) is not None for other in near.indices.tolist()]
    if not all(there):
        table["drawn"] = there
    rows = dict(zip(near.words, near.indices.tolist(), strict=True))
    show_table(
        table,
        f"The ten words nearest to {embeddings.words[row]}.",
        index=all(there),  # the rank and three columns do not fit
        key="near",
        on_word=lambda word: search(embeddings, rows[word]),
    )
    st.caption("Click a word to go on to its neighbours.")
    show_word_links("map", embeddings.words[row])
