"""Sharing a page, in a real browser: the link in another one, in a frame, and as a file."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.waits import until_settled

pytestmark = pytest.mark.browser


def parts(address: str) -> tuple[str, list[tuple[str, str]]]:
    """Return an address without its query, and the values in its query in any order."""
    split = urlsplit(address)
    return f"{split.netloc}{split.path}", sorted(parse_qsl(split.query))


def test_a_page_is_shared(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit("analogies?expression=paris+-+france+%2B+italy&metric=dot")
    until_settled(page)
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    link = dialog.locator("code").first.inner_text()
    assert parts(link) == parts(page.url)
    code = dialog.locator("img")
    expect(code).to_have_js_property("complete", value=True)
    assert code.evaluate("image => image.naturalWidth") > 0

    with page.expect_download() as download:
        dialog.get_by_role("button", name=re.compile("as one page")).click()
    saved = tmp_path / "pictures.html"
    download.value.save_as(saved)

    framed = visit(f"{link.split('/', 3)[3]}&embed=true")
    until_settled(framed)
    field = framed.locator("input[aria-label='Add and subtract words']")
    expect(field).to_have_value("paris - france + italy")
    assert framed.get_by_role("link", name="Directions").count() == 0
    expect(framed.get_by_role("link", name="Analogies in Embedding Playground")).to_have_attribute(
        "href", link
    )

    context = browser.new_context(offline=True)
    alone, errors = context.new_page(), list[str]()
    alone.on("pageerror", lambda error: errors.append(str(error)))
    alone.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    alone.goto(saved.as_uri())
    alone.locator(".plane svg .arrow").first.wait_for()
    alone.locator(".plotly .barlayer path").first.wait_for()
    assert errors == []
    context.close()


def test_an_element_of_the_file_still_moves(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit("next_word")
    until_settled(page)
    page.get_by_role("button", name="Share").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("as one page")).click()
    saved = tmp_path / "pictures.html"
    download.value.save_as(saved)

    context = browser.new_context(offline=True)
    alone = context.new_page()
    alone.goto(saved.as_uri())
    alone.locator(".softmax[data-ready]").wait_for()
    shown = alone.locator(".softmax")
    probabilities = shown.text_content() or ""
    expect(shown).to_have_text(probabilities)
    alone.get_by_label("Temperature").focus()
    alone.keyboard.press("Home")  # T = 0
    expect(shown).not_to_have_text(probabilities)
    context.close()
