"""The softmax component in a real browser, served below a path as a school's proxy does it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.windows import Windows
from tests.servers import served

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("softmax_app.py")


@pytest.fixture(scope="module")
def address() -> str:
    """Return the address of the app, which is served below a path."""
    return served(APP, "class")


@pytest.fixture
def page(windows: Windows) -> Page:
    return windows.take().page


def shares(page: Page) -> list[float]:
    expect(page.locator(".softmax[data-ready]")).to_be_visible()
    made: list[float] = page.locator(".softmax .row").evaluate_all(
        "rows => rows.map(row => Number(row.dataset.probability))"
    )
    return made


def test_it_is_drawn_below_a_path(page: Page, address: str) -> None:
    page.goto(address)
    assert shares(page) == pytest.approx([0.5, 0.3, 0.15, 0.05], abs=1e-6)
    expect(page.locator("[data-drawn]")).to_have_attribute("data-drawn", "layout:two:2:2")


def test_logits_that_the_server_lost_for_a_moment_come_later(page: Page, address: str) -> None:
    refused: list[str] = []

    def refuse(route: Route) -> None:
        if len(refused) < 3:
            refused.append(route.request.url)
            route.fulfill(status=404)
        else:
            route.continue_()

    page.route("**/media/*.bin", refuse)
    page.goto(address)
    assert shares(page) == pytest.approx([0.5, 0.3, 0.15, 0.05], abs=1e-6)
    assert len(refused) == 3


def test_what_is_done_reaches_python(page: Page, address: str) -> None:
    page.goto(address)
    shares(page)
    page.get_by_role("button", name="two").click()
    expect(page.get_by_text("picked: 1")).to_be_visible()
    page.get_by_role("slider", name="Top-k").press("Home")
    expect(page.get_by_text("top_k=1")).to_be_visible()
    assert shares(page) == [1, 0, 0, 0]
