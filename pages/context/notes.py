"""Sentences about the text in a field: the note of an example, and the truncated tokens."""

import streamlit as st

from pages.shared.examples import notes, presets


def show_note(key: str, value: str) -> None:
    """Show the note of the example that a control holds, if there is one.

    Args:
        key: the key of the control.
        value: its value.
    """
    note_of = notes("context", "label")
    for label, values in presets("context").items():
        if label in note_of and values.get(key) == value:
            st.info(note_of[label], icon=":material/lightbulb:")


def show_truncated(truncated: int, kept: int, where: str = "end") -> None:
    """Show the number of truncated tokens, if there are any.

    Args:
        truncated: the number of truncated tokens.
        kept: the number of other tokens.
        where: the end of the text at which tokens were truncated.
    """
    if truncated > 0:
        st.caption(f"{kept} tokens are read; {truncated:,} more at the {where} are left out.")
