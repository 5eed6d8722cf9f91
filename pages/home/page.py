"""Home: the vector of a word as colours, and the pages in the order of the learning path."""

import numpy as np
import streamlit as st

from core.geometry.neighbors import nearest
from pages import registry
from pages.home.hint import shared_dimension
from pages.shared.controls import text
from pages.shared.embeddings import default_embeddings
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, plain, show_page
from pages.shared.random_word import show_random_word
from pages.shared.word_links import show_word_links
from viz.geometry.vector_strip import strip_figure
from viz.style import TOOLBAR

PATH = {
    "tokens": "Text is cut into tokens, and each picks a row of numbers.",
    "map": "The numbers are coordinates. See all words at once, and which are near each other.",
    "analogies": "Differences are arrows. What is *king* minus *man* plus *woman*?",
    "learning": "Numbers start random. Watch a text change them until related words are near.",
    "context": "Layer by layer, the other words of a sentence change a word's numbers.",
    "next_word": "The last row of numbers becomes a probability for every next token.",
}


def show_word(written: str) -> None:
    """Show the vectors of a word and of its nearest neighbours; raises `UnknownWordError`."""
    embeddings = default_embeddings()
    row = embeddings.index(written)
    near = nearest(embeddings, embeddings.vectors[row], 3, exclude=[row])
    rows = np.array([row, *near.indices])
    words = [embeddings.words[index] for index in rows.tolist()]
    show_hint(shared_dimension(words, embeddings.vectors[rows]))
    st.plotly_chart(
        strip_figure(words, embeddings.vectors[rows]),
        key="strips",
        config=TOOLBAR,
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
        for word in words[1:]:
            st.button(plain(word), key=f"hop {word}", on_click=_hop, args=(word,))
        show_word_links("home", words[0])


def _hop(word: str) -> None:
    st.session_state["start"] = word


with show_page(
    "Embedding Playground",
    "See how language models turn words into numbers, and what the numbers know.",
):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        written = text("A word", "king", "start", width=200)
        embeddings = default_embeddings()
        show_random_word(embeddings, lambda row: _hop(embeddings.words[row]))
    if written:
        with errors_shown("start"):
            show_word(written)
    else:
        st.info("Type a word to see its numbers.")
    st.subheader("One path, from text to the next word", anchor=False)
    columns = st.columns(len(PATH), gap="small")
    for column, (name, sentence) in zip(columns, PATH.items(), strict=True):
        with column.container(border=True, height="stretch"):
            st.page_link(registry.page(name))
            st.markdown(sentence)
