"""The word map in a real browser: it draws, answers fingers and keys, and travels light."""

import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from launch import chromium

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("word_map_app.py")
# WebGL computed by the CPU, so that it is there without a graphics card.
WEBGL_IN_SOFTWARE = ["--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader"]
DRAWN = "[data-drawn]"
INFO = "[...globalThis[Symbol.for('word_map')].scenes.values()][0]"
EVIL = 2
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@dataclass
class WordMap:
    """A page with a word map, and what came over its websocket."""

    page: Page
    errors: list[str]
    received: list[int] = field(default_factory=list)

    def ask(self, expression: str) -> Any:  # noqa: ANN401 - whatever JavaScript returns
        """Return what the map reports about itself."""
        return self.page.evaluate(f"{INFO}.{expression}")

    def until(self, expression: str) -> None:
        """Wait until something the map reports is true."""
        self.page.wait_for_function(f"{INFO}.{expression}", timeout=8000)

    def place(self, index: int) -> tuple[float, float]:
        """Return where a word is on the page, in pixels."""
        box = self.page.locator("canvas.overlay").bounding_box()
        assert box is not None
        x, y, _ = self.ask(f"where({index})")
        return box["x"] + x, box["y"] + y

    def center(self) -> tuple[float, float]:
        """Return the middle of the map on the page, in pixels."""
        box = self.page.locator("canvas.overlay").bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def picture(self) -> np.ndarray:
        """Return the map as it is seen: (H, W, 3) uint8."""
        shot = self.page.locator(".stage").screenshot()
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))


Show = Callable[..., WordMap]


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str]) -> str:
    """Return the address of a page with nothing but a word map."""
    return serve(APP)


@pytest.fixture(scope="module")
def webgl_browser(browser: Browser) -> Iterator[Browser]:
    """Return a browser that has WebGL, if only in software."""
    path = chromium.find(Path(sys.executable))
    launched = browser.browser_type.launch(executable_path=path, args=WEBGL_IN_SOFTWARE)
    yield launched
    launched.close()


@pytest.fixture
def show(browser: Browser, address: str) -> Iterator[Show]:
    """Return a function that opens the page and waits until the map is drawn."""
    contexts: list[BrowserContext] = []

    def open_page(
        query: str, *, script: str = "", on: Browser = browser, **settings: object
    ) -> WordMap:
        settings.setdefault("viewport", {"width": 1280, "height": 800})
        context = on.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        shown = WordMap(page, [])
        page.on("pageerror", lambda error: shown.errors.append(str(error)))
        page.on("websocket", lambda socket: socket.on("framereceived", count_frame(shown)))
        if script:
            page.add_init_script(script)
        page.goto(f"{address}/?{query}")
        page.wait_for_selector(DRAWN, state="attached", timeout=20_000)
        page.wait_for_timeout(250)
        return shown

    yield open_page
    for context in contexts:
        context.close()


def count_frame(shown: WordMap) -> Callable[[str | bytes], None]:
    """Return what adds the length of each frame that arrives."""
    return lambda frame: shown.received.append(len(frame))


def colors_in(picture: np.ndarray) -> int:
    """Return how many colours a picture has: few when it is blank."""
    return len(np.unique(picture.reshape(-1, 3), axis=0))


def coarse(picture: np.ndarray) -> np.ndarray:
    """Return a picture without its details, as one row of numbers."""
    small = Image.fromarray(picture).resize((56, 26), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64).ravel()


def test_all_words_with_a_place_are_drawn(show: Show) -> None:
    shown = show("n=1000")
    assert shown.page.locator(DRAWN).get_attribute("data-drawn") == "layout:test:1000:2:999"
    assert colors_in(shown.picture()) > 50
    assert shown.errors == []


def test_webgl_draws_the_same_picture_as_the_canvas(show: Show, webgl_browser: Browser) -> None:
    wish = "globalThis[Symbol.for('word_map')] = { webglInSoftware: true }"
    by_webgl = show("n=3000", on=webgl_browser, script=wish)
    by_canvas = show("n=3000", on=webgl_browser)
    assert by_webgl.ask("renderer") == "WebGLPoints"
    assert by_canvas.ask("renderer") == "CanvasPoints"
    one, other = (coarse(shown.picture()) for shown in (by_webgl, by_canvas))
    assert np.corrcoef(one, other)[0, 1] > 0.95
    assert by_webgl.errors == []


def test_without_webgl_the_map_is_not_blank(show: Show) -> None:
    deny = """
        const real = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind === "webgl2" ? null : real.call(this, kind, ...rest);
        };"""
    shown = show("n=1000&d=3", script=deny)
    assert shown.ask("renderer") == "CanvasPoints"
    assert colors_in(shown.picture()) > 50
    assert shown.errors == []


