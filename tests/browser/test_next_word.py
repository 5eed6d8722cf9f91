"""A learner's way through the page Next word, in a real browser."""

import re
from collections.abc import Callable

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from core.language.models import LanguageModel
from core.language.next_word import next_word
from core.language.sampling import entropy, probabilities
from tests.browser.waits import until_settled

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("decoder")]
FIRST_SCREEN = 60_000  # milliseconds: the model is opened on the way
PROMPT = "The capital of France is"
SETTINGS = [(1.0, 0, 1.0), (0.0, 0, 1.0), (0.35, 0, 0.8), (2.0, 5, 1.0), (3.0, 1000, 0.95),
            (0.05, 20, 0.5)]  # fmt: skip
STOPS = [1, 2, 3, 5, 10, 20, 50, 100, 1000, 0]  # of the slider for top-k


@pytest.fixture
def page(visit: Callable[[str], Page]) -> Page:
    return visit("next_word")


def ready(page: Page) -> Locator:
    root = page.locator(".softmax[data-ready]")
    expect(root).to_be_visible(timeout=FIRST_SCREEN)
    return root


def slide(page: Page, temperature: float, top_k: int, top_p: float) -> None:
    places = {"Temperature": temperature, "Top-k": STOPS.index(top_k), "Top-p": top_p}
    for name, place in places.items():
        page.get_by_role("slider", name=name).fill(str(place))


def shares(page: Page) -> list[float]:
    """Return the probabilities of all bars, the last one that of the other tokens."""
    made: list[float] = page.locator(".softmax .row").evaluate_all(
        "rows => rows.map(row => Number(row.dataset.probability))"
    )
    return made


def test_the_numbers_are_those_of_torch(
    visit: Callable[[str], Page], decoder: LanguageModel
) -> None:
    # A link can say what no slider does.
    page = visit("next_word?temperature=1.3&top_p=0.37")
    root = ready(page)
    logits = next_word(decoder, decoder.tokenizer.ids(PROMPT)).logits
    best = np.argsort(-logits, kind="stable")[:12].tolist()
    for settings in [(1.3, 0, 0.37), *SETTINGS]:
        if settings in SETTINGS:
            slide(page, *settings)
        made = probabilities(torch.from_numpy(logits).double(), *settings)
        wanted = [*made[best].tolist(), float(1 - made[best].sum())]
        assert shares(page) == pytest.approx(wanted, abs=1e-6), settings
        bits = float(root.get_attribute("data-entropy") or "nan")
        assert bits == pytest.approx(float(entropy(made)), abs=1e-5), settings
        assert int(root.get_attribute("data-kept") or 0) == int((made > 0).sum()), settings


def test_the_slider_moves_the_bars_without_the_server(page: Page) -> None:
    ready(page)
    before = shares(page)
    slider = page.get_by_role("slider", name="Temperature")
    # Moved and read in one breath: no answer of the server can come between.
    after: list[float] = slider.evaluate("""slider => {
      slider.value = 2;
      slider.dispatchEvent(new Event("input"));
      const rows = slider.closest(".softmax").querySelectorAll(".row");
      return [...rows].map((row) => Number(row.dataset.probability));
    }""")
    assert after[0] < before[0]
    assert after[-1] > before[-1]
    assert "temperature" not in page.url
    slider.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "1.95"
    expect(page).to_have_url(re.compile("temperature=1.95"), timeout=10_000)
    page.reload()
    ready(page)
    expect(page.get_by_role("slider", name="Temperature")).to_have_attribute(
        "aria-valuetext", "1.95"
    )


def test_one_token_after_the_other(page: Page) -> None:
    ready(page)
    page.locator(".softmax button.row").first.click()
    expect(page.locator(".strip .chip")).to_have_count(6, timeout=15_000)
    expect(page.locator(".strip .chip").last).to_contain_text("Paris")
    expect(page.locator(".softmax .row").first).not_to_contain_text("Paris", timeout=10_000)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".strip .chip")).to_have_count(5, timeout=15_000)
    expect(page.locator(".softmax .row").first).to_contain_text("Paris", timeout=10_000)


def test_a_double_click_appends_one_token(page: Page) -> None:
    ready(page)
    page.locator(".softmax button.row").first.dblclick()
    expect(page.locator(".softmax .row").first).not_to_contain_text("Paris", timeout=15_000)
    until_settled(page)
    expect(page.locator(".strip .chip")).to_have_count(6)


def test_the_end_of_a_long_text_is_seen(visit: Callable[[str], Page]) -> None:
    page = visit("next_word?added=" + "-".join(["1165"] * 60))
    ready(page)
    strip = page.locator(".strip")
    last = strip.locator(".chip").last.bounding_box()
    box = strip.bounding_box()
    assert last is not None
    assert box is not None
    assert strip.evaluate("strip => strip.scrollTop") > 0
    assert last["y"] + last["height"] <= box["y"] + box["height"] + 1


def test_stories_start_are_stopped_and_say_what_was_beaten(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/next_word?part=stories&length=200&temperatures=0%2C+1.5")
    page.get_by_role("button", name="Write").click(timeout=FIRST_SCREEN)
    second = page.locator(".strip").nth(1).locator(".chip")
    expect(second.nth(12)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Write")).to_be_enabled(timeout=10_000)
    until_settled(page)
    count = second.count()
    second.nth(9).click()
    # The page has been computed anew, and no token has come.
    expect(page.get_by_text("at T = 1", exact=False).first).to_be_visible(timeout=10_000)
    until_settled(page)
    assert second.count() == count < 208


def test_it_fits_a_phone(page: Page, fits: Callable[[Page, str, str], None]) -> None:
    for part in ("next+word", "stories", "softmax+by+hand", "one+logit"):
        fits(page, f"next_word?part={part}", ".js-plotly-plot, .softmax[data-ready], .strip")
