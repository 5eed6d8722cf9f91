"""The part of the map that is in view: after a search, from a link, and after Back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.waits import INFO, until, until_settled, until_still
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile"

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
    field = page.locator("input[aria-label='Search a word']")
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
    field = page.locator("input[aria-label='Search a word']")
    field.fill("")
    field.press("Enter")
    until(page, f"{INFO}.view.scale === {INFO}.view.fitScale")


VIEW = f"(({{target, scale, yaw, pitch}}) => [...target, scale, yaw, pitch])({INFO}.view)"


@pytest.mark.parametrize("query", ["word=tower", "word=tower&map_dimensions=3D"])
def test_a_link_opens_at_the_view_and_back_skips_it(visit: Visit, query: str) -> None:
    page = visit(f"map?{query}")
    until_still(page)
    until_settled(page)
    assert "view=" not in page.url  # where a search leads is not written down
    entries = page.evaluate("history.length")
    for zoom in range(3):
        page.get_by_label("Zoom in").click()
        page.evaluate(f"{INFO}.drag({20 + zoom}, 10)")
        until_still(page)
    until(page, "location.search.includes('view=')")
    assert page.evaluate("history.length") == entries
    seen = page.evaluate(VIEW)
    at = page.url
    page.get_by_text("Colours", exact=True).click()  # the page writes its own values
    page.get_by_text("frequency", exact=True).click()
    page.wait_for_url("**colour=frequency**")
    until_settled(page)
    assert page.url.split("view=")[1] == at.split("view=")[1]
    assert page.evaluate(VIEW) == seen
    other = visit(page.url.split("/", 3)[3])
    until_still(other)
    assert other.evaluate(VIEW) == pytest.approx(seen, rel=1e-4)
    search(page, "music")
    assert "view=" not in page.url
    page.go_back()
    expect(page.locator("input[aria-label='Search a word']")).to_have_value("tower")
    until_settled(page)
    until_still(page)
    assert "colour=frequency" in page.url
    assert page.evaluate(VIEW) == pytest.approx(seen, rel=1e-4)


def test_a_selection_is_in_the_address(visit: Visit) -> None:
    page = visit("map")
    until_still(page)
    until_settled(page)
    box = page.locator("canvas.overlay").bounding_box()
    assert box is not None
    page.get_by_label("Select points with a box").click()
    x, y, _ = page.evaluate(f"{INFO}.where({INFO}.picked)")
    page.mouse.move(box["x"] + x - 15, box["y"] + y - 15)
    page.mouse.down()
    page.mouse.move(box["x"] + x + 15, box["y"] + y + 15, steps=3)
    page.mouse.up()
    page.wait_for_url("**selected=**")
    until_settled(page)
    count = page.evaluate(f"{INFO}.selected")
    assert count > 0
    assert len(page.url) < 8_000
    expect(page.get_by_test_id("stMain")).to_contain_text(f"{count} words selected.")
    other = visit(page.url.split("/", 3)[3])
    until_still(other)
    assert other.evaluate(f"{INFO}.selected") == count
    page.go_back()
    until_settled(page)
    assert page.evaluate(f"{INFO}.selected") == 0


@pytest.mark.parametrize("query", ["", "?word=music", "?map_dimensions=3D&word=music"])
def test_half_of_the_map_is_on_the_first_screen_of_a_phone(
    windows: Windows, app_address: str, query: str
) -> None:
    page = windows.take(PHONE, has_touch=True, is_mobile=True, user_agent=ANDROID).page
    page.goto(f"{app_address}/map{query}")
    until_still(page)
    until_settled(page)
    expect(page.locator(".word-map")).to_be_in_viewport(ratio=0.5)
