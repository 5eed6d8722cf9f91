"""A part of the page: the words on the straight line from one word to another."""

import streamlit as st

from pages.analogies.controls import go_to
from pages.shared.completion import offer_words
from pages.shared.controls import metric_choice, text, toggle
from pages.shared.embeddings import default_embeddings, default_walk
from pages.shared.figures import show_figure
from pages.shared.page_frame import errors_shown
from pages.shared.tables import show_table
from pages.shared.url_state import part
from viz.geometry.interpolation import interpolation_figure
from viz.tables import interpolation_table


@part
def interpolation_part() -> None:
    """Show the words nearest to the line between two words of the default embeddings."""
    st.subheader("The words on the way", anchor=False)
    st.markdown(
        "Which words are nearest to the straight line from one word to another? Always in GloVe."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        first = text("From", "king", "walk_from", width=200)
        last = text("to", "man", "walk_to", width=200)
        metric = metric_choice("walk_metric")
        count_ends = toggle("The two words themselves count too", "walk_ends", width="content")
    offer_words(default_embeddings(), "walk_from", "walk_to")
    if not first or not last:
        st.info("Type two words to see which words lie between them.")
        return
    with errors_shown("walk_from", "walk_to"):
        segments = default_walk(first, last, metric, count_ends)
        picture, numbers = st.columns([3, 2], gap="medium")
        with picture:
            show_figure(
                interpolation_figure(segments, first, last),
                key="walk",
                alt=f"The words nearest to the line from {first} to {last}, in their order.",
            )
        with numbers:
            show_table(
                interpolation_table(segments, metric),
                "The same words as numbers.",
                index=False,
                key="walk_table",
                on_word=go_to,
            )
