"""The app's fonts, sizes and colours as CSS, by Streamlit's names, for pictures outside the app."""

from collections.abc import Mapping
from typing import Final


def _variables(values: Mapping[str, str]) -> str:
    return " ".join(f"--st-{name}: {value};" for name, value in values.items())


SIZES: Final = _variables(
    {
        "font": "system-ui, sans-serif",
        "base-font-size": "16px",
        "base-radius": "6px",
        "button-radius": "6px",
    }
)
LIGHT: Final = _variables(
    {
        "primary-color": "#0b6fa4",
        "background-color": "#ffffff",
        "secondary-background-color": "#f3f5f8",
        "text-color": "#1a1f27",
        "border-color": "#d5dbe3",
        "border-color-light": "#e3e8ee",
    }
)
DARK: Final = _variables(
    {
        "primary-color": "#2e86c1",
        "background-color": "#11151c",
        "secondary-background-color": "#1b222d",
        "text-color": "#e9edf2",
        "border-color": "#364152",
        "border-color-light": "#29323f",
    }
)
