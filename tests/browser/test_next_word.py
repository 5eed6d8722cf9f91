"""A learner's way through the page Next word, in a real browser."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Locator, Page, expect

from core.language.models import LanguageModel
from core.language.next_word import next_word
from core.language.sampling import entropy, probabilities

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("decoder")]
FIRST_SCREEN = 60_000  # milliseconds: the model is opened on the way
PROMPT = "The capital of France is"
SETTINGS = [(1.0, 0, 1.0), (0.0, 0, 1.0), (0.35, 0, 0.8), (2.0, 5, 1.0), (3.0, 1000, 0.95),
            (1.3, 0, 0.37), (0.05, 20, 0.5)]  # fmt: skip


@pytest.fixture
def page(browser: Browser, app_address: str) -> Iterator[Page]:
    """Return the page as a visitor opens it; in the end nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        # Streamlit asks for its own settings below the page's address first, and is refused.
        lambda told: (
            errors.append(told.text)
            if told.type == "error" and "_stcore" not in str(told.location)
            else None
        ),
    )
    opened.goto(f"{app_address}/next_word")
    yield opened
    assert opened.get_by_test_id("stException").count() == 0
    assert errors == []
    context.close()


def ready(page: Page) -> Locator:
    root = page.locator(".softmax[data-ready]")
    expect(root).to_be_visible(timeout=FIRST_SCREEN)
    return root


def shares(page: Page) -> list[float]:
    """Return the probabilities of all bars, the last one that of the other tokens."""
    made: list[float] = page.locator(".softmax .row").evaluate_all(
        "rows => rows.map(row => Number(row.dataset.probability))"
    )
    return made


@pytest.mark.parametrize(("temperature", "top_k", "top_p"), SETTINGS)
def test_the_numbers_are_those_of_torch(
    page: Page,
    app_address: str,
    decoder: LanguageModel,
    temperature: float,
    top_k: int,
    top_p: float,
) -> None:
    page.goto(f"{app_address}/next_word?temperature={temperature}&top_k={top_k}&top_p={top_p}")
    root = ready(page)
    logits = next_word(decoder, decoder.tokenizer.ids(PROMPT)).logits
    made = probabilities(torch.from_numpy(logits).double(), temperature, top_k, top_p)
    best = np.argsort(-logits, kind="stable")[:12].tolist()
    wanted = [*made[best].tolist(), float(1 - made[best].sum())]
    assert shares(page) == pytest.approx(wanted, abs=1e-6)
    bits = float(root.get_attribute("data-entropy") or "nan")
    assert bits == pytest.approx(float(entropy(made)), abs=1e-5)
    assert int(root.get_attribute("data-kept") or 0) == int((made > 0).sum())


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


def test_stories_start_are_stopped_and_say_what_was_beaten(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/next_word?part=stories&length=200&temperatures=0%2C+1.5")
    page.get_by_role("button", name="Write").click(timeout=FIRST_SCREEN)
    second = page.locator(".strip").nth(1).locator(".chip")
    expect(second.nth(12)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Write")).to_be_enabled(timeout=10_000)
    page.wait_for_timeout(1_500)
    count = second.count()
    page.wait_for_timeout(1_500)
    assert second.count() == count < 208
    second.nth(9).click()
    expect(page.get_by_text("at T = 1", exact=False).first).to_be_visible(timeout=10_000)


def test_it_fits_a_phone(page: Page, app_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for part in ("next+word", "stories", "softmax+by+hand", "one+logit"):
        page.goto(f"{app_address}/next_word?part={part}")
        shown = ".js-plotly-plot, .softmax[data-ready], .strip"
        expect(page.locator(shown).first).to_be_visible(timeout=FIRST_SCREEN)
        page.wait_for_timeout(700)
        main = page.get_by_test_id("stMain")
        assert main.evaluate("element => element.scrollWidth <= element.clientWidth"), part
