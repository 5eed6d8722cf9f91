"""A value that both the page and the browser may set, such as the position of a slider.

Python sends its value with every run. The browser must follow it only when the page itself set
another one: a late answer of the server would otherwise move a slider back under the finger.
"""

import streamlit as st


def revision(key: str, value: object) -> int:
    """Return a number that rises whenever the page sets a value that the browser did not send.

    Args:
        key: of the component.
        value: what the page sets in this run.
    """
    known, count = f"{key}.value", f"{key}.revision"
    if count not in st.session_state or st.session_state.get(known) != value:
        st.session_state[known] = value
        st.session_state[count] = st.session_state.get(count, 0) + 1
    number: int = st.session_state[count]
    return number


def browser_sent(key: str, value: object) -> None:
    """Record a value that the browser sent, so that the same value from the page is no change."""
    st.session_state[f"{key}.value"] = value
