"""Let a text that is being typed arrive before the click on a link that ends it."""

from pathlib import Path
from typing import Final

import streamlit as st

KEY: Final = "typed_text"

_listener = st.components.v2.component(
    KEY,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    css=f".st-key-{KEY} {{ position: absolute; }}",  # there is nothing to see, and no gap above it
    isolate_styles=False,
)


def keep_typed_text() -> None:
    """Make links wait for the text of a field; call it once in each run of the app."""
    _listener(key=KEY)
