"""What tests in a real browser share: a page opened as a visitor opens it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import servers
from tests.browser.waits import until_settled
from tests.browser.windows import PHONE, Windows

Visit = Callable[[str], Page]


@pytest.fixture(scope="session")
def all_windows(browser: Browser) -> Windows:
    """Return the windows of all tests; each test takes those that it needs from `windows`."""
    return Windows(browser)


@pytest.fixture
def windows(all_windows: Windows) -> Iterator[Windows]:
    """Return the windows to take some from; they are given back after the test."""
    yield all_windows
    all_windows.give_back()


@pytest.fixture
def visit(windows: Windows, app_address: str) -> Iterator[Visit]:
    """Return a function that opens a page by its path; in the end nothing may have gone wrong."""
    pages: list[Page] = []
    errors: list[str] = []

    def opened(path: str) -> Page:
        window = windows.take()
        page = window.page
        pages.append(page)
        window.listen("pageerror", lambda error: errors.append(str(error)))
        window.listen(
            "console",
            # Streamlit asks for its own settings below the page's address first, and is refused.
            lambda told: (
                errors.append(told.text)
                if told.type == "error" and "_stcore" not in str(told.location)
                else None
            ),
        )
        page.goto(f"{app_address}/{path}")
        return page

    yield opened
    exceptions = [page.get_by_test_id("stException").count() for page in pages]
    assert not any(exceptions), servers.last_lines()
    assert errors == []


@pytest.fixture
def fits(app_address: str) -> Callable[[Page, str, str], None]:
    """Return a function that asserts that a page's address fits a phone.

    It takes the open page, the path with its query, and a selector of what has to be shown.
    """

    def check(page: Page, path: str, shown: str) -> None:
        page.set_viewport_size(PHONE)
        page.goto(f"{app_address}/{path}")
        page.locator(shown).first.wait_for(timeout=60_000)
        until_settled(page)
        main = page.get_by_test_id("stMain")
        assert main.evaluate("element => element.scrollWidth <= element.clientWidth"), path

    return check
