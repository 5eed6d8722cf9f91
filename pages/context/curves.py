"""Numbers that change from layer to layer, as curves and as a table."""

from collections.abc import Mapping

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from pages.shared.tables import show_table
from viz.language.layer_curves import HEIGHT, curves_figure, curves_table
from viz.style import TOOLBAR


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
    """Show a curve for each name over the layers, and their numbers.

    Args:
        curves: (L + 1,) float64 by name.
        title: what goes up.
        alt: one sentence that says what is shown, for those who cannot see it.
        key: the figure's name, unique on the page.
        below: where the table goes; right under the figure, if it is not said.
        height: in pixels.
        zero: whether a line is drawn at 0.
    """
    figure = curves_figure(curves, title, height, zero=zero)
    st.plotly_chart(figure, key=key, config=TOOLBAR, alt=alt)
    with below or st.container():
        show_table(curves_table(curves), f"The numbers by layer: {title}.")
