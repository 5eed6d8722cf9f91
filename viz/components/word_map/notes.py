"""Sentences for the foot of a map's posters that are known only after the map is shown."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_notes = st.components.v2.component(
    "word_map_notes", js=Path(__file__).with_name("notes_element.js").read_text(encoding="utf-8")
)


def add_notes(layout_id: str, notes: Sequence[str], key: str) -> None:
    """Add sentences to the posters of a map.

    Args:
        layout_id: as that of `word_map`.
        notes: the sentences, after those that the map has.
        key: the element's name, unique on the page.
    """
    with st.container(gap=None):  # without a gap, an empty element takes no space
        _notes(key=key, data={"layout": f"layout:{layout_id}", "notes": list(notes)})
