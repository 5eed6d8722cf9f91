"""Embedding Playground: the server. `python run.py` starts it.

It is an app of its own, beside the script that shows the pages, for two reasons: models are opened
while the first visitor's browser is still starting, and a page that is opened by its address before
any other already has its navigation (Streamlit takes a folder `pages` beside the script for the
navigation until the script says otherwise).
"""

from pathlib import Path

import streamlit as st

from pages.warm_up import warm_up

app = st.App(Path(__file__).parent / "pages" / "main.py", lifespan=warm_up)
