"""What a click, a tap, a paste, a link and Back promise, on a screen and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waits import until_settled
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]


@pytest.fixture
def phone(windows: Windows, app_address: str) -> Visit:
    """Return a function that opens a page on a phone: a tap ends a field and presses at once."""

    def opened(path: str) -> Page:
        page = windows.take(PHONE, has_touch=True, is_mobile=True).page
        page.goto(f"{app_address}/{path}")
        return page

    return opened


def idle(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )


def test_back_brings_what_was_typed_in_one_step(visit: Visit) -> None:
    page = visit("analogies")
    box = page.locator("input[aria-label='Add and subtract words']")
    box.fill("paris - france + italy")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"expression=paris"), timeout=30_000)
    idle(page)
    page.get_by_role("link", name="Directions").first.click()
    expect(page.get_by_role("heading", name="Directions")).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile(r"/directions$"))
    idle(page)
    page.go_back()
    expect(box).to_have_value("paris - france + italy", timeout=30_000)
    expect(page).to_have_url(re.compile(r"/analogies\?expression=paris"))
    idle(page)
    page.go_back()
    expect(box).to_have_value("king - man + woman", timeout=30_000)
    expect(page).to_have_url(re.compile(r"/analogies$"))


def test_a_text_that_a_click_on_another_page_ended_is_there_after_back(visit: Visit) -> None:
    page = visit("analogies")
    box = page.locator("input[aria-label='Add and subtract words']")
    expect(box).to_have_value("king - man + woman", timeout=30_000)
    idle(page)
    box.fill("paris - france + italy")
    page.get_by_role("link", name="Directions").first.click()
    expect(page.get_by_role("heading", name="Directions")).to_be_visible(timeout=30_000)
    idle(page)
    page.go_back()
    expect(box).to_have_value("paris - france + italy", timeout=30_000)
    idle(page)
    expect(page).to_have_url(re.compile(r"expression=paris"))


def test_a_text_that_a_tap_on_the_menu_ended_is_there_after_back(phone: Visit) -> None:
    page = phone("analogies")
    box = page.locator("input[aria-label='Add and subtract words']")
    expect(box).to_have_value("king - man + woman", timeout=30_000)
    idle(page)
    box.fill("paris - france + italy")
    page.get_by_role("button", name="Expand sidebar").tap()
    page.get_by_role("link", name="Directions").first.tap()
    expect(page.get_by_role("heading", name="Directions")).to_be_visible(timeout=30_000)
    idle(page)
    page.go_back()
    expect(box).to_have_value("paris - france + italy", timeout=30_000)
    idle(page)
    expect(page).to_have_url(re.compile(r"expression=paris"))


def test_a_page_opened_again_goes_on_in_one_entry(visit: Visit) -> None:
    page = visit("analogies")
    box = page.locator("input[aria-label='Add and subtract words']")
    box.fill("paris - france + italy")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"expression=paris"), timeout=30_000)
    for name, address in (("Directions", r"/directions$"), ("Analogies", r"expression=paris")):
        idle(page)
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=30_000)
        expect(page).to_have_url(re.compile(address), timeout=30_000)
    expect(box).to_have_value("paris - france + italy")
    idle(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/directions$"))
    expect(page.get_by_role("heading", name="Directions")).to_be_visible(timeout=30_000)


def test_groups_of_ones_own_come_by_a_link(visit: Visit) -> None:
    page = visit("map?own_groups=fruit%3A+apple&projection=PCA&count=1%2C000")
    expect(page.locator("[data-drawn]")).to_be_attached(timeout=60_000)
    page.get_by_role("button", name="Colours").click()
    expect(page.get_by_role("textbox", name="Your own groups")).to_have_value("fruit: apple")


def test_words_drawn_alone_are_in_their_field_and_go_by_a_click(visit: Visit) -> None:
    page = visit("map?only=cat%2C+dog%2C+king%2C+queen%2C+bread&projection=PCA&count=100")
    chip = page.get_by_role("button", name="5 words only")
    expect(chip).to_be_visible(timeout=60_000)
    until_settled(page)
    chip.click()
    expect(chip).to_have_count(0, timeout=30_000)
    expect(page).not_to_have_url(re.compile("only="))
    idle(page)
    page.go_back()
    expect(chip).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Words", exact=False).first.click()
    expect(page.get_by_role("textbox", name="Or only these")).to_have_value(
        "cat, dog, king, queen, bread"
    )


def test_the_words_of_a_direction_can_be_changed(visit: Visit) -> None:
    page = visit("directions")
    page.get_by_role("button", name="Change its words").click(timeout=60_000)
    pairs = page.get_by_role("textbox", name="Pairs of words")
    expect(pairs).to_be_visible(timeout=30_000)
    assert "man woman" in pairs.input_value()
    expect(page).to_have_url(re.compile("direction_1=own"))


def test_a_tap_on_start_takes_the_text_and_starts(phone: Visit) -> None:
    page = phone("learning?learn_text=Typed&learn_epochs=3")
    box = page.get_by_role("textbox", name="Your sentences")
    start = page.get_by_role("button", name="Train", exact=True)
    expect(start).to_be_enabled(timeout=60_000)
    idle(page)
    box.fill("the red cat sat on the mat\nthe red dog sat on the rug\n" * 5)
    start.tap()
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stMain")).to_contain_text("70 words")
    expect(page).to_have_url(re.compile("learn_at="), timeout=60_000)


def test_a_tap_on_an_example_takes_the_words_and_the_example(phone: Visit) -> None:
    page = phone("tokens")
    box = page.get_by_role("textbox", name="Sentence A", exact=True)
    expect(box).to_be_visible(timeout=60_000)
    idle(page)
    box.fill("cats and dogs")
    page.locator("[data-variant=pills]").get_by_text("numbers", exact=True).tap()
    text = page.get_by_role("textbox", name="Type a text")
    expect(text).to_have_value(re.compile("7006652"), timeout=30_000)
    expect(page).to_have_url(re.compile(r"sentence_a=cats.*to_cut=7"), timeout=30_000)
    expect(box).to_have_value("cats and dogs")


def test_of_a_paste_that_is_too_long_the_beginning_is_taken(visit: Visit) -> None:
    page = visit("next_word?part=softmax+by+hand")
    box = page.get_by_role("textbox", name="Logits")
    expect(box).to_be_visible(timeout=60_000)
    idle(page)
    box.fill("1, " * 300)
    box.press("Enter")
    expect(box).to_have_value(("1, " * 300)[:400], timeout=30_000)
    expect(page.get_by_test_id("stMain")).to_contain_text("500 more")


def test_a_space_at_the_end_is_told_and_taken_away(visit: Visit) -> None:
    page = visit("next_word?prompt=The+capital+of+France+is+")
    button = page.get_by_role("button", name="Remove the space")
    button.click(timeout=60_000)
    box = page.get_by_role("textbox", name="Text")
    expect(box).to_have_value("The capital of France is", timeout=30_000)
    expect(button).to_have_count(0, timeout=60_000)
