"""Vectors of one's own: from a file to a coloured map, and through every page as mere text."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.shared.embeddings import VECTORS_KEYS
from tests.browser.conftest import Visit
from tests.browser.waits import until_settled, until_still

pytestmark = pytest.mark.browser

# Words that a page must not run, nor read as Markdown, TeX or a link, nor be turned around by.
HOSTILE = (
    "<img/src=x/onerror=window.ran=1>",
    "<script>window.ran=1</script>",
    "[king](javascript:window.ran=1)",
    "**queen**",
    "`man`",
    "$\\frac{1}{0}$",
    ":red[woman]",
    "{{7*7}}",
    "=HYPERLINK('x')",
    "../../etc/passwd",
    "\u202eturned\u202c",
    "x" * 10_000,
    "العربية",
    "👩‍👩‍👧",
    "Z̸͑a",
    "__init__",
    "0",
    "-",
    "a|b",
    "#heading",
)
PAGES = {
    "map": "Map",
    "analogies": "Analogies",
    "directions": "Directions",
    "dot_products": "Dot products",
    "evaluation": "How good?",
}


def bring(page: Page, file: Path) -> None:
    """Upload a file on the open page Data, and use it on every page."""
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Use on every page").click(timeout=30_000)
    expect(page.get_by_role("button", name="Used on every page")).to_be_disabled(timeout=30_000)
    until_settled(page)


def test_from_a_table_to_a_coloured_map(visit: Visit, tmp_path: Path) -> None:
    kinds = ("fruit", "city", "animal")
    rows = [
        f'"{kinds[number % 3]} number {number}",{kinds[number % 3]},'
        + ",".join(str((number % 3 == axis) + number / 100) for axis in range(3))
        for number in range(30)
    ]
    file = tmp_path / "things.csv"
    file.write_text("\n".join(("name,kind,a,b,c", *rows)), "utf-8")
    page = visit("data")
    bring(page, file)
    page.get_by_role("link", name="Map").last.click()
    expect(page).to_have_url(re.compile("map_vectors=things"))
    until_still(page)
    until_settled(page)
    page.get_by_role("button", name="Colours").click()
    expect(page.get_by_role("radio", name="column")).to_be_checked()


def test_words_are_text_on_every_page(visit: Visit, tmp_path: Path) -> None:
    lines = [f"{word} {number % 5} {number % 3} {number} 1" for number, word in enumerate(HOSTILE)]
    file = tmp_path / "words <b>of **mine**.vec"
    file.write_text("\n".join(lines), "utf-8")
    page = visit("data")
    bring(page, file)
    expect(page.get_by_test_id("stMain")).to_contain_text(f"{len(HOSTILE)} rows")
    for each, title in PAGES.items():
        page.get_by_role("link", name=title).first.click()
        address = re.compile(rf"/{each}\?.*{VECTORS_KEYS[each]}=words")
        expect(page).to_have_url(address, timeout=30_000)
        until_settled(page)
        assert page.get_by_test_id("stException").count() == 0
        assert page.evaluate("window.ran") is None
        main = page.get_by_test_id("stMain")
        assert main.evaluate("element => element.scrollWidth <= element.clientWidth"), each
