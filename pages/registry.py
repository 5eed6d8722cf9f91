"""The pages in the order of the learning path: title, icon and address of each."""

from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

FOLDER: Final = Path(__file__).resolve().parent
TITLES: Final = {
    "home": ("Home", ":material/home:"),
    "tokens": ("Tokens", ":material/content_cut:"),
    "map": ("Map", ":material/scatter_plot:"),
    "analogies": ("Analogies", ":material/calculate:"),
    "directions": ("Directions", ":material/explore:"),
    "dot_products": ("Dot products", ":material/grid_on:"),
    "evaluation": ("How good?", ":material/checklist:"),
    "learning": ("Learning", ":material/model_training:"),
    "context": ("Context", ":material/route:"),
    "next_word": ("Next word", ":material/casino:"),
    "data": ("Data", ":material/upload_file:"),
}


def page(name: str) -> StreamlitPage:
    """Return a page by the name of its folder, which is also its address."""
    title, icon = TITLES[name]
    return st.Page(
        FOLDER / name / "page.py",
        title=title,
        icon=icon,
        # A script tokens.py beside the package tokens would be hidden by it, so every script is
        # called page.py and its address is given here.
        url_path=name,
        default=name == "home",
    )


def pages() -> list[StreamlitPage]:
    """Return all pages; the first is the start page."""
    return [page(name) for name in TITLES]
