"""Embedding Playground: the server. `python run.py` starts it.

It is separate from the script of the pages, pages/main.py, for two reasons. Models are loaded while
the first visitor's browser is still starting. And the navigation is right even if the first page is
opened by its address: until the script has run, Streamlit builds the navigation from a folder
`pages` beside the script.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.upload_limit import UploadLimit
from pages.warm_up import warm_up

app = st.App(
    Path(__file__).parent / "pages" / "main.py",
    lifespan=warm_up,
    middleware=[Middleware(UploadLimit)],
)
