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
# The script has ended, and nothing in the document has changed for so many frames.
SETTLED_FRAMES = 20
SETTLED = f"""
() => new Promise((resolve, reject) => {{
  const start = performance.now();
  let unchanged = 0;
  const observer = new MutationObserver(() => {{ unchanged = 0; }});
  const all = {{ subtree: true, childList: true, attributes: true, characterData: true }};
  observer.observe(document, all);
  const look = () => {{
    const app = document.querySelector("[data-testid=stApp]");
    unchanged = app?.dataset.testScriptState === "notRunning" ? unchanged + 1 : 0;
    if (unchanged >= {SETTLED_FRAMES}) {{ observer.disconnect(); resolve(); }}
    else if (performance.now() - start > 30000) reject(new Error("the page never settled"));
    else requestAnimationFrame(look);
  }};
  look();
}})
"""


def until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression is true."""
    page.evaluate(UNTIL % expression)


def until_still(page: Page) -> None:
    """Wait until a word map is drawn and nothing on it moves."""
    page.wait_for_selector("[data-drawn]", state="attached", timeout=20_000)
    until(page, STILL)


def until_settled(page: Page) -> None:
    """Wait until the page's script has ended and the document no longer changes."""
    page.evaluate(SETTLED)
