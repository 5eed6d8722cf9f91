"""The script that Streamlit runs: page configuration and navigation."""

import streamlit as st

from pages.registry import FOLDER, pages
from pages.typed_text import keep_typed_text

LOGO = str(FOLDER.parent / "assets" / "logo.svg")

# In the dark theme, white on the primary colour has a contrast of 3.96:1, less than a text needs,
# and a darker one would be too dark for texts on the background. So the main button is darkened.
DARKER_BUTTONS = """<style>
[data-testid=stBaseButton-primary] {
  background-image: linear-gradient(rgb(0 0 0 / 0.2), rgb(0 0 0 / 0.2));
}
</style>"""

st.set_page_config(page_title="Embedding Playground", page_icon=LOGO, layout="wide")
if st.context.is_embedded:  # a page in a frame: its figures and their controls alone
    st.navigation(pages(), position="hidden").run()
else:
    st.logo(LOGO)
    st.navigation(pages(), position="top").run()
keep_typed_text()
st.html(DARKER_BUTTONS)
