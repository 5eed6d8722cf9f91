"""Tables of words and numbers in the format of all pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.shared.controls import toggle
from pages.shared.page_frame import is_phone

WRAPPED_WIDTH: Final = 150  # pixels of a column of texts, at least
TEXT_HEIGHT: Final = 72  # pixels of a row: three lines of a text
TEXT_LETTERS: Final = 45  # of a text that is surely whole in them


def show_table(
    table: pd.DataFrame,
    alt: str,
    *,
    index: bool = True,
    key: str = "",
    on_word: Callable[[str], None] | None = None,
    on_cell: Callable[[int, str], None] | None = None,
    height: int | None = None,
    row_height: int | None = None,
) -> None:
    """Show a table that can be downloaded; its numbers have three decimals.

    Percentages and columns of whole numbers have none.

    Args:
        table: words and numbers; the names of columns with percentages contain "%".
        alt: a description for screen readers.
        index: whether the names of the rows are shown.
        key: its name in `st.session_state`, if words can be clicked.
        on_word: called with the word of a cell that is clicked, or with the first of its row.
        on_cell: called with the row, from 0, and the column of a cell that is clicked; not with
            `on_word`.
        height: in pixels; longer tables are scrolled. None for the usual height.
        row_height: in pixels; texts are wrapped in higher rows. None for a line.
    """
    if is_phone():
        # On touch screens Streamlit always shows a table's toolbar, over whatever is above it.
        st.space(24)
    whole = set(table.select_dtypes("integer").columns)
    columns = {
        name: st.column_config.NumberColumn(
            format="%.0f" if name in whole or "%" in name else "%.3f"
        )
        for name in table.select_dtypes("number").columns
    }
    looks: dict[str, Any] = {}
    if on_word is not None:
        on_cell = partial(_call_with_word, table, on_word)
    if on_cell is not None:
        # The first rows are part of the key: a table of other words has no cell selected.
        key = f"{key} {table.head(3).to_numpy().tolist()}"
        looks = {"key": key, "selection_mode": "single-cell"}
        looks["on_select"] = partial(_call_with_cell, key, on_cell)
    looks |= {"column_config": columns, "hide_index": not index, "placeholder": "", "alt": alt}
    if height is not None:
        looks["height"] = height
    if row_height is not None:
        looks["row_height"] = row_height
        columns |= {
            name: st.column_config.TextColumn(width=WRAPPED_WIDTH)
            for name in ("_index", *table.columns.difference(list(columns)))
        }
    st.dataframe(table, **looks)


def _call_with_cell(key: str, on_cell: Callable[[int, str], None]) -> None:
    """Call a function with the row and the column of the selected cell, if there is one."""
    for row, column in st.session_state[key]["selection"]["cells"]:
        on_cell(row, column)


def _call_with_word(
    table: pd.DataFrame, on_word: Callable[[str], None], row: int, column: str
) -> None:
    """Call a function with the word in a cell of a table, or with the first of its row."""
    cells = [table[column].iloc[row], *table.iloc[row]]
    on_word(next(cell for cell in cells if isinstance(cell, str)))


def numbers_on_demand(
    key: str, table: Callable[[], pd.DataFrame], alt: str, *, index: bool = True
) -> None:
    """Show a switch for the numbers of a figure and, if it is on, their table.

    Args:
        key: the name of the switch in `st.session_state` and in the address.
        table: returns the table.
        alt: as for `show_table`.
        index: as for `show_table`.
    """
    if toggle("Show the numbers", key):
        show_table(table(), alt, index=index)
