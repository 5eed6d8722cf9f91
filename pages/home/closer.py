"""A part of the page: the vectors of a word and of its nearest neighbours, number by number."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from pages.home.cached import near
from pages.home.hint import shared_dimension
from pages.shared.embeddings import default_embeddings
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from pages.shared.word_links import show_word_links
from viz.geometry.vector_strip import strip_figure

ROWS = 3  # neighbours


def show_vectors(word: str, hop: Callable[[str], None]) -> None:
    """Show the vectors of a known word and of its nearest neighbours.

    Args:
        word: the word.
        hop: called with the neighbour that is clicked.
    """
    embeddings = default_embeddings()
    close = near(word).take(range(ROWS))
    rows = np.array([embeddings.index(word), *close.indices])
    words = [word, *close.words]
    show_hint(shared_dimension(words, embeddings.vectors[rows]))
    show_figure(
        strip_figure(words, embeddings.vectors[rows]),
        key="strips",
        alt=f"The {embeddings.dimensions} numbers of {words[0]} as colours, and those of the three "
        f"words nearest to it: {', '.join(words[1:])}.",
    )
    st.markdown(
        f"The top row is **{plain(words[0])}**: {embeddings.dimensions} numbers, which a program "
        "named GloVe learned from six billion words of text. Below it are the three of "
        f"{len(embeddings):,} words whose numbers are most similar. A single number has no meaning "
        "of its own; only all together describe the word."
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Go on to a neighbour:", width="content")
        for each in words[1:]:
            st.button(plain(each), key=f"hop {each}", on_click=hop, args=(each,))
        show_word_links("home", words[0])
