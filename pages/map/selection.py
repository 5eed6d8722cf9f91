"""The words selected on the map, and links to other pages with these words."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import streamlit as st

from core.embeddings import Embeddings
from core.layouts.map_words import MapWords
from pages import registry
from pages.shared.embeddings import GLOVE
from pages.shared.page_frame import plain
from pages.shared.url_state import Linked, is_opening
from viz.components.word_map import MAX_SENT, WordMapEvent, pack, unpack
from viz.numbers import counted

TABLE_KEYS = {"directions": "direction_vectors", "dot_products": "table"}
MAX_WORDS_PASSED = 150  # to another page, where a heatmap of more is unreadable
MAX_CHARACTERS = 6 * MAX_SENT  # of a selection; up to four bytes a word, in base64
MAX_IN_ADDRESS = 5_000  # characters; 3,000 neighbouring words


def _written(rows: Sequence[int]) -> str:
    return pack(rows).translate(str.maketrans("+/", "-_", "="))


def _parsed(text: str) -> tuple[int, ...] | None:
    if len(text) > MAX_CHARACTERS:
        return None
    standard = text.translate(str.maketrans("-_", "+/"))
    return unpack(standard + "=" * (-len(text) % 4)) or None


# The rows of the selected words, and how many words were selected, since not all are sent.
SELECTED: Final[Linked[tuple[int, ...]]] = Linked(
    "selected", (), _parsed, _written, max_chars=MAX_IN_ADDRESS
)
COUNT, TABLE = "map_selected_count", "map_selected_table"  # in `st.session_state`


def selected_rows(embeddings: Embeddings, table: str) -> Sequence[int]:
    """Return the rows of the selected words, and keep them; rows of other embeddings are dropped.

    Args:
        embeddings: the embeddings of the words.
        table: their name in the control.
    """
    state = st.session_state
    rows = SELECTED.start()
    is_other = table != state.get(TABLE, table) and not is_opening()
    state[TABLE] = table
    if is_other or (rows and rows[-1] >= len(embeddings)):
        rows = state[SELECTED.key] = ()
    if not SELECTED.keep(rows):
        st.caption(
            "Too many words are selected for the address: a link to this page leaves them out."
        )
    return rows


def select(drawn: MapWords, event: WordMapEvent) -> None:
    """Keep the words that were selected on the map."""
    st.session_state[SELECTED.key] = tuple(drawn.rows[list(event.selected)].tolist())
    st.session_state[COUNT] = event.selected_count


def select_rows(rows: Sequence[int]) -> None:
    """Keep words as selected, as if they had been selected on the map.

    Args:
        rows: their rows in the embeddings, ascending.
    """
    st.session_state[SELECTED.key] = tuple(rows[:MAX_SENT])
    st.session_state[COUNT] = len(rows)


def on_map(drawn: MapWords, rows: Sequence[int]) -> list[int]:
    """Return the indices of those rows that are on the map, ascending."""
    indices: list[int] = np.flatnonzero(np.isin(drawn.rows, rows)).tolist()
    return indices


def show_selection(
    embeddings: Embeddings, table: str, words: Sequence[str], indices: Sequence[int]
) -> None:
    """Show the words in the box or lasso, with links to other pages.

    Args:
        embeddings: the embeddings of the words.
        table: the name of the embeddings in the control.
        words: the drawn words.
        indices: the selected ones.
    """
    if not indices:
        return
    count = len(indices)
    if count == MAX_SENT:
        count = st.session_state.get(COUNT, count)
    selected = [words[index] for index in indices]
    passed = ", ".join(f'"{word}"' if "," in word else word for word in selected[:MAX_WORDS_PASSED])
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{counted(count, embeddings.unit)} selected.**"
                + ("" if embeddings.unit == "text" else " See them in"),
                width="content",
            )
            for name, key in TABLE_KEYS.items() if embeddings.unit != "text" else ():
                link = {"words": passed} | ({} if table == GLOVE else {key: table})
                st.page_link(registry.page(name), query_params=link, width="content")
            if embeddings.unit != "text":  # in a list, their commas and spaces would divide them
                st.button(
                    "Draw only these", key="draw_selected", on_click=_draw_only, args=(passed,)
                )
            if count > MAX_WORDS_PASSED and embeddings.unit != "text":
                st.caption(f"Other pages take the first {MAX_WORDS_PASSED}.", width="content")
        alt = f"Selected {embeddings.unit}s of {plain(embeddings.name)}."
        st.dataframe({embeddings.unit: selected}, height=180, alt=alt)


def _draw_only(words: str) -> None:
    st.session_state.only = words
    st.session_state[SELECTED.key] = ()
