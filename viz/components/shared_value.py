"""A value that both the page and the browser can set, such as the position of a slider.

The page sends its value with every run. The browser must adopt it only if the page itself has
changed it; otherwise a late response of the server would move a slider back while it is dragged.
"""

import streamlit as st


def revision(key: str, value: object) -> int:
    """Return a number that increases whenever the page sets a value that the browser did not send.

    Args:
        key: the key of the component.
        value: the value that the page sets in this run.
    """
    known, count = f"{key}.value", f"{key}.revision"
    if count not in st.session_state or st.session_state.get(known) != value:
        st.session_state[known] = value
        st.session_state[count] = st.session_state.get(count, 0) + 1
    number: int = st.session_state[count]
    return number


def browser_sent(key: str, value: object) -> None:
    """Record a value that the browser sent, so that the same value of the page is no change."""
    st.session_state[f"{key}.value"] = value
