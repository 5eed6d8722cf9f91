"""The snapshot seen, kept in the address: for a link, for a reload, for the browser's Back."""

from typing import Final

import streamlit as st

from pages.learning.runs import PLACE

KEPT: Final = "learning_kept"  # in the session: the snapshot that the address has from this page


def linked_place() -> int | None:
    """Return the snapshot that the address asks for; None if it only says what is seen already.

    To be asked when the whole page runs: while a part of it runs by itself again and again, the
    browser may still send the address from before.
    """
    linked = st.query_params.get(PLACE, "")
    if not (linked.isascii() and linked.isdigit() and len(linked) < 6):
        return None
    kept = st.session_state.get(KEPT, 0)
    has_moved = st.session_state.get(PLACE, kept) != kept  # since it was written there
    return None if has_moved or int(linked) == kept else int(linked)


def keep_in_address(place: int) -> None:
    """Write the snapshot seen into the address; nothing for the untrained one."""
    # The address that came may be older than what this page wrote last; so both are compared.
    kept, st.session_state[KEPT] = st.session_state.get(KEPT, 0), place
    if not place:
        st.query_params.pop(PLACE, None)
    elif place != kept or st.query_params.get(PLACE) != str(place):
        st.query_params[PLACE] = str(place)
