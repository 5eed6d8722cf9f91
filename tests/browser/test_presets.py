"""Every example of every page: by a click on a fresh page, by its address, and by Back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PRESETS = Path(__file__).resolve().parents[2] / "assets" / "presets"
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(PRESETS.glob("*.json"))}
# The page, the part of it if it is not the one that a fresh page shows, and the label.
EVERY = [
    (name, "" if part == presets[0].get("part", "") else part, preset["label"])
    for name, presets in FILES.items()
    for preset in presets
    for part in [preset.get("part", "")]
]
# What a visitor can set, as it is seen: of each control its label and what it holds.
SEEN = """
() => {
  const main = document.querySelector("[data-testid=stMain]");
  if (!main) return [];
  const rows = [];
  const note = (control, value) => {
    const element = control.closest("[data-testid=stElementContainer]");
    const label = element?.querySelector("[data-testid=stWidgetLabel] p")?.innerText ?? "";
    if (label !== "Examples") rows.push(`${label}: ${value}`);
  };
  for (const control of main.querySelectorAll("input:not([type=file]), textarea"))
    note(control, ["checkbox", "radio"].includes(control.type) ? control.checked : control.value);
  for (const control of main.querySelectorAll("[role=radio][aria-checked=true]"))
    note(control, control.innerText);
  return rows.sort();
}
"""
MARKED = """
() => [...document.querySelectorAll("[data-variant=pills][aria-checked=true]")]
  .map((pill) => pill.innerText)
"""
# A run has ended, and the page with its controls has stayed the same for some frames. A run that
# changes nothing can be over between two frames; then more frames are waited for.
IS_SETTLED = """
(before, rows) => {
  const { settled } = window;
  const seen = JSON.stringify(rows);
  const app = document.querySelector("[data-testid=stApp]");
  const isDone = app?.dataset.testScriptState === "notRunning"
    && document.querySelector("[data-testid=stMain] h1")
    && !document.querySelector("[data-testid=stSkeleton]");
  settled.frames = isDone && seen === settled.seen ? settled.frames + 1 : 0;
  settled.seen = seen;
  return settled.frames >= (window.runs > before ? 5 : 120);
}
"""
# Pauses a training run, unless it has ended by itself, as one that diverges does.
PAUSE = """
() => [...document.querySelectorAll(".st-key-learning_player *")]
  .flatMap(({ shadowRoot }) => [...shadowRoot?.querySelectorAll("button") ?? []])
  .find((button) => button.innerText === "Pause")?.click()
"""
# Counts the runs that ended, so that a test can wait for the next one.
COUNT_RUNS = """
window.runs = 0;
new MutationObserver((changes) => {
  for (const { target, oldValue } of changes)
    if (oldValue === "running" && target.dataset.testScriptState === "notRunning") window.runs++;
}).observe(document, {
  subtree: true, attributeFilter: ["data-test-script-state"], attributeOldValue: true,
});
"""


class Visitor:
    """Somebody with a browser window of their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_init_script(COUNT_RUNS)
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()

    def open(self, path: str) -> None:
        """Open a page as the first of a session."""
        self.page.goto(f"{self.address}/{path}")
        self.wait_for_run(0)

    def wait_for_run(self, before: int) -> None:
        """Wait until a run has ended and its controls are on the screen."""
        self.page.evaluate("window.settled = { seen: '', frames: 0 }")
        self.page.wait_for_function(
            f"before => ({IS_SETTLED})(before, ({SEEN})())",
            arg=before,
            timeout=60_000,
        )

    def runs(self) -> int:
        count: int = self.page.evaluate("window.runs")
        return count

    def seen(self) -> list[str]:
        seen: list[str] = self.page.evaluate(SEEN)
        return seen

    def marked(self) -> list[str]:
        """Return the examples that are marked as on."""
        marked: list[str] = self.page.evaluate(MARKED)
        return marked

    def query(self) -> str:
        return urlsplit(self.page.url).query

    def until_seen(self, wanted: list[str]) -> None:
        """Wait until the controls hold what they should; fail with what differs."""
        try:
            self.page.wait_for_function(
                f"wanted => JSON.stringify(({SEEN})()) === JSON.stringify(wanted)",
                arg=wanted,
                timeout=15_000,
            )
        except Exception:  # noqa: BLE001  the assertion says more
            assert self.seen() == wanted


@pytest.fixture(scope="module")
def visitors(browser: Browser, app_address: str) -> Iterator[tuple[Visitor, Visitor]]:
    """Return who clicks, and who gets the link."""
    both = Visitor(browser, app_address), Visitor(browser, app_address)
    yield both
    for visitor in both:
        visitor.page.context.close()


@pytest.mark.parametrize(("name", "part", "label"), EVERY)
def test_an_example_is_restored(
    visitors: tuple[Visitor, Visitor], name: str, part: str, label: str
) -> None:
    clicking, linked = visitors
    page: Any = clicking.page
    clicking.open(f"{name}?part={part}" if part else name)
    at_first, query_at_first = clicking.seen(), clicking.query()
    before = clicking.runs()
    page.locator("[data-variant=pills]").get_by_text(label, exact=True).click()
    clicking.wait_for_run(before)
    if name == "learning":  # an example starts a run: wait for no end of it
        before = clicking.runs()
        page.evaluate(PAUSE)
        clicking.wait_for_run(before)
        page.get_by_role("button", name="Pause").wait_for(state="detached")
    shown, query = clicking.seen(), clicking.query()
    assert page.get_by_test_id("stException").count() == 0

    assert label in clicking.marked()

    linked.open(f"{name}?{query}")
    linked.until_seen(shown)
    assert label in linked.marked()
    assert linked.query() == query

    if query != query_at_first:  # else the example is what a fresh page shows
        page.go_back()
        if clicking.query() != query_at_first:  # Pause on Learning was an action of its own
            page.go_back()
        clicking.until_seen(at_first)
        assert clicking.query() == query_at_first
    else:
        assert shown == at_first
