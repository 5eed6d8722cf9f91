"""The frame of every visit: what the browser's tab shows, and the way from page to page."""

import streamlit as st

from pages.shared.stations import PAGES, stations

LOGO = str(PAGES.parent / "assets" / "logo.svg")

st.set_page_config(page_title="Embedding Playground", page_icon=LOGO, layout="wide")
st.logo(LOGO)
st.navigation(list(stations().values()), position="top").run()
