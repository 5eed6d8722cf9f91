"""Tables of words and numbers, as every page shows them."""

import pandas as pd
import streamlit as st


def show_table(table: pd.DataFrame, alt: str, *, index: bool = True) -> None:
    """Show a table to read and download: shares of the way as percents, scores to 3 digits.

    Args:
        table: words and numbers.
        alt: what it says, for those who cannot see it.
        index: whether the names of the rows are shown.
    """
    if "Mobi" in (st.context.headers.get("User-Agent") or ""):
        # Where nothing hovers, Streamlit shows a table's toolbar always, on what stands above it.
        st.space(24)
    numbers = table.select_dtypes("number").columns
    columns = {
        name: st.column_config.NumberColumn(format="%.0f" if "%" in name else "%.3f")
        for name in numbers
    }
    st.dataframe(table, column_config=columns, hide_index=not index, placeholder="", alt=alt)
