"""The stations of the path, in their order: one page each."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PAGES = Path(__file__).resolve().parents[1]


def station(name: str) -> StreamlitPage:
    """Return a page by the stem of its file, which is also its address."""
    return stations()[name]


def stations() -> dict[str, StreamlitPage]:
    """Return all pages by name; the first is where the path begins."""
    return {
        "home": st.Page(PAGES / "home.py", title="Home", icon=":material/home:", default=True),
        "tokens": st.Page(PAGES / "tokens.py", title="Tokens", icon=":material/content_cut:"),
        "map": st.Page(PAGES / "map.py", title="Map", icon=":material/scatter_plot:"),
        "analogies": st.Page(
            PAGES / "analogies.py", title="Analogies", icon=":material/calculate:"
        ),
        "directions": st.Page(
            PAGES / "directions.py", title="Directions", icon=":material/explore:"
        ),
        "dot_products": st.Page(
            PAGES / "dot_products.py", title="Dot products", icon=":material/grid_on:"
        ),
        "evaluation": st.Page(
            PAGES / "evaluation.py", title="How good?", icon=":material/checklist:"
        ),
        "learning": st.Page(
            PAGES / "learning.py", title="Learning", icon=":material/model_training:"
        ),
        "context": st.Page(PAGES / "context.py", title="Context", icon=":material/route:"),
        "next_word": st.Page(PAGES / "next_word.py", title="Next word", icon=":material/casino:"),
    }
