"""Downloads of a map as an HTML page and of its coordinates as a table."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.map.layouts import Layout
from pages.map.quality import quality_text
from viz.components.word_map.standalone import standalone_html
from viz.numbers import counted


def offer_exports(layout: Layout, shown: Mapping[str, Any]) -> None:
    """Show download buttons; the files are made when a button is clicked.

    Args:
        layout: the map.
        shown: the other arguments of the word map.
    """
    with st.container(horizontal=True):
        st.download_button(
            "This map as a page",
            lambda: standalone_html(
                layout.drawn.words,
                layout.coordinates,
                title=f"{counted(len(layout.drawn), 'word')} of {layout.drawn.source}",
                **{**shown, "notes": [*shown["notes"], quality_text(layout)]},
            ),
            "map.html",
            "text/html",
            key="map_html",
            on_click="ignore",
            icon=":material/download:",
            help="One file that opens in any browser, without this app and without the internet.",
        )
        st.download_button(
            "Coordinates",
            lambda: coordinates_csv(layout),
            "map.csv",
            "text/csv",
            key="map_csv",
            on_click="ignore",
            icon=":material/download:",
            help="A table (CSV) of the words, their frequency ranks and their coordinates.",
        )


def coordinates_csv(layout: Layout) -> bytes:
    """Return the words, frequency ranks and coordinates as CSV in UTF-8, a row for each word."""
    columns = dict(zip(("x", "y", "z"), layout.coordinates.T, strict=False))
    table = pd.DataFrame({"word": layout.drawn.words, "rank": layout.drawn.rows + 1, **columns})
    text: str = table.to_csv(index=False)
    return text.encode()
