"""A learner's way through the page Context, in a real browser."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from core.language.models import LanguageModel
from tests.browser.waits import until_settled

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("encoder", "decoder")]
NUMBERS = ".js-plotly-plot .textpoint text"
TABLE = "[data-testid=stDataFrame] canvas"
FIRST_SCREEN = 60_000  # milliseconds: models are opened on the way


@pytest.fixture
def page(visit: Callable[[str], Page]) -> Page:
    return visit("context")


def example(page: Page, part: str, label: str) -> None:
    """Open a part of the page and click one of its examples; wait for the end of each run."""
    until_settled(page)
    page.get_by_test_id("stButtonGroup").get_by_role("radio", name=part, exact=True).click()
    until_settled(page)
    page.locator("[data-variant=pills]").get_by_text(label, exact=True).click()
    until_settled(page)


def test_the_way_of_a_word_attention_and_the_lens(page: Page) -> None:
    expect(page.locator(TABLE).first).to_contain_text("0.982", timeout=FIRST_SCREEN)
    expect(page.locator(NUMBERS).filter(has_text=re.compile("^6$"))).to_have_count(1)

    # The layers are gone through in the browser, and the axes stay.
    grid = page.locator(".js-plotly-plot").first.locator(".xgrid").first
    before = grid.get_attribute("d")
    until_settled(page)
    page.get_by_text("▶ Play").click()
    label = page.locator(".slider-label").first
    expect(label).to_have_text("static", timeout=5_000)
    expect(label).to_have_text("layer 6", timeout=15_000)
    assert grid.get_attribute("d") == before

    field = page.get_by_role("textbox", name="Sentences with it, one per line")
    field.fill("money: A bank lends.\nriver: A bank of mud.\nmoney: The bank closed.")
    field.press("Control+Enter")
    expect(page.locator(NUMBERS).filter(has_text=re.compile("^6$"))).to_have_count(
        0, timeout=15_000
    )
    assert "closed" in parse_qs(urlsplit(page.url).query)["sentences"][0]

    slider = page.get_by_role("slider", name="Layer")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.get_by_test_id("stSliderThumbValue")).to_have_text("5", timeout=10_000)

    example(page, "attention", "it was tired")
    expect(page.get_by_text("gives 69% of its attention")).to_be_visible(timeout=15_000)
    temperature = page.get_by_role("slider", name="Temperature")
    temperature.focus()
    temperature.press("ArrowLeft")
    expect(page.get_by_text(re.compile("gives 7[0-9]% of its attention"))).to_be_visible(
        timeout=10_000
    )

    example(page, "logit lens", "capital of France")
    expect(page.get_by_text("␣Paris (77.3%)")).to_be_visible(timeout=FIRST_SCREEN)

    example(page, "window", "forget Japan")
    expect(page.get_by_text("with the last 12")).to_contain_text("English", timeout=FIRST_SCREEN)

    example(page, "topics", "a dog's sound")
    expect(page.get_by_text("At the last layer the sentence leans")).to_contain_text(
        "sounds (+0.34)", timeout=15_000
    )


def test_it_fits_a_phone(page: Page, fits: Callable[[Page, str, str], None]) -> None:
    for part in ("one+word", "attention", "topics", "logit+lens", "window"):
        fits(page, f"context?part={part}", ".js-plotly-plot")


def test_a_link_from_elsewhere(page: Page, app_address: str, encoder: LanguageModel) -> None:
    page.goto(f"{app_address}/context?part=attention&attention_layer=1&attention_head=3&looks=all")
    strongest = page.get_by_text("Strongest:")
    expect(strongest).to_contain_text("100% of its attention", timeout=FIRST_SCREEN)
