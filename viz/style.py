"""The looks that every figure shares: colours that all eyes can tell apart, and quiet axes."""

from typing import Final

import plotly.graph_objects as go

# Okabe and Ito (2008), Color Universal Design: readable on white and on near-black.
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#8A919C"  # halfway between both backgrounds

# Streamlit writes its theme's strongest text colour over this one, light or dark, as it draws a
# figure; elsewhere it is what it says, nearly black.
INK: Final = "#000037"
LINE: Final = "rgba(128, 136, 150, 0.35)"
TEXT_SIZE: Final = 16


def quiet(figure: go.Figure, height: int) -> go.Figure:
    """Return the figure itself with the house's margins, size of text and height in pixels."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        font={"size": TEXT_SIZE, "color": INK},
        showlegend=False,
        hoverlabel={"font": {"size": TEXT_SIZE}},
        uirevision="keep",
    )
    return figure
