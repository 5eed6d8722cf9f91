"""A learner's way through the page Learning, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
FIRST_SCREEN = 60_000  # milliseconds: the trainer may have to be compiled
MAP = ".st-key-learning_map .js-plotly-plot"


@pytest.fixture
def page(visit: Callable[[str], Page]) -> Page:
    page = visit("learning?learn_epochs=12")
    expect(page.locator(MAP)).to_be_visible(timeout=FIRST_SCREEN)
    return page


def snapshot(page: Page) -> int:
    slider = page.get_by_role("slider", name="Snapshot")
    return int(slider.evaluate("slider => slider.ariaValueNow ?? slider.value"))


def place_of(page: Page, word: str) -> tuple[float, float]:
    """Return where a word is drawn, in the units of the axes, once the chart is there."""
    found = page.wait_for_function(
        """([map, word]) => {
          const words = document.querySelector(map)?.data?.[0];
          if (!words) return false; // the chart is just being made anew
          const at = words.text.indexOf(word);
          return [words.x[at], words.y[at]];
        }""",
        arg=[MAP, word],
    )
    x, y = found.json_value()
    return x, y


def test_from_random_to_trained_and_on_to_analogies(page: Page) -> None:
    told = page.get_by_test_id("stMain")
    expect(told).not_to_contain_text("is in place 1 of")
    untrained = place_of(page, "king")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(told).to_contain_text("Epoch 2 of 12", timeout=FIRST_SCREEN)
    page.get_by_role("button", name="Pause").click()
    on = page.get_by_role("button", name="Go on")
    expect(on).to_be_enabled()
    page.wait_for_timeout(1_000)  # what was under way comes
    stopped = snapshot(page)
    page.wait_for_timeout(1_500)
    assert 0 < snapshot(page) == stopped < 100
    assert place_of(page, "king") != untrained
    on.click()
    expect(on).to_be_disabled(timeout=FIRST_SCREEN)
    expect(told).to_contain_text(re.compile(r"queen is in place 1 of \d+"))
    expect(told).to_contain_text(re.compile(r"Nearest to king in this snapshot: queen"))
    trained = place_of(page, "king")

    slider = page.get_by_role("slider", name="Snapshot")
    slider.focus()
    slider.press("Home")
    expect(told).to_contain_text("Untrained")
    expect(told).not_to_contain_text("is in place 1 of")
    slider.press("End")
    expect(told).to_contain_text("Epoch 12 of 12")
    assert place_of(page, "king") == trained

    page.locator(MAP).get_by_text("Play").click()
    page.wait_for_function(
        """([map, x]) => {
          const words = document.querySelector(map)?.data?.[0];
          return words && words.x[0] !== x;
        }""",
        arg=[MAP, trained[0]],
    )

    page.get_by_role("button", name="Use on the other pages").click()
    told.get_by_role("link", name="Analogies").click()
    expect(page.get_by_role("heading", name="Analogies")).to_be_visible()
    vectors = page.get_by_role("combobox", name="Vectors")
    expect(vectors).to_have_value(re.compile("Learned from the classroom sentences"))
    expect(told).to_contain_text(re.compile(r"queen \(cosine \d\.\d+\) comes first|queen.*nearest"))


def test_it_fits_a_phone(page: Page, fits: Callable[[Page, str, str], None]) -> None:
    fits(page, "learning", MAP)
    fits(page, "learning?learn_compare=method", ".js-plotly-plot")
