"""The start page: one line on its way, on cards that are links."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from pages.registry import TITLES
from tests.browser.conftest import Visit
from tests.browser.waits import until_settled
from tests.browser.windows import PHONE, WIDE, Windows

pytestmark = pytest.mark.browser

LINE = "The king lives in a palace"
CARD = "[class*=st-key-card_]"
# The heights of all cards whenever one changes, from the first moment when all are there.
WATCH_HEIGHTS = """
window.heights = new Set();
const look = () => {
  const cards = [...document.querySelectorAll("[class*=st-key-card_]")];
  if (cards.length === 11 && document.querySelectorAll(".path-picture p").length === 11) {
    window.heights.add(JSON.stringify(cards.map((card) => Math.round(card.offsetHeight))));
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
# A fast computer may leave no time to see the cards wait, so they are put back into that state.
AS_WHILE_WAITING = """
() => ["context", "next_word"].every((name) => {
  const card = document.querySelector(`.st-key-card_${name}`);
  const before = card.offsetHeight;
  card.querySelector(".drawing").replaceChildren();
  card.querySelector("p").textContent = "…";
  return card.offsetHeight === before;
})
"""
COVERED = """
(card) => {
  card.scrollIntoView({ block: "center" });
  const { left, top, width, height } = card.getBoundingClientRect();
  const own = card.querySelector("a");
  const at = (x, y) => document.elementFromPoint(left + x * width, top + y * height);
  return [[0.5, 0.5], [0.03, 0.97], [0.97, 0.03], [0.97, 0.97], [0.5, 0.8]].every(
    ([x, y]) => at(x, y)?.closest("a") === own);
}
"""


def until_complete(page: Page) -> None:
    """Wait until the last picture, that of a language model, is there."""
    expect(page.locator(".path-picture .bars i")).to_have_count(5, timeout=60_000)
    until_settled(page)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_moves_when_the_language_models_answer(
    windows: Windows, app_address: str, viewport: ViewportSize
) -> None:
    page = windows.take(viewport).page
    page.add_init_script(WATCH_HEIGHTS)
    page.goto(app_address)
    until_complete(page)
    assert page.evaluate("window.heights.size") == 1
    assert page.evaluate(AS_WHILE_WAITING)


def test_the_whole_card_is_the_link(visit: Visit) -> None:
    page = visit("")
    until_complete(page)
    cards = page.locator(CARD)
    assert cards.count() == 11
    assert [card.evaluate(COVERED) for card in cards.all()] == [True] * 11
    addresses = cards.locator("a").evaluate_all("links => links.map((link) => link.href)")
    pages = {urlsplit(address).path for address in addresses}
    assert pages == {f"/{name}" for name in TITLES if name != "home"}


def test_a_card_is_one_stop_of_the_keyboard(visit: Visit) -> None:
    page = visit("")
    until_complete(page)
    cards = page.locator(CARD)
    cards.first.locator("a").focus()
    for index in range(cards.count()):
        assert cards.nth(index).locator("a").evaluate("link => link === document.activeElement")
        page.keyboard.press("Tab")
    assert page.evaluate(f"!document.activeElement.closest('{CARD}')")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("map", {"word": ["king"]}),
        ("next_word", {"prompt": [LINE]}),
        ("context", {"shared_word": ["king"], "sentences": [f"king\n{LINE}"]}),
    ],
)
def test_a_click_on_a_picture_opens_its_page_with_the_same_words(
    visit: Visit, name: str, query: dict[str, list[str]]
) -> None:
    page = visit("")
    until_complete(page)
    box = page.locator(f".st-key-card_{name} .drawing").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(f"/{name}"), timeout=20_000)
    assert parse_qs(urlsplit(page.url).query) == query
    until_settled(page)
    page.go_back()
    expect(page.get_by_role("textbox", name="Type a line")).to_have_value(LINE, timeout=20_000)


def test_a_line_and_a_word_of_it_are_in_the_address_and_back_restores_them(visit: Visit) -> None:
    page = visit("")
    until_complete(page)
    field = page.get_by_role("textbox", name="Type a line")
    field.fill("She sat by the bank of the river")
    field.press("Enter")
    expect(page).to_have_url(re.compile("line=She"), timeout=20_000)
    until_settled(page)
    page.get_by_role("radio", name="bank", exact=True).or_(
        page.get_by_test_id("stMain").get_by_text("bank", exact=True)
    ).first.click()
    expect(page).to_have_url(re.compile("start=bank"), timeout=20_000)
    vector = page.locator(".st-key-card_vector strong")
    expect(vector.last).to_have_text("bank")
    until_settled(page)
    page.go_back()
    expect(vector.last).to_have_text("sat", timeout=20_000)
    until_settled(page)
    page.go_back()
    expect(field).to_have_value(LINE, timeout=20_000)


def test_an_emptied_field_leaves_the_path_to_the_pages(visit: Visit) -> None:
    page = visit("")
    until_complete(page)
    field = page.get_by_role("textbox", name="Type a line")
    field.fill("")
    field.press("Enter")
    expect(page.locator(".path-picture .drawing")).to_have_count(0, timeout=20_000)
    until_settled(page)
    assert page.locator(CARD).count() == 11
    page.locator(".st-key-card_learning").click()
    expect(page).to_have_url(re.compile("/learning$"), timeout=20_000)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_first_screen_shows_the_line_and_the_first_pictures(
    windows: Windows, app_address: str, viewport: ViewportSize
) -> None:
    page = windows.take(viewport).page
    page.goto(app_address)
    until_complete(page)
    shown = page.locator(".path-picture .drawing").evaluate_all(
        "all => all.filter((each) => each.getBoundingClientRect().bottom < innerHeight).length"
    )
    assert shown >= (3 if viewport == WIDE else 1)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
