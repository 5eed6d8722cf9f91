"""Numbers that change from layer to layer, as curves and as a table."""

from collections.abc import Mapping

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from pages.shared.figures import show_figure
from pages.shared.tables import show_table
from viz.language.layer_curves import HEIGHT, curves_figure, curves_table


def show_curves(
    curves: Mapping[str, NDArray[np.float64]],
    title: str,
    alt: str,
    key: str,
    below: DeltaGenerator | None = None,
    *,
    height: int = HEIGHT,
    zero: bool = False,
) -> None:
    """Show a curve over the layers for each name, and the numbers as a table.

    Args:
        curves: (L + 1,) float64 by name.
        title: the title of the vertical axis.
        alt: one sentence that describes the figure, for screen readers.
        key: the figure's name, unique on the page.
        below: the container for the table; by default it is below the figure.
        height: in pixels.
        zero: whether a line is drawn at 0.
    """
    figure = curves_figure(curves, title, height, zero=zero)
    show_figure(figure, key=key, alt=alt)
    with below or st.container():
        show_table(curves_table(curves), f"The numbers by layer: {title}.")
