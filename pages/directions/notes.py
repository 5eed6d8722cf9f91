"""The notes on the examples of directions."""

import streamlit as st

from pages.shared.embeddings import GLOVE, chosen_table
from pages.shared.examples import notes, presets

TABLE = "direction_vectors"
NOTES = notes("directions", "words")


def show_note() -> None:
    """Show the note on the example that the controls hold, if there is one; for GloVe only."""
    state = st.session_state
    if chosen_table(TABLE) != GLOVE:
        return
    for example in presets("directions").values():
        if all(state.get(key) == value for key, value in example.items()):
            if note := NOTES.get(str(example["words"]), ""):
                st.info(note, icon=":material/lightbulb:")
            return
