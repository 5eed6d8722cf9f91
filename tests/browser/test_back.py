"""Coming back to a page by the browser's own button."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waits import until_settled

pytestmark = pytest.mark.browser
VALUES = """
() => ["stTextInput", "stTextArea", "stNumberInput"].flatMap((kind) =>
  [...document.querySelectorAll(`[data-testid=${kind}] :is(input, textarea)`)])
  .map((control) => control.value)
"""


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("analogies", "king - man + woman"),
        ("learning", "king - man + woman = queen"),
        ("next_word", "The capital of France is"),
    ],
)
def test_no_control_is_emptied(visit: Callable[[str], Page], name: str, known: str) -> None:
    """Streamlit gives a control its own default then, whatever the session holds."""
    page = visit(name)
    app = page.get_by_test_id("stApp")
    page.wait_for_function(f"({VALUES})().includes({known!r})", timeout=60_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    until_settled(page)
    before = page.evaluate(VALUES)
    page.get_by_role("link", name="Home").first.click()
    expect(page).to_have_url(re.compile("/$"))
    expect(page.get_by_test_id("stMain")).to_contain_text("numbers", timeout=30_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    page.go_back()
    expect(page).to_have_url(re.compile(f"/{name}$"))
    until_settled(page)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    page.wait_for_function(f"({VALUES})().length >= {len(before)}", timeout=30_000)
    assert page.evaluate(VALUES) == before
