"""Plotly figures of the pages: each has an alternative text and can be saved as an image."""

from typing import TYPE_CHECKING

import streamlit as st

from viz.shown import ShownFigure, record
from viz.style import TOOLBAR

if TYPE_CHECKING:
    import plotly.graph_objects as go


def show_figure(figure: "go.Figure", *, key: str, alt: str) -> None:
    """Show a figure.

    Args:
        figure: the figure.
        key: its name, unique on the page.
        alt: one sentence that describes the figure, for screen readers.
    """
    st.plotly_chart(figure, key=key, config=TOOLBAR, alt=alt)
    record(ShownFigure(figure, alt))
