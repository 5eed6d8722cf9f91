"""The word that is searched on the map, by typing or by a click.

Two tokens may differ only by the space before them, and a typed word matches the one with a space.
Therefore a click also sets the row, in the session and in the address.
"""

from typing import Final

import streamlit as st

from core.embeddings import Embeddings
from pages.shared.url_state import Linked

WORD, ROW = "word", "row"  # in `st.session_state` and in the address
# In `st.session_state`: the last searched rows, and rows at the edge of a chosen region.
LAST: Final = "map_last_row"
REGION: Final = "map_region_rows"


def _row(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None


CLICKED: Final[Linked[int | None]] = Linked(ROW, None, _row)


def search(embeddings: Embeddings, row: int) -> None:
    """Put the word of a clicked row into the search field."""
    st.session_state[WORD] = embeddings.words[row]
    st.session_state[ROW] = row


def searched_row(embeddings: Embeddings, written: str) -> int:
    """Return the row of a word: the clicked row if it has this word, else the row found by name.

    Raises:
        UnknownWordError: there is no such word.
    """
    row = CLICKED.start()
    has_word = row is not None and row < len(embeddings) and embeddings.words[row] == written
    if row is not None and has_word and embeddings.index(written) != row:
        CLICKED.keep(row)
        return row
    st.session_state[ROW] = None
    return embeddings.index(written)


def focused_rows(rows: tuple[int, ...]) -> tuple[int, ...]:
    """Return the rows that the view moves to: those of a chosen region, or those searched.

    Args:
        rows: the row of the searched word, or those of the texts that were found; none without a
            search. Another search ends the choice of a region.
    """
    state = st.session_state
    if rows != state.get(LAST, ()):
        state.pop(REGION, None)
    state[LAST] = rows
    chosen: tuple[int, ...] = state.get(REGION, ())
    return chosen or rows
