"""Plotly figures of the pages: each has an alternative text and can be saved as an image."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from viz.shown import ShownFigure, record
from viz.style import TOOLBAR

if TYPE_CHECKING:
    import plotly.graph_objects as go


def show_figure(
    figure: "go.Figure", *, key: str, alt: str, on_point: Callable[[int], None] | None = None
) -> None:
    """Show a figure.

    Args:
        figure: the figure.
        key: its name, unique on the page.
        alt: one sentence that describes the figure, for screen readers.
        on_point: called with the index of a point that is clicked, before the page runs again.
    """
    st.plotly_chart(
        figure,
        key=key,
        config=TOOLBAR,
        alt=alt,
        on_select="ignore" if on_point is None else partial(_call_with_point, key, on_point),
        selection_mode="points",
    )
    record(ShownFigure(figure, alt))


def _call_with_point(key: str, on_point: Callable[[int], None]) -> None:
    """Call a function with the index of the point that was clicked, if one was."""
    for point in st.session_state[key]["selection"]["points"]:
        on_point(point["point_index"])
