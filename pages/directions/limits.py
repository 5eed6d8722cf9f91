"""A part of the page: what directions cannot know."""

import streamlit as st

from core.geometry.arithmetic import solve
from pages import registry
from pages.shared.embeddings import GLOVE, default_embeddings
from pages.shared.page_frame import plain

BIAS = "doctor - man + woman"


def limits_part(table: str) -> None:
    """Show what directions cannot know; for GloVe, with an example.

    Args:
        table: the name of the selected vectors.
    """
    st.subheader("What a direction cannot know", anchor=False)
    st.markdown(
        "A direction says how words were used in the texts that the vectors were learned from, not "
        "how the world is. And it is only as good as the words it is made from."
        + (_example() if table == GLOVE else "")
    )
    if table == GLOVE:
        st.page_link(
            registry.page("analogies"),
            label="See it on Analogies",
            query_params={"expression": BIAS},
        )


@st.cache_data(show_spinner=False)
def _example() -> str:
    """Return, in Markdown, which word GloVe has nearest to an expression about a profession."""
    nearest = solve(default_embeddings(), BIAS, 1).without_inputs
    return (
        f" Take {plain(BIAS)}: apart from its own words, the nearest in GloVe is "
        f"**{plain(nearest.words[0])}** (cosine {nearest.scores[0]:.3f})."
    )
