"""Tokens in a real browser: typed, shown, clicked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.windows import PHONE, WIDE, Windows

pytestmark = pytest.mark.browser


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, windows: Windows, app_address: str) -> Iterator[Page]:
    """Return the page of tokens; at the end, nothing may have gone wrong in the browser."""
    window = windows.take(request.param)
    opened = window.page
    faults: list[str] = []
    window.listen("pageerror", lambda error: faults.append(str(error)))
    window.listen("console", lambda message: note(faults, message.type, message.text))
    opened.goto(f"{app_address}/tokens")
    expect(chips(opened, "SmolLM2").first).to_be_visible(timeout=30_000)
    yield opened
    main = opened.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert faults == []


def note(faults: list[str], kind: str, text: str) -> None:
    # Streamlit looks for its server below the page's address first, and is told that it is not.
    if kind == "error" and "status of 404" not in text:
        faults.append(text)


def chips(page: Page, name: str) -> Locator:
    return page.locator(f".strip[aria-label*='{name}'] .chip")


def test_a_text_is_typed_and_a_token_picked(page: Page) -> None:
    box = page.get_by_role("textbox", name="Type a text")
    box.fill("Hello <b>world</b> and king 你")
    box.press("Control+Enter")
    expect(chips(page, "GloVe").first.locator("bdi")).to_have_text("hello")
    expect(chips(page, "SmolLM2").nth(1).locator("bdi")).to_have_text("␣<")
    expect(chips(page, "MiniLM").first).to_have_text("[CLS]101")
    king = chips(page, "SmolLM2").filter(has_text="␣king")
    king.click()
    expect(king).to_have_attribute("aria-pressed", "true")
    names = page.locator(".js-plotly-plot").first.locator(".annotation-text")
    expect(names.filter(has_text="␣king · row 4,197")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("49,152 rows")).to_be_visible()
    details = page.get_by_text("has the id 4,197")
    box = details.bounding_box()
    at = king.bounding_box()
    assert box is not None
    assert at is not None
    assert box["y"] - at["y"] < 300  # beside the click, not below the next figure
    assert "matrix_of=SmolLM2" in page.url
    address = page.url
    assert "picked_token=" in address
    page.goto(address)
    expect(king).to_have_attribute("aria-pressed", "true", timeout=30_000)
    expect(details).to_be_visible()


def test_a_token_of_two_sentences_is_picked_by_keyboard(page: Page) -> None:
    crowned = chips(page, "Both").filter(has_text="crowned")
    crowned.focus()
    crowned.press("Enter")
    expect(page.get_by_text("position 9 + segment B")).to_be_visible(timeout=10_000)
    expect(crowned).to_have_attribute("aria-pressed", "true")
    page.wait_for_url("**input_place=9**")


def test_an_example_is_clicked(page: Page) -> None:
    page.get_by_text("dog bites man", exact=True).click()
    expect(page.get_by_text("the same tokens in another order")).to_be_visible(timeout=10_000)
