"""The script that Streamlit runs: page configuration and navigation."""

import streamlit as st

from pages.registry import FOLDER, pages
from pages.typed_text import keep_typed_text

LOGO = str(FOLDER.parent / "assets" / "logo.svg")

st.set_page_config(page_title="Embedding Playground", page_icon=LOGO, layout="wide")
if st.context.is_embedded:  # a page in a frame: its figures and their controls alone
    st.navigation(pages(), position="hidden").run()
else:
    st.logo(LOGO)
    st.navigation(pages(), position="top").run()
keep_typed_text()
