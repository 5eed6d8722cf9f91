"""Fields for texts that go through a network: short enough for the address and for a picture."""

import streamlit as st

from pages.shared.controls import start_with
from pages.shared.examples import notes, presets

MOST = 2_000  # characters


def text_field(label: str, default: str, key: str, *, lines: int = 2, about: str = "") -> str:
    """Show a field of several lines, kept in the address; return what is typed.

    Args:
        label: what is typed.
        default: what stands there first.
        key: its name in `st.session_state` and in the address.
        lines: how high it is.
        about: what a question mark beside the label tells.
    """
    start_with(key, default)
    written = st.session_state.get(key)
    if isinstance(written, str):
        # Half a character, as a program may hand it over, cannot travel to the browser.
        valid = written.encode("utf-8", "replace").decode("utf-8")
        if valid != written:
            st.session_state[key] = valid
    typed = str(
        st.text_area(
            label,
            default,
            key=key,
            bind="query-params",
            max_chars=MOST,
            height=24 * lines + 34,
            help=about or None,
        )
        or ""
    )
    if len(typed) >= MOST:  # Streamlit cuts what comes, from a link too, and says nothing
        st.caption(f"The field takes {MOST:,} characters; what comes after them falls off.")
    return typed


def show_note(key: str, value: str) -> None:
    """Show what a teacher would add to an example, if it is one that a control now holds.

    Args:
        key: the control's name.
        value: what it holds.
    """
    told = notes("context", "label")
    for label, values in presets("context").items():
        if label in told and values.get(key) == value:
            st.info(told[label], icon=":material/lightbulb:")


def tell_fallen(fallen: int, kept: int, where: str = "end") -> None:
    """Say how many tokens of a text were not read, if any were not.

    Args:
        fallen: how many were not.
        kept: how many were.
        where: at which end of the text they stood.
    """
    if fallen > 0:
        st.caption(f"{kept} tokens are read; {fallen:,} more at the {where} fall off.")
