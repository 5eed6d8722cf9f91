"""What only a browser can show of Directions: its controls in a row, and its space."""

import re
from collections.abc import Callable
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waits import INFO, until_settled, until_still
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]
LABELS = """
() => [...document.querySelectorAll("[data-testid=stMain] [data-testid=stWidgetLabel]")]
  .map((label) => [label.innerText.trim(), label.getBoundingClientRect()])
  .map(([text, { left, top, right, bottom }]) => ({ text, left, top, right, bottom }))
"""


def label_boxes(page: Page) -> dict[str, dict[str, float]]:
    return {box["text"]: box for box in page.evaluate(LABELS)}


def test_one_makes_a_direction_of_ones_own_at_first_sight(visit: Visit) -> None:
    page = visit("directions")
    kind = page.get_by_role("radio", name="your pairs")
    expect(kind).to_be_in_viewport(timeout=60_000)
    until_settled(page)
    kind.click()
    pairs = page.locator("input[aria-label^='Pairs of words']")
    expect(pairs).to_have_value(re.compile("^man woman, boy girl"), timeout=30_000)
    expect(pairs).to_be_in_viewport()
    until_settled(page)
    pairs.fill("winter summer, ice fire, snow sun")
    pairs.press("Enter")
    expect(page).to_have_url(re.compile(r"direction_1=own\+pairs.*pairs_1=winter"), timeout=30_000)
    title = page.locator(".js-plotly-plot .xtitle").first
    expect(title).to_contain_text("summer →", timeout=30_000)
    until_settled(page)
    page.go_back()
    expect(pairs).to_have_value(re.compile("^man woman, boy girl"), timeout=30_000)
    until_settled(page)
    page.go_back()
    expect(page.get_by_role("radio", name="ready-made")).to_be_checked(timeout=30_000)
    expect(page).to_have_url(re.compile(r"/directions$"))


def test_a_link_opens_a_direction_of_ones_own(visit: Visit) -> None:
    page = visit("directions?direction_1=own+groups&low_1=winter%2C+snow&high_1=summer%2C+sun")
    expect(page.get_by_role("radio", name="your groups")).to_be_checked(timeout=60_000)
    expect(page.locator("input[aria-label^='From these words']")).to_have_value("winter, snow")
    expect(page.locator(".js-plotly-plot .xtitle").first).to_contain_text("summer →")


def test_the_closer_look_stays_after_a_typing_error(visit: Visit) -> None:
    page = visit("directions?direction_1=own+pairs&pairs_1=cold+hot")
    until_settled(page)
    ends = page.get_by_role("radio", name="the extreme words")
    ends.click()
    expect(page).to_have_url(re.compile("look=its"), timeout=30_000)
    until_settled(page)
    pairs = page.locator("input[aria-label^='Pairs of words']")
    for text in ("cold", "cold hot", "cold hot, dry wet"):
        pairs.fill(text)
        pairs.press("Enter")
        expect(page).to_have_url(
            re.compile(f"pairs_1={re.escape(quote_plus(text))}$"), timeout=30_000
        )
        until_settled(page)
    expect(ends).to_be_checked()
    expect(page).to_have_url(re.compile("look=its"))


@pytest.mark.parametrize("picture", ["number line", "plane", "space"])
def test_labels_of_a_row_have_one_height_and_the_words_are_wide(visit: Visit, picture: str) -> None:
    page = visit(f"directions?picture={picture.replace(' ', '+')}")
    words = page.locator("input[aria-label='Words to place']")
    expect(words).to_be_visible(timeout=60_000)
    until_settled(page)
    boxes = label_boxes(page)
    count = ["number line", "plane", "space"].index(picture) + 1
    row = (
        ["Ready-made direction, or make your own", "Which one"]
        if count == 1
        else [f"Direction {number}" for number in range(1, count + 1)]
    )
    for other in row:
        assert boxes[other]["top"] == pytest.approx(boxes["Picture"]["top"], abs=1)
    assert boxes["Vectors"]["top"] == pytest.approx(boxes["Words to place"]["top"], abs=1)
    field = words.bounding_box()
    assert field is not None
    assert field["width"] > 700


def test_a_message_about_unknown_words_is_beside_no_hole(visit: Visit) -> None:
    page = visit("directions?words=king,qeen,queen")
    message = page.get_by_text("Not in GloVe")
    expect(message).to_be_visible(timeout=60_000)
    until_settled(page)
    hint, note = (
        each.bounding_box() for each in (page.get_by_text("lies furthest towards"), message)
    )
    assert hint is not None
    assert note is not None
    assert 0 < hint["y"] - (note["y"] + note["height"]) < 60


def test_all_words_of_a_space_are_inside_its_picture_also_after_a_reset(visit: Visit) -> None:
    page = visit("directions?picture=space&words=prince,machine,stone,table,girl,lord,metal")
    until_settled(page)
    until_still(page)
    page.get_by_role("button", name="Reset the view").click()
    until_still(page)
    places = page.evaluate(f"[...Array(7).keys()].map((index) => {INFO}.where(index))")
    width, height = page.evaluate(f"{INFO}.size")
    for x, y, _ in places:
        assert 8 < x < width - 8
        assert 8 < y < height - 8
    labels = page.evaluate(f"{INFO}.labels.map(({{ text }}) => text)")
    assert {"girl", "prince"} <= set(labels)


def test_ready_made_and_own_fit_a_phone(windows: Windows, app_address: str) -> None:
    page = windows.take(PHONE, has_touch=True, is_mobile=True).page
    page.goto(f"{app_address}/directions?direction_1=own+pairs")
    expect(page.locator("input[aria-label^='Pairs of words']")).to_be_visible(timeout=60_000)
    until_settled(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    own = page.get_by_role("radio", name="your pairs").bounding_box()
    assert own is not None
    assert own["x"] + own["width"] <= PHONE["width"]
