"""The looks that every figure shares: colours that all eyes can tell apart, and quiet axes."""

from typing import Any, Final

# Plotly takes pandas for what stands in `sys.modules`, even if another thread has imported only
# half of it. Every picture imports this file first, and so waits until pandas is whole.
import pandas as pd  # noqa: F401

# Okabe and Ito (2008), Color Universal Design: readable on white and on near-black.
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#8A919C"  # halfway between both backgrounds

# Brewer's blue and red around a neutral grey that stands out from white and from near-black alike.
DIVERGING: Final = [
    [0.0, "#2166AC"],
    [0.25, "#67A9CF"],
    [0.5, "#C9CDD3"],
    [0.75, "#EF8A62"],
    [1.0, "#B2182B"],
]

# What a visitor can do with a figure from its corner: keep it as a picture.
TOOLBAR: Final[dict[str, Any]] = {
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}

# Streamlit writes its theme's strongest text colour over this one, light or dark, as it draws a
# figure; elsewhere it is what it says, nearly black.
INK: Final = "#000037"
LINE: Final = "rgba(128, 136, 150, 0.35)"
TEXT_SIZE: Final = 16


def quiet(height: int) -> dict[str, Any]:
    """Return a plotly layout with the house's margins and size of text, `height` pixels high."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"size": TEXT_SIZE, "color": INK},
        "showlegend": False,
        "hoverlabel": {"font": {"size": TEXT_SIZE}},
    }


def plotly_text(word: str) -> str:
    """Return a word so that plotly, which reads a little HTML in texts, shows it letter by letter.

    >>> plotly_text("<b>")
    '&lt;b&gt;'
    """
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