def test_a_lost_graphics_card_leaves_no_hole(show: Show, webgl_browser: Browser) -> None:
    wish = "globalThis[Symbol.for('word_map')] = { webglInSoftware: true }"
    shown = show("n=1000", on=webgl_browser, script=wish)
    shown.page.evaluate("""() => {
        const canvas = document.querySelector('[data-drawn]').shadowRoot.querySelector('.cloud');
        canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
    }""")
    shown.until("renderer === 'CanvasPoints'")
    assert colors_in(shown.picture()) > 50
    shown.until("renderer === 'WebGLPoints'")
    assert colors_in(shown.picture()) > 50


def test_hover_names_the_word(show: Show) -> None:
    shown = show("n=300&groups=1")
    shown.page.mouse.move(*shown.place(0))
    expect(shown.page.locator(".tip")).to_have_text("kinganimals")
    assert shown.ask("hovered") == 0


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_click_reaches_python(show: Show, dimensions: int) -> None:
    shown = show(f"n=300&d={dimensions}")
    shown.page.mouse.click(*shown.place(1))
    expect(shown.page.get_by_text("picked: 1")).to_be_visible()
    assert "queen" in [label["text"] for label in shown.ask("labels")]


def test_box_and_lasso_select_and_escape_clears(show: Show) -> None:
    shown = show("n=1000")
    page = shown.page
    x, y = shown.center()
    page.get_by_label("Select words with a box").click()
    page.mouse.move(x - 90, y - 90)
    page.mouse.down()
    page.mouse.move(x + 90, y + 90, steps=3)
    page.mouse.up()
    boxed = shown.ask("selected")
    assert 0 < boxed < 999
    expect(page.get_by_text(re.compile(f"selected: {boxed}, sent: {boxed}, first"))).to_be_visible()
    page.get_by_label("Select words with a lasso").click()
    page.mouse.move(x - 90, y - 90)
    page.mouse.down()
    for corner in [(x + 90, y - 90), (x - 90, y + 90)]:
        page.mouse.move(*corner, steps=4)
    page.mouse.up()
    lassoed = shown.ask("selected")
    assert 0 < lassoed < boxed
    expect(page.get_by_text(re.compile(f"selected: {lassoed}, sent: {lassoed}"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("selected: 0, sent: 0")).to_be_visible()


def test_a_large_selection_is_counted_but_not_all_sent(show: Show) -> None:
    shown = show("n=60000")
    x, y = shown.center()
    shown.page.keyboard.down("Shift")
    shown.page.mouse.move(x - 300, y - 200)
    shown.page.mouse.down()
    shown.page.mouse.move(x + 300, y + 200, steps=3)
    shown.page.mouse.up()
    shown.page.keyboard.up("Shift")
    count = shown.ask("selected")
    assert count > 20_000
    expect(shown.page.get_by_text(f"selected: {count}, sent: 20000")).to_be_visible()


@pytest.mark.parametrize("query", ["n=2000", "n=2000&d=3", "n=2000&axes=1"])
def test_labels_stay_inside_and_never_overlap(show: Show, query: str) -> None:
    shown = show(query)
    shown.page.get_by_text("Mark").click()
    shown.until("labels.some((label) => label.text === 'the middle')")
    width, height = shown.ask("size")
    for zoom in range(3):
        labels = shown.ask("labels")
        assert len(labels) > 5
        assert {"king", "queen", "the middle"} <= {label["text"] for label in labels} or zoom
        for place, one in enumerate(labels):
            assert one["left"] >= 0
            assert one["top"] >= 0
            assert one["left"] + one["width"] <= width
            assert one["top"] + one["height"] <= height
            for other in labels[:place]:
                assert apart(one, other), f"{one['text']} lies over {other['text']}"
        shown.page.get_by_label("Zoom in").click()
        shown.page.wait_for_timeout(300)


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    """Return whether two rectangles share no pixel."""
    return (
        one["left"] + one["width"] <= other["left"]
        or other["left"] + other["width"] <= one["left"]
        or one["top"] + one["height"] <= other["top"]
        or other["top"] + other["height"] <= one["top"]
    )


def test_words_fly_from_two_to_three_dimensions(show: Show) -> None:
    shown = show("n=1000")
    shown.page.get_by_text("3D").click()
    shown.until("flying")
    drawn = "layout:test:1000:3:999"
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=8000)
    assert shown.ask("view")["yaw"] != 0
    shown.page.get_by_text("3D").click()
    drawn = "layout:test:1000:2:999"
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=8000)
    assert shown.ask("view")["yaw"] == 0
    assert shown.errors == []


