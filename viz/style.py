"""The style of all figures: colours that are safe for colour-blind people, and quiet axes."""

from typing import Any, Final

# Plotly uses pandas from `sys.modules`, even while another thread is still importing it. Every
# figure imports this module first, and so waits until pandas is imported completely.
import pandas as pd  # noqa: F401

from core.control_characters import with_codes

# Okabe and Ito (2008), Color Universal Design. Orange, sky and yellow are too light for marks on
# white; they are tints behind text.
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#8A919C"  # halfway between both backgrounds

# In place of orange, sky and yellow where marks are drawn: a contrast of 3:1 with white and with
# near-black alike. Of such colours, they differ most from the other four for colour-blind readers.
BROWN: Final = "#925826"
AZURE: Final = "#1290DB"
OLIVE: Final = "#808642"

# Brewer's blue and red around a neutral grey that stands out from white and from near-black alike.
DIVERGING: Final = [
    [0.0, "#2166AC"],
    [0.25, "#67A9CF"],
    [0.5, "#C9CDD3"],
    [0.75, "#EF8A62"],
    [1.0, "#B2182B"],
]

# The toolbar of a figure: its only button saves the figure as an image.
TOOLBAR: Final[dict[str, Any]] = {
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}

# Streamlit replaces this colour by the text colour of its theme, light or dark; elsewhere it is
# nearly black.
INK: Final = "#000037"
LINE: Final = "rgba(128, 136, 150, 0.35)"
TEXT_SIZE: Final = 16


# The scale of colours beside a heatmap. Above it is room for the toolbar of the figure, which a
# touch screen always shows.
COLOR_BAR: Final[dict[str, Any]] = {
    "thickness": 10,
    "outlinewidth": 0,
    "tickfont": {"size": 12, "color": INK},
    "len": 0.8,
    "y": 0,
    "yanchor": "bottom",
}


def quiet(height: int) -> dict[str, Any]:
    """Return a plotly layout with the margins and text size of all figures; height in pixels."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"size": TEXT_SIZE, "color": INK},
        "showlegend": False,
        "hoverlabel": {"font": {"size": TEXT_SIZE}},
    }


def plotly_text(word: str) -> str:
    """Return a word escaped for plotly, which reads some HTML in texts.

    >>> plotly_text("<b>")
    '&lt;b&gt;'
    """
    return with_codes(word).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
