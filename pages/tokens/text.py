"""A field for a text of any length; the address keeps it while it is short."""

import streamlit as st

from core.language.tokenizer import MOST_CHARACTERS

LINKED = 2_000  # characters of a text that the address holds


def text_field(label: str, default: str, key: str) -> str:
    """Show a field of several lines and, below it, what of a long text falls off.

    Args:
        label: what is typed.
        default: what stands there first.
        key: its name in `st.session_state` and in the address.
    """
    state, kept = st.session_state, f"{key} kept"
    # Not bound to the address: a bound field writes there whatever it holds, however long.
    if key not in state:
        state[key] = state.get(kept, st.query_params.get(key, default))
    # Half a character, as a program may hand it over, cannot travel to the browser.
    state[key] = str(state[key]).encode("utf-8", "replace").decode("utf-8")
    text = str(st.text_area(label, key=key, height=80) or "")
    state[kept] = text
    if text == default or len(text) > LINKED:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text
    if len(text) > MOST_CHARACTERS:
        st.warning(
            f"Only the first {MOST_CHARACTERS:,} characters are cut into tokens; the other "
            f"{len(text) - MOST_CHARACTERS:,} fall off."
        )
    elif len(text) > LINKED:
        st.caption("The text is too long for the address: a link to this page comes without it.")
    return text
