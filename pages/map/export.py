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
                title=f"{counted(len(layout.drawn), layout.drawn.unit)} of {layout.drawn.source}",
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
            help=f"A table (CSV) of the {layout.drawn.unit}s, their {_numbered(layout)[1]} and "
            "their coordinates.",
        )


def coordinates_csv(layout: Layout) -> bytes:
    """Return the words, their ranks or rows, and coordinates as CSV in UTF-8, a row for each."""
    columns = dict(zip(("x", "y", "z"), layout.coordinates.T, strict=False))
    drawn, (number, _) = layout.drawn, _numbered(layout)
    table = pd.DataFrame({drawn.unit: drawn.words, number: drawn.rows + 1, **columns})
    text: str = table.to_csv(index=False)
    return text.encode()


def _numbered(layout: Layout) -> tuple[str, str]:
    """Return what the numbers of the words are called: one of them, and all."""
    return ("rank", "frequency ranks") if layout.drawn.order == "most frequent" else ("row", "rows")
