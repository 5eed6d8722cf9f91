"""The part of the map that is in view: after a search, from a link, and after Back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.waits import INFO, until, until_settled, until_still
from tests.browser.windows import PHONE

pytestmark = pytest.mark.browser

# The dots drawn closest to the ringed word: the share of the map that they span, and the labels.
CLOSEST = f"""
() => {{
  const info = {INFO}, [width, height] = info.size, [x, y] = info.where(info.picked);
  const seen = [];
  for (let index = 0; index < 20000; index++) {{
    const at = info.where(index);
    if (at) seen.push([Math.hypot(at[0] - x, at[1] - y), index, at]);
  }}
  const near = seen.sort((one, other) => one[0] - other[0]).slice(0, 17);
  const span = (axis) => {{
    const values = near.map(([, , at]) => at[axis]);
    return (Math.max(...values) - Math.min(...values)) / [width, height][axis];
  }};
  const indices = near.map(([, index]) => index);
  return {{
    inside: near.every(([, , [x, y]]) => x > 0 && y > 0 && x < width && y < height),
    share: Math.max(span(0), span(1)),
    labelled: info.labels.filter(({{ index }}) => indices.includes(index)).length,
  }};
}}
"""


def search(page: Page, word: str) -> None:
    """Search a word, and wait until the map shows it."""
    field = page.get_by_role("textbox", name="Search a word")
    field.fill(word)
    field.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text(f"Nearest to {word}", timeout=20_000)
    until_settled(page)
    until_still(page)


def closest(page: Page) -> dict[str, Any]:
    seen: dict[str, Any] = page.evaluate(CLOSEST)
    return seen


def test_a_searched_word_and_the_closest_dots_fill_half_of_the_map(visit: Visit) -> None:
    page = visit("map")
    until_still(page)
    assert page.evaluate(f"{INFO}.view.scale === {INFO}.view.fitScale")  # at first, all words
    for size in (None, PHONE):
        if size:
            page.set_viewport_size(size)
        for word in ("tower", "music"):
            search(page, word)
            seen = closest(page)
            assert seen["inside"]
            assert 0.5 < seen["share"] < 0.9
            assert seen["labelled"] >= 10
    search(page, "")
    until(page, f"{INFO}.view.scale === {INFO}.view.fitScale")
