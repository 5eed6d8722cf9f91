"""Sentences about the text in a field: the note of an example, and what was not read."""

import streamlit as st

from pages.shared.examples import notes, presets


def show_note(key: str, value: str) -> None:
    """Show what a teacher would add to an example, if it is one that a control now holds.

    Args:
        key: the control's name.
        value: what it holds.
    """
    told = notes("context", "label")
    for label, values in presets("context").items():
        if label in told and values.get(key) == value:
            st.info(told[label], icon=":material/lightbulb:")


def tell_truncated(truncated: int, kept: int, where: str = "end") -> None:
    """Say how many tokens of a text were not read, if any were not.

    Args:
        truncated: how many were not.
        kept: how many were.
        where: at which end of the text they stood.
    """
    if truncated > 0:
        st.caption(f"{kept} tokens are read; {truncated:,} more at the {where} are left out.")
