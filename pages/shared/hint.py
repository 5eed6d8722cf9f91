"""The sentence above a figure that says what to see in it."""

import streamlit as st


def show_hint(sentence: str) -> None:
    """Show what to see in a figure; the sentence has to be true for what is drawn.

    Args:
        sentence: in Markdown; words of a visitor or a vocabulary are escaped with `plain`.
    """
    st.markdown(f":primary[:material/lightbulb:] {sentence}")
