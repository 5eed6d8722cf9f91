"""The identity of a visitor, for jobs that several visitors share."""

from uuid import uuid4

import streamlit as st


def visitor() -> str:
    """Return the identity of this session's visitor."""
    return str(st.session_state.setdefault("visitor", uuid4().hex))
