"""How good? in a real browser: pairs are rated by clicks, and links restore what was asked."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.waits import until_settled
from tests.browser.windows import PHONE, WIDE, Windows

pytestmark = pytest.mark.browser

# 100 pairs of numbers make 9,900 questions: to answer them takes longer than the first run.
SLOW = "\n".join(f"{number} {number + 300}" for number in range(100, 200))


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, windows: Windows, app_address: str) -> Iterator[Page]:
    """Return the page with its first pair to rate."""
    opened = windows.take(request.param).page
    opened.goto(f"{app_address}/evaluation")
    expect(rating(opened, 1)).to_be_visible(timeout=30_000)
    yield opened
    assert opened.get_by_test_id("stException").count() == 0
    main = opened.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")


def rating(page: Page, pair: int) -> Locator:
    return page.get_by_text(f"Pair {pair} of 12")


def rate(page: Page, pair: int, value: int) -> None:
    expect(rating(page, pair)).to_be_visible()
    radio = page.get_by_role("radio", name=str(value), exact=True)
    expect(radio).to_have_count(1)  # those of the last pair are gone
    radio.click()


def test_pairs_are_rated_and_the_result_is_in_the_address(page: Page) -> None:
    for pair, value in enumerate((8, 5, 9), 1):
        rate(page, pair, value)
    expect(rating(page, 4)).to_be_visible()
    assert page.locator(".js-plotly-plot").count() == 1
    page.go_back()
    rate(page, 3, 2)
    expect(rating(page, 4)).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["my_ratings"] == ["8,5,2"]
    page.get_by_role("button", name="Show the result").click()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    until_settled(page)
    page.reload()
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=30_000)
    page.get_by_role("button", name="Start again").click()
    expect(rating(page, 1)).to_be_visible()


def test_a_link_to_questions_that_take_long_is_restored(visit: Visit) -> None:
    query = {"questions": "typed", "typed_questions": SLOW, "ratings": "typed"}
    page = visit(f"evaluation?{urlencode(query)}")
    expect(page.get_by_text("answered rightly")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("radio", name="typed", checked=True)).to_have_count(2)
    assert parse_qs(urlsplit(page.url).query) == {key: [text] for key, text in query.items()}


def test_an_unknown_word_is_corrected_by_a_click(visit: Visit) -> None:
    page = visit("evaluation?questions=typed&typed_questions=man%20woman%20king%20qeen")
    page.get_by_role("button", name="qeen → queen").click()
    field = page.get_by_role("textbox", name="Your questions")
    expect(field).to_have_value("man woman king queen")
    expect(page.get_by_text("Of 1 question, 100.0% are answered")).to_be_visible()


def test_other_vectors_are_asked_in_both_halves(visit: Visit) -> None:
    page = visit("evaluation?my_ratings=8,5,9,1,3,6,4,10,0,3,2,7")
    expect(page.get_by_text("with the cosines of GloVe 6B 50d")).to_be_visible(timeout=30_000)
    page.get_by_role("combobox", name="Vectors").click()
    page.get_by_role("option", name="MiniLM tokens").click()
    expect(page.get_by_text("with the cosines of all-MiniLM-L6-v2 tokens")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_text("Of 1,032 questions")).to_be_visible(timeout=30_000)
    page.wait_for_url("**vectors=MiniLM+tokens")
