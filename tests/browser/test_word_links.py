"""A word on its way: along a table of neighbours, and to the other pages."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.waits import until_settled

pytestmark = pytest.mark.browser

TABLE = "[data-testid=stDataFrame] canvas"
ROW, WORD_COLUMN = 35, 90  # pixels: the height of a row, and a place in the column of words


def click_word(page: Page, row: int) -> None:
    """Click a word in the first table; the rows below its header count from 1."""
    box = page.locator(TABLE).first.bounding_box()
    assert box is not None
    x, y = box["x"] + WORD_COLUMN, box["y"] + (row + 0.5) * ROW
    page.mouse.move(x, y)
    until_settled(page)  # the table follows the pointer before it takes a click
    page.mouse.click(x, y)


def test_rows_of_neighbours_lead_on_and_back(visit: Visit) -> None:
    page = visit("map?word=king")
    expect(page.locator(TABLE).first).to_contain_text("prince", timeout=30_000)
    until_settled(page)
    field = page.locator("input[aria-label='Search a word']")
    page.locator(TABLE).first.scroll_into_view_if_needed()
    click_word(page, 1)
    expect(field).to_have_value("prince", timeout=10_000)
    expect(page.locator(TABLE).first).to_contain_text("throne", timeout=10_000)
    until_settled(page)
    click_word(page, 1)
    expect(field).not_to_have_value("prince", timeout=10_000)
    until_settled(page)
    page.go_back()
    expect(field).to_have_value("prince", timeout=10_000)
    until_settled(page)
    page.go_back()
    expect(field).to_have_value("king", timeout=10_000)


def test_a_region_in_the_list_is_selected_on_the_map(visit: Visit) -> None:
    page = visit("map?region_sought=foods")
    table = page.locator(TABLE).first
    expect(table).to_contain_text("foods", timeout=60_000)
    until_settled(page)
    count = table.locator("tbody tr").count() or 2
    table.scroll_into_view_if_needed()
    click_word(page, count)
    told = page.get_by_text("words selected.")
    expect(told).to_be_visible(timeout=10_000)
    expect(page).to_have_url(re.compile("selected="))
    until_settled(page)
    page.go_back()
    expect(told).not_to_be_visible(timeout=10_000)


def test_a_word_goes_on_to_another_page_and_back_in_one_step(visit: Visit) -> None:
    page = visit("?start=bank")
    button = page.get_by_role("button", name="Take bank to")
    expect(button).to_be_visible(timeout=30_000)
    until_settled(page)  # a menu does not follow its button when the page grows
    button.click()
    page.get_by_test_id("stPopoverBody").get_by_role("link", name="Map").click()
    field = page.locator("input[aria-label='Search a word']")
    expect(field).to_have_value("bank", timeout=20_000)
    assert urlsplit(page.url).query == "word=bank"
    until_settled(page)
    page.go_back()
    line = page.get_by_role("textbox", name="Type a line")
    expect(line).to_have_value(re.compile(" bank$"), timeout=20_000)


def test_a_wrong_answer_goes_on_to_analogies(visit: Visit) -> None:
    page = visit("evaluation?section=opposites")
    table = page.locator("[data-testid=stDataFrame]", has_text="expected")
    expect(table).to_be_visible(timeout=60_000)
    until_settled(page)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    x, y = box["x"] + WORD_COLUMN, box["y"] + 1.5 * ROW
    page.mouse.move(x, y)
    until_settled(page)
    page.mouse.click(x, y)
    page.get_by_role("link", name="to Analogies").click(timeout=10_000)
    field = page.locator("input[aria-label='Add and subtract words']")
    expect(field).to_have_value(re.compile(r"\w+ - \w+ \+ \w+"), timeout=20_000)
    asked = re.split(r" [-+] ", field.input_value())
    assert len(set(asked)) == 3
    assert urlsplit(page.url).path == "/analogies"


def test_close_words_on_home_lead_on(visit: Visit) -> None:
    page = visit("")
    page.get_by_role("button", name="prince", exact=True).click(timeout=30_000)
    field = page.get_by_role("textbox", name="Type a line")
    expect(field).to_have_value("The prince lives in a palace", timeout=10_000)
    until_settled(page)
    page.go_back()
    expect(field).to_have_value("The king lives in a palace", timeout=10_000)
