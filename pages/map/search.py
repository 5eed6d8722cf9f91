"""The word that is searched on the map: typed, or clicked.

A token without the sign of a space is not found by its name, if there is one with it as well. So a
click also keeps the row, here and in the address.
"""

import streamlit as st

from core.embeddings import Embeddings

WORD, ROW = "word", "row"  # in `st.session_state` and in the address


def search(embeddings: Embeddings, row: int) -> None:
    """Put the word of a clicked row into the search field."""
    st.session_state[WORD] = embeddings.words[row]
    st.session_state[ROW] = row


def searched_row(embeddings: Embeddings, written: str) -> int:
    """Return the row of a word: the one that was clicked, if it is called so, else by its name.

    Raises:
        UnknownWordError: there is no such word.
    """
    row = _clicked()
    is_named_so = row is not None and row < len(embeddings) and embeddings.words[row] == written
    if row is not None and is_named_so and embeddings.index(written) != row:
        st.query_params[ROW] = str(row)
        return row
    st.session_state[ROW] = None
    st.query_params.pop(ROW, None)
    return embeddings.index(written)


def _clicked() -> int | None:
    """Return the row that was clicked in this visit, or else that of the address."""
    linked = st.query_params.get(ROW, "")
    if ROW not in st.session_state and linked.isascii() and linked.isdigit() and len(linked) < 9:
        return int(linked)
    row: int | None = st.session_state.get(ROW)
    return row
