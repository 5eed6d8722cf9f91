"""Who is looking, for work that several visitors wait for."""

from uuid import uuid4

import streamlit as st


def visitor() -> str:
    """Return what stands for this visitor, as long as the page is open."""
    return str(st.session_state.setdefault("visitor", uuid4().hex))
