"""Conditions that browser tests wait for."""

from playwright.sync_api import Page

INFO = "[...globalThis[Symbol.for('word_map')].scenes.values()][0]"
STILL = f"{INFO}.still"
# Not `wait_for_function`: it needs `eval`, which the content security policy of a page may forbid.
UNTIL = """
() => new Promise((resolve, reject) => {
  const start = performance.now();
  const look = () => {
    if (%s) resolve();
    else if (performance.now() - start > 15000) reject(new Error("it never became true"));
    else requestAnimationFrame(look);
  };
  look();
})
"""


def until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression is true."""
    page.evaluate(UNTIL % expression)


def until_still(page: Page) -> None:
    """Wait until a word map is drawn and nothing on it moves."""
    page.wait_for_selector("[data-drawn]", state="attached", timeout=20_000)
    until(page, STILL)
