"""The parse errors of a visitor's file."""

from collections.abc import Sequence

import streamlit as st

from core.enumeration import listed
from core.formats.text_lines import ParseError
from pages.shared.page_frame import plain
from viz.evaluation.sections import parse_error_table

MAX_NAMED = 5


def show_parse_errors(errors: Sequence[ParseError], used: int, what: str, note: str = "") -> None:
    """Show the first lines that could not be read, and the others in an expander.

    Args:
        errors: the lines that could not be read.
        used: the number of items that were read.
        what: the noun for these items, in the plural.
        note: a sentence on how the file was read; may be empty.
    """
    if note:
        st.caption(plain(note))
    if not errors:
        return
    lines = "1 line" if len(errors) == 1 else f"{len(errors):,} lines"
    reasons = listed([f"line {error.line:,}: {error.reason}" for error in errors], MAX_NAMED, "; ")
    st.warning(
        plain(f"{lines} could not be read; the other {used:,} {what} are used. {reasons}"),
        icon=":material/warning:",
    )
    if len(errors) > MAX_NAMED:
        with st.expander(f"All {lines}"):
            table = parse_error_table(errors)
            st.dataframe(table, hide_index=True, alt="Lines that cannot be read.")
