"""Tables of words and numbers in the format of all pages."""

import pandas as pd
import streamlit as st


def show_table(table: pd.DataFrame, alt: str, *, index: bool = True) -> None:
    """Show a table that can be downloaded; percentages without decimals, other numbers with three.

    Args:
        table: words and numbers; the names of columns with percentages contain "%".
        alt: a description for screen readers.
        index: whether the names of the rows are shown.
    """
    if "Mobi" in (st.context.headers.get("User-Agent") or ""):
        # On touch screens Streamlit always shows a table's toolbar, over whatever is above it.
        st.space(24)
    numbers = table.select_dtypes("number").columns
    columns = {
        name: st.column_config.NumberColumn(format="%.0f" if "%" in name else "%.3f")
        for name in numbers
    }
    st.dataframe(table, column_config=columns, hide_index=not index, placeholder="", alt=alt)