def test_less_motion_means_no_flight(show: Show) -> None:
    shown = show("n=300", reduced_motion="reduce")
    shown.page.evaluate(f"""() => {{
        const info = {INFO};
        globalThis.flights = 0;
        const look = () => {{ globalThis.flights += info.flying; requestAnimationFrame(look); }};
        look();
    }}""")
    shown.page.get_by_text("3D").click()
    drawn = "layout:test:300:3:299"
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=8000)
    assert shown.page.evaluate("globalThis.flights") <= 1


def test_marks_travel_without_words_and_coordinates(show: Show) -> None:
    shown = show("n=20000")
    assert sum(shown.received) > 300_000
    shown.received.clear()
    shown.page.get_by_text("Mark").click()
    shown.until("labels.some((label) => label.text === 'the middle')")
    shown.page.wait_for_timeout(400)
    assert sum(shown.received) < 20_000


def test_payloads_that_nobody_needs_are_dropped(show: Show) -> None:
    shown = show("n=300")
    shown.page.get_by_text("3D").click()
    kept = "[...globalThis[Symbol.for('word_map')].payloads.keys()].sort().join()"
    shown.page.wait_for_function(f"{kept} === 'layout:test:300:3,words:test:300'", timeout=8000)


def test_keys_move_zoom_and_reset(show: Show) -> None:
    shown = show("n=300")
    start = shown.ask("view")
    shown.page.locator("canvas.overlay").focus()
    shown.page.keyboard.press("ArrowRight")
    assert shown.ask("view")["target"][0] > start["target"][0]
    shown.page.keyboard.press("+")
    assert shown.ask("view")["scale"] > start["scale"]
    shown.page.keyboard.press("0")
    shown.until(f"view.scale === {start['scale']!r}")


def test_the_wheel_scrolls_past_until_the_map_is_clicked(show: Show) -> None:
    shown = show("n=300&height=1500")
    start = shown.ask("view")["scale"]
    shown.page.mouse.move(*shown.center())
    shown.page.mouse.wheel(0, -200)
    shown.page.wait_for_timeout(200)
    assert shown.ask("view")["scale"] == start
    expect(shown.page.locator(".hint")).to_have_class(re.compile("shown"))
    shown.page.mouse.click(*shown.center())
    shown.page.mouse.wheel(0, -200)
    shown.until(f"view.scale > {start!r}")


def test_words_are_text_and_never_html(show: Show) -> None:
    shown = show("n=300")
    shown.page.mouse.move(*shown.place(EVIL))
    expect(shown.page.locator(".tip")).to_contain_text("<script>")
    shown.page.get_by_label("Show as table").click()
    shown.page.mouse.click(*shown.place(EVIL))
    expect(shown.page.locator(".table")).to_contain_text("<script>")
    assert shown.page.title() != "broken"
    assert shown.page.locator(".word-map script").count() == 0


def test_the_table_says_what_is_marked_and_picks(show: Show) -> None:
    shown = show("n=300")
    shown.page.get_by_text("Mark").click()
    shown.page.get_by_label("Show as table").click()
    table = shown.page.locator(".table table")
    expect(table.locator("tr").nth(1)).to_contain_text("king")
    table.get_by_role("button", name="queen").click()
    expect(shown.page.get_by_text("picked: 1")).to_be_visible()
    described = shown.page.locator("canvas.overlay").get_attribute("aria-label")
    assert described == "300 invented words in a round cloud."
    expect(shown.page.locator("[aria-live]")).to_have_text("queen picked")


def test_a_phone_taps_and_drags(show: Show) -> None:
    shown = show("n=300&groups=1", **PHONE)
    wide = shown.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    shown.page.touchscreen.tap(*shown.place(0))
    expect(shown.page.get_by_text("picked: 0")).to_be_visible()
    start = shown.ask("view")["target"][0]
    touch(shown.page, [(150, 500), (200, 500), (260, 500)])
    assert shown.ask("view")["target"][0] < start


def touch(page: Page, path: list[tuple[float, float]]) -> None:
    """Move one finger over the page."""
    session = page.context.new_cdp_session(page)
    for place, (x, y) in enumerate(path):
        kind = "touchMove" if place else "touchStart"
        points = [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_map_follows_the_theme(show: Show) -> None:
    shown = show("n=300")
    assert shown.picture()[4, 4].mean() > 200
    shown.page.emulate_media(color_scheme="dark")
    shown.page.wait_for_timeout(700)
    picture = shown.picture()
    assert picture[4, 4].mean() < 60
    assert picture.max() > 180  # the labels turned light


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_word_is_a_map_too(show: Show, count: int) -> None:
    shown = show(f"n={count}")
    note = shown.page.locator(".note")
    if count == 0:
        expect(note).to_have_text("There are no words to show.")
    else:
        assert [label["text"] for label in shown.ask("labels")] == ["king"]
    assert shown.errors == []
