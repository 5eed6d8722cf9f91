"""What could not be read of a visitor's file."""

from collections.abc import Sequence

import streamlit as st

from core.formats.analogy_questions import Fault
from pages.shared.page_frame import plain
from viz.evaluation.sections import fault_table

NAMED = 5


def show_faults(faults: Sequence[Fault], used: int, what: str) -> None:
    """Name the first lines that could not be read, and keep the others at hand.

    Args:
        faults: the lines.
        used: how many of what the others say are used.
        what: these.
    """
    if not faults:
        return
    lines = "1 line" if len(faults) == 1 else f"{len(faults):,} lines"
    told = "; ".join(f"line {fault.line:,}: {fault.reason}" for fault in faults[:NAMED])
    more = "; …" if len(faults) > NAMED else ""
    st.warning(
        plain(f"{lines} could not be read; the other {used:,} {what} are used. {told}{more}"),
        icon=":material/warning:",
    )
    if more:
        with st.expander(f"All {lines}"):
            st.dataframe(fault_table(faults), hide_index=True, alt="Lines that cannot be read.")
