"""The identity of a visitor, for jobs that several visitors share."""

from uuid import uuid4

import streamlit as st


def visitor() -> str:
    """Return the name of this session."""
    return str(st.session_state.setdefault("visitor", uuid4().hex))
