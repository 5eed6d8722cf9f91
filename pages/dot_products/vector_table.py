"""A table for typed vectors, which are kept in the address."""

from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from core.embeddings import Embeddings
from core.errors import InputError
from core.formats.typed import read_typed
from pages.shared.controls import text_value
from pages.shared.page_frame import show_error

TOY = "king 9 -5 6\nqueen 8 -4 6"
KEY = "toy"  # in the session and the address: the vectors as lines
SIZES = (2, 12)  # minimum and maximum number of dimensions
LARGEST = 999_999.0
LINES: Final = text_value(KEY, TOY)


def toy_vectors() -> Embeddings:
    """Show the table and return its vectors; rows without a word are left out.

    Raises:
        InputError: no row has a word, or two rows have the same word.
    """
    _start()
    shown = read_typed(st.session_state[f"{KEY}_shown"])
    row = st.container(horizontal=True, gap="medium")
    # Left of the table, or above it on a phone, where the table's toolbar covers what is above it.
    with row.container(width="content"):
        _size_field(shown.dimensions)
    table = row.data_editor(
        _table(shown),
        key=_editor(),
        num_rows="dynamic",
        hide_index=True,
        width="content",
        column_config={
            name: st.column_config.NumberColumn(
                width=66, default=0, min_value=-LARGEST, max_value=LARGEST
            )
            for name in _names(shown.dimensions)
        }
        | {"word": st.column_config.TextColumn(width=120, max_chars=30)},
    )
    complete = rows_of(table)
    if len(complete) < len(table):
        st.caption("A row without a word is left out.")
    if table.drop(columns="word").isna().any(axis=None):
        st.caption("A cell without a number counts as 0.")
    lines = text_of(complete)
    embeddings = read_typed(lines)
    st.session_state[KEY] = st.session_state[f"{KEY}_read"] = lines
    LINES.keep(lines)
    return embeddings


def exact(vector: Any) -> Any:  # noqa: ANN401
    """Return a vector's coordinates as typed: 0.1 instead of the nearest float32.

    >>> exact(np.array([0.1], dtype=np.float32)).tolist()
    [0.1]
    """
    return np.asarray(vector).astype(str).astype(np.float64)


def _start() -> None:
    """Fill the table if an example, a link or the size control has changed the vectors."""
    state = st.session_state
    lines = LINES.start()
    if lines == state.get(f"{KEY}_read") and _editor() in state:
        return
    try:
        shown = read_typed(lines)
    except InputError as error:
        show_error(error)
        lines = TOY
    else:
        if not SIZES[0] <= shown.dimensions <= SIZES[1]:
            st.error(f"Vectors in the table have {SIZES[0]} to {SIZES[1]} numbers.")
            lines = TOY
    state[f"{KEY}_shown"] = lines
    state[f"{KEY}_table"] = state.get(f"{KEY}_table", 0) + 1  # a new table without earlier edits


def _editor() -> str:
    """Return the key of the table."""
    return f"{KEY}_table_{st.session_state.get(f'{KEY}_table', 0)}"


def _size_field(dimensions: int) -> None:
    """Show the control for the number of dimensions."""
    key = f"{KEY}_size"
    st.session_state[key] = dimensions

    def resize() -> None:
        size = st.session_state[key]
        rows = [line.split() for line in st.session_state[KEY].split("\n")]
        resized = [[*row, *["0"] * size][: size + 1] for row in rows]
        st.session_state[KEY] = "\n".join(" ".join(row) for row in resized)

    st.number_input("Numbers per vector", *SIZES, key=key, on_change=resize, width=150)


def _names(dimensions: int) -> list[str]:
    return [str(dimension) for dimension in range(1, dimensions + 1)]


def _table(embeddings: Embeddings) -> pd.DataFrame:
    numbers = pd.DataFrame(exact(embeddings.vectors), columns=_names(embeddings.dimensions))
    numbers.insert(0, "word", list(embeddings.words))
    return numbers


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a word, in which all but finite numbers are replaced by 0."""
    numbers = table.drop(columns="word").apply(pd.to_numeric, errors="coerce")
    numbers = numbers.replace([np.inf, -np.inf], np.nan).fillna(0.0)
    words = table["word"].fillna("").astype(str).str.split().str.join("_")
    ordered: pd.DataFrame = numbers.assign(word=words)[["word", *numbers.columns]]
    return ordered.loc[words != ""]


def text_of(complete: pd.DataFrame) -> str:
    """Return rows as lines in the format of `read_typed`."""
    return "\n".join(
        " ".join([word, *(f"{number:.7g}" for number in numbers)])
        for word, *numbers in complete.itertuples(index=False)
    )
