"""Tables of words and numbers in the format of all pages."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pages.shared.controls import toggle


def show_table(table: pd.DataFrame, alt: str, *, index: bool = True) -> None:
    """Show a table that can be downloaded; its numbers have three decimals.

    Percentages and columns of whole numbers have none.

    Args:
        table: words and numbers; the names of columns with percentages contain "%".
        alt: a description for screen readers.
        index: whether the names of the rows are shown.
    """
    if "Mobi" in (st.context.headers.get("User-Agent") or ""):
        # On touch screens Streamlit always shows a table's toolbar, over whatever is above it.
        st.space(24)
    whole = set(table.select_dtypes("integer").columns)
    columns = {
        name: st.column_config.NumberColumn(
            format="%.0f" if name in whole or "%" in name else "%.3f"
        )
        for name in table.select_dtypes("number").columns
    }
    st.dataframe(table, column_config=columns, hide_index=not index, placeholder="", alt=alt)


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
