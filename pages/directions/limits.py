"""A part of the page: what directions cannot know."""

import streamlit as st

from core.geometry.arithmetic import solve
from pages import registry
from pages.shared.embeddings import default_embeddings
from pages.shared.page_frame import plain

BIAS = "doctor - man + woman"


def limits_part() -> None:
    """Show what directions cannot know, with an example."""
    nearest = solve(default_embeddings(), BIAS, 1).without_inputs
    st.subheader("What a direction cannot know", anchor=False)
    st.markdown(
        "A direction says how words were used in the texts that the vectors were learned from, not "
        f"how the world is: the word nearest to {plain(BIAS)} is **{plain(nearest.words[0])}** "
        f"(cosine {nearest.scores[0]:.3f}). And it is only as good as the words it is made from."
    )
    st.page_link(
        registry.page("analogies"), label="See it on Analogies", query_params={"expression": BIAS}
    )
