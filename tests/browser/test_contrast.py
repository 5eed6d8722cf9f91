"""The contrast of texts that Streamlit's theme cannot make strong enough by itself."""

import io
from collections import Counter

import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.windows import Theme, Windows

pytestmark = pytest.mark.browser

AA = 4.5  # WCAG 2.2, success criterion 1.4.3
WHITE = (255, 255, 255)


def luminance(color: tuple[int, ...]) -> float:
    """Return the relative luminance of a colour in sRGB, as WCAG 2.2 defines it."""
    shares = [channel / 255 for channel in color]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_with_white(button: Locator) -> float:
    """Return the contrast of white with the background of a button, as it is drawn."""
    picture = Image.open(io.BytesIO(button.screenshot(animations="disabled"))).convert("RGB")
    pixels = Counter(picture.get_flattened_data())
    assert pixels[WHITE]  # the text
    (background, _), *_ = pixels.most_common(1)
    return 1.05 / (luminance(background) + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "name"), [("learning", "Train"), ("next_word?part=stories", "Write")]
)
def test_the_main_button_can_be_read(
    windows: Windows, app_address: str, theme: Theme, path: str, name: str
) -> None:
    page = windows.take(color_scheme=theme).page
    page.goto(f"{app_address}/{path}")
    assert contrast_with_white(page.get_by_role("button", name=name, exact=True)) >= AA
