import re
from html import unescape
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.control_characters import with_codes
from viz import style
from viz.components import word_map
from viz.components.training_player import component as player
from viz.language import layer_curves, trajectories
from viz.style import plotly_text, quiet

COLORS = {
    name: value
    for name, value in vars(style).items()
    if isinstance(value, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value) and name != "INK"
}


def brightness(color: str) -> float:
    """Return the relative luminance that WCAG defines, 0 to 1."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([brightness(one), brightness(other)])
    return (high + 0.05) / (low + 0.05)


def test_the_palette_is_okabe_and_itos() -> None:
    # The seven colours of Color Universal Design, from their own table of RGB values.
    published = {
        (230, 159, 0), (86, 180, 233), (0, 158, 115), (240, 228, 66),
        (0, 114, 178), (213, 94, 0), (204, 121, 167),
    }  # fmt: skip
    ours = {tuple(int(color[i : i + 2], 16) for i in (1, 3, 5)) for color in COLORS.values()}
    assert published <= ours


@pytest.mark.parametrize("background", ["#FFFFFF", "#11151C"])
def test_grey_stands_out_from_both_backgrounds(background: str) -> None:
    assert contrast(style.GREY, background) >= 3


@pytest.mark.parametrize(
    "name", ["BLUE", "VERMILLION", "GREEN", "PURPLE", "BROWN", "AZURE", "OLIVE"]
)
def test_marks_can_be_seen_on_white_and_on_near_black(name: str) -> None:
    assert contrast(COLORS[name], "#FFFFFF") >= 3
    assert contrast(COLORS[name], "#11151C") >= 3


@pytest.mark.parametrize("colors", [player.COLORS, layer_curves.COLORS[:-1], trajectories.COLORS])
def test_figures_draw_marks_with_these_colours_only(colors: tuple[str, ...]) -> None:
    for color in colors:  # the last of the curves is the colour of the text
        assert contrast(color, "#FFFFFF") >= 3
        assert contrast(color, "#11151C") >= 3


def test_both_shades_of_the_map_stand_out_from_their_theme() -> None:
    script = (Path(word_map.__file__).parent / "theme.js").read_text("utf-8")
    shades = re.findall(r'\w+: \["(#\w{6})", "(#\w{6})"\]', script)
    assert len(shades) == 8
    for light, dark in shades:
        assert contrast(light, "#FFFFFF") >= 3
        assert contrast(dark, "#11151C") >= 3


def test_a_quiet_layout_is_one_that_plotly_takes() -> None:
    layout = go.Figure(layout=quiet(321)).layout
    assert layout.height == 321
    assert layout.font.size == style.TEXT_SIZE >= 16
    assert layout.showlegend is False


@given(st.text())
def test_plotly_reads_back_the_word_itself(word: str) -> None:
    written = plotly_text(word)
    assert "<" not in written
    assert ">" not in written
    assert unescape(written.replace("&amp;", "\0")).replace("\0", "&") == with_codes(word)
