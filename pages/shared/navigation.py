"""The pages and the way from one to the next; every visit runs this script first."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).resolve().parents[1]

st.set_page_config(
    page_title="Embedding Playground", page_icon=":material/bubble_chart:", layout="wide"
)
st.navigation(
    [
        st.Page(PAGES / "home.py", title="Home", icon=":material/home:", default=True),
        st.Page(PAGES / "map.py", title="Map", icon=":material/scatter_plot:"),
        st.Page(PAGES / "analogies.py", title="Analogies", icon=":material/calculate:"),
    ],
    position="top",
).run()
