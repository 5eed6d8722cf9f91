"""Words that the browser offers while one types, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waits import until_settled

pytestmark = pytest.mark.browser
OFFERED = "options => options.map(({ value }) => value)"


def test_a_word_begun_is_continued_from_the_vectors(visit: Callable[[str], Page]) -> None:
    page = visit("analogies")
    box = page.locator("input[aria-label='Add and subtract words']")
    box.wait_for(timeout=60_000)
    until_settled(page)
    box.fill("paris - france + germ")
    options = page.locator("#word-completion option")
    expect(options.first).to_be_attached()
    offered = options.evaluate_all(OFFERED)
    assert offered[:2] == ["paris - france + germany", "paris - france + german"]
    assert len(offered) <= 8
    expect(box).to_have_attribute("list", "word-completion")
    box.fill(offered[0])  # as the browser does when an entry is chosen
    expect(box).not_to_have_attribute("list", re.compile(""))  # "germany" is whole
    box.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile("berlin"))
    expect(page).to_have_url(re.compile("expression=paris"))
