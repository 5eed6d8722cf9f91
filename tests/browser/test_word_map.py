"""The word map in a real browser: drawing, gestures and keys, and the bytes that travel."""

import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Response, Route, ViewportSize, expect

from launch import chromium
from tests.browser.waits import INFO, until, until_still
from tests.browser.windows import PHONE, WIDE, Window, Windows
from tests.servers import served

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("word_map_app.py")
# WebGL computed by the CPU, so that it is there without a graphics card.
WEBGL_IN_SOFTWARE = ["--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader"]
DRAWN = "[data-drawn]"
# The brightness of a corner of the map, drawn without WebGL.
CORNER = """document.querySelector('[data-drawn]').shadowRoot.querySelector('.cloud')
    .getContext('2d').getImageData(1, 1, 1, 1).data[0]"""
EVIL = 2
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@dataclass
class WordMap:
    """A page with a word map, and the bytes received: by websocket, and as files."""

    page: Page
    errors: list[str]
    received: list[int] = field(default_factory=list)
    fetched: list[int] = field(default_factory=list)

    def ask(self, expression: str) -> Any:  # noqa: ANN401 - whatever JavaScript returns
        """Return a value that the map reports."""
        return self.page.evaluate(f"{INFO}.{expression}")

    def until(self, expression: str) -> None:
        """Wait until a value that the map reports is true."""
        until(self.page, f"{INFO}.{expression}")

    def position(self, index: int) -> tuple[float, float]:
        """Return the position of a word on the page, in pixels."""
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
        """Return a screenshot of the map: (H, W, 3) uint8."""
        shot = self.page.locator(".stage").screenshot()
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))


Show = Callable[..., WordMap]


@pytest.fixture(scope="module")
def address() -> str:
    """Return the address of a page with nothing but a word map."""
    return served(APP)


@pytest.fixture(scope="module")
def webgl_browser(browser: Browser) -> Iterator[Browser]:
    """Return a browser that has WebGL, if only in software."""
    path = chromium.find(Path(sys.executable))
    launched = browser.browser_type.launch(executable_path=path, args=WEBGL_IN_SOFTWARE)
    yield launched
    launched.close()


@pytest.fixture
def show(windows: Windows, browser: Browser, address: str) -> Iterator[Show]:
    """Return a function that opens the page and waits until the map is drawn."""
    own: list[Page] = []

    def open_page(
        query: str,
        *,
        script: str = "",
        on: Browser | None = None,
        route: Callable[[Route], None] | None = None,
        **settings: Any,  # noqa: ANN401
    ) -> WordMap:
        if on or script:  # what is added before a page's own scripts stays in its window
            window = Window((on or browser).new_page(viewport=WIDE))
            own.append(window.page)
            window.page.add_init_script(script)
        else:
            window = windows.take(**settings)
        page = window.page
        if route:
            page.route("**/media/**", route)
        shown = WordMap(page, [])
        window.listen("pageerror", lambda error: shown.errors.append(str(error)))
        window.listen("websocket", lambda socket: socket.on("framereceived", count_frame(shown)))
        window.listen("response", lambda response: count_file(shown, response))
        page.goto(f"{address}/?{query}")
        until_still(page)
        return shown

    yield open_page
    for page in own:
        page.close()


def count_frame(shown: WordMap) -> Callable[[str | bytes], None]:
    """Return a function that adds the length of each frame that arrives."""
    return lambda frame: shown.received.append(len(frame))


def count_file(shown: WordMap, response: Response) -> None:
    """Add the length of a file that arrives, if it is one of the map's."""
    if urlsplit(response.url).path.startswith("/media/"):
        shown.fetched.append(int(response.headers.get("content-length", 0)))


def colors_in(picture: np.ndarray) -> int:
    """Return the number of colours of a picture: few when it is blank."""
    return len(np.unique(picture.reshape(-1, 3), axis=0))


def coarse(picture: np.ndarray) -> np.ndarray:
    """Return a picture without its details, as one row of numbers."""
    small = Image.fromarray(picture).resize((56, 26), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64).ravel()


def test_all_words_with_a_position_are_drawn(show: Show) -> None:
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


def test_after_a_lost_webgl_context_the_map_is_drawn_again(
    show: Show, webgl_browser: Browser
) -> None:
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
    shown.page.mouse.move(*shown.position(0))
    expect(shown.page.locator(".tip")).to_have_text("kinganimals")
    assert shown.ask("hovered") == 0


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_click_reaches_python(show: Show, dimensions: int) -> None:
    shown = show(f"n=300&d={dimensions}")
    shown.page.mouse.click(*shown.position(1))
    expect(shown.page.get_by_text("picked: 1")).to_be_visible()
    assert "queen" in [label["text"] for label in shown.ask("labels")]


def test_words_are_searched_on_the_whole_screen(show: Show) -> None:
    shown = show("n=1000")
    page = shown.page
    field = page.get_by_role("searchbox", name="Find a word on the map")
    expect(field).to_be_hidden()
    page.get_by_label("Fill the screen").click()
    until(page, "document.fullscreenElement !== null")
    field.fill(" King ")
    field.press("Enter")
    shown.until("picked === 0")
    shown.until("still")
    before = shown.ask("view")
    field.fill("word567")
    field.press("Enter")
    shown.until("picked === 567")
    shown.until("still")
    assert shown.ask("view") != before
    (x, y, _), (width, height) = shown.ask("where(567)"), shown.ask("size")
    assert 0 < x < width
    assert 0 < y < height
    field.fill("no such word")
    field.press("Enter")
    expect(page.locator(".search [role=status]")).to_contain_text("no such word")
    assert shown.ask("picked") == 567
    page.get_by_label("Fill the screen").click()
    expect(field).to_be_hidden()


def test_box_and_lasso_select_and_escape_clears(show: Show) -> None:
    shown = show("n=1000")
    page = shown.page
    x, y = shown.center()
    page.get_by_label("Select points with a box").click()
    page.mouse.move(x - 90, y - 90)
    page.mouse.down()
    page.mouse.move(x + 90, y + 90, steps=3)
    page.mouse.up()
    boxed = shown.ask("selected")
    assert 0 < boxed < 999
    expect(page.get_by_text(re.compile(f"selected: {boxed}, sent: {boxed}, first"))).to_be_visible()
    page.get_by_label("Select points with a lasso").click()
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
        for one in labels:
            assert one["left"] >= 0
            assert one["top"] >= 0
            assert one["left"] + one["width"] <= width
            assert one["top"] + one["height"] <= height
        assert_apart(labels)
        shown.page.get_by_label("Zoom in").click()
        shown.until("still")


@pytest.mark.parametrize("query", ["tight=1", "tight=1&d=3"])
def test_of_84_highlighted_words_those_with_room_are_labelled(show: Show, query: str) -> None:
    shown = show(f"n=2000&{query}")
    for _ in range(3):
        labels = shown.ask("labels")
        assert_apart(labels)
        assert "word20" in [label["text"] for label in labels]  # the accent is never left out
        assert 10 < sum(label["importance"] < 3 for label in labels) < 84
        for _ in range(5):  # while it moves, too
            shown.ask("drag(14, 4)")
            shown.page.evaluate("() => new Promise(requestAnimationFrame)")
            assert_apart(shown.ask("labels"))
        shown.until("still")


def test_zoomed_in_all_words_of_a_tight_group_are_labelled(show: Show) -> None:
    shown = show("n=2000&tight=1")
    shown.page.mouse.move(*shown.position(20))
    shown.page.keyboard.down("Control")
    for _ in range(3):
        scale = shown.ask("view")["scale"]
        shown.page.mouse.wheel(0, -820)  # the whole group stays in view
        shown.until(f"view.scale > {scale!r}")
    shown.page.keyboard.up("Control")
    shown.page.mouse.move(5, 5)
    names = [f"word{index}" for index in range(20, 32)]
    labels = "labels.map((label) => label.text)"
    shown.until(f"{labels}.filter((text) => {names}.includes(text)).length === 12")
    assert_apart(shown.ask("labels"))


def assert_apart(labels: list[dict[str, Any]]) -> None:
    """Fail if two labels share a pixel."""
    for index, one in enumerate(labels):
        for other in labels[:index]:
            assert apart(one, other), f"{one['text']} lies over {other['text']}"


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
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=20_000)
    assert shown.ask("view")["yaw"] != 0
    shown.page.get_by_text("3D").click()
    drawn = "layout:test:1000:2:999"
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=20_000)
    assert shown.ask("view")["yaw"] == 0
    assert shown.errors == []


def test_a_flight_has_frames_between_its_ends(show: Show) -> None:
    shown = show("n=20000")
    # Time passes five times as slowly: a slow computer draws as many frames as a fast one needs.
    shown.page.evaluate(f"""() => {{
        const real = requestAnimationFrame;
        globalThis.requestAnimationFrame = (draw) => real((now) => draw(now / 5));
        const info = {INFO};
        globalThis.positions = new Set();
        const look = () => {{
            if (info.flying) globalThis.positions.add(info.where(0).join());
            requestAnimationFrame(look);
        }};
        look();
    }}""")
    shown.page.get_by_text("3D").click()
    drawn = "layout:test:20000:3:19999"
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=20_000)
    assert shown.page.evaluate("globalThis.positions.size") > 3


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
    shown.page.wait_for_selector(f"[data-drawn='{drawn}']", state="attached", timeout=20_000)
    assert shown.page.evaluate("globalThis.flights") <= 1


@pytest.mark.parametrize(("query", "words"), [("n=20000", 190_000), ("n=400000&d=3", 5_500_000)])
def test_marks_and_colors_travel_without_words_and_coordinates(
    show: Show, query: str, words: int
) -> None:
    shown = show(query)
    assert sum(shown.fetched) > words
    shown.received.clear()
    shown.fetched.clear()
    shown.page.get_by_text("Mark").click()
    shown.until("labels.some((label) => label.text === 'the middle')")
    shown.page.get_by_text("Other groups").click()
    expect(shown.page.get_by_role("button", name="colours")).to_be_visible()
    shown.until("still")
    expect(shown.page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    assert sum(shown.received) + sum(shown.fetched) < 20_000
    assert shown.errors == []


def test_a_payload_that_the_server_lost_for_a_moment_is_asked_for_again(show: Show) -> None:
    refused = []

    def refuse(route: Route) -> None:
        if len(refused) < 3:
            refused.append(route.request.url)
            route.fulfill(status=404)
        else:
            route.continue_()

    shown = show("n=300", route=refuse)
    assert len(refused) == 3
    assert shown.ask("labels.length") > 5


def test_payloads_that_no_map_needs_are_dropped(show: Show) -> None:
    shown = show("n=300")
    shown.page.get_by_text("3D").click()
    kept = "[...globalThis[Symbol.for('word_map')].payloads.keys()].sort().join()"
    shown.page.wait_for_function(f"{kept} === 'layout:test:300:3,words:test:300'", timeout=20_000)


def test_dragging_has_the_name_of_what_it_does(show: Show) -> None:
    shown = show("n=300")
    first = shown.page.get_by_role("toolbar").get_by_role("button").first
    expect(first).to_have_accessible_name(re.compile("^Move"))
    shown.page.get_by_text("3D").click()
    expect(first).to_have_accessible_name(re.compile("^Turn"))


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_every_one_of_few_words_is_labelled(show: Show, size: ViewportSize) -> None:
    shown = show("n=9", viewport=size)
    shown.page.get_by_text("Mark").click()  # plain words are fewer behind highlighted ones
    shown.until("labels.some((label) => label.text === 'the middle')")
    shown.until("still")
    assert len([label for label in shown.ask("labels") if label["index"] is not None]) == 9


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
    expect(shown.page.locator(".hint")).to_have_class(re.compile("shown"))
    assert shown.ask("view")["scale"] == start
    shown.page.mouse.click(*shown.center())
    shown.page.mouse.wheel(0, -200)
    shown.until(f"view.scale > {start!r}")


def test_words_are_text_and_never_html(show: Show) -> None:
    shown = show("n=300")
    shown.page.mouse.move(*shown.position(EVIL))
    expect(shown.page.locator(".tip")).to_contain_text("<script>")
    shown.page.get_by_label("Show as table").click()
    shown.page.mouse.click(*shown.position(EVIL))
    expect(shown.page.locator(".table")).to_contain_text("<script>")
    assert shown.page.title() != "broken"
    assert shown.page.locator(".word-map script").count() == 0


def test_the_table_lists_marked_words_and_picks_one(show: Show) -> None:
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


def test_the_table_breaks_no_words_and_escape_closes_it(show: Show) -> None:
    shown = show("n=300&d=3&axes=1&groups=1", **TOUCH)
    shown.page.get_by_text("Mark").click()
    button = shown.page.get_by_label("Show as table")
    button.click()
    table = shown.page.locator(".table")
    cell = table.get_by_role("button", name="queen")
    expect(cell).to_be_visible()
    lines = cell.evaluate("(cell) => cell.getClientRects().length + cell.offsetHeight / 40")
    assert lines < 2
    expect(table.get_by_role("row", name="queen")).to_contain_text("colours")
    close = shown.page.get_by_label("Close the table")
    expect(close).to_be_in_viewport(ratio=1)
    cell.focus()
    shown.page.keyboard.press("Escape")
    expect(table).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    close.click()
    expect(table).to_be_hidden()


@pytest.mark.parametrize("dimensions", [2, 3])
def test_the_table_lists_coordinates_in_the_units_of_the_axes(show: Show, dimensions: int) -> None:
    drawn = np.random.default_rng(5).normal(size=(300, 3)).astype(np.float32)[1, :dimensions]
    for query, expected in (("", drawn), ("&scaled=1", 10 + 2 * drawn)):
        shown = show(f"n=300&d={dimensions}&axes=1{query}")
        shown.page.mouse.click(*shown.position(1))
        shown.page.get_by_label("Show as table").click()
        row = shown.page.locator(".table").get_by_role("row", name="queen")
        numbers = row.locator(".number").all_text_contents()
        listed = [float(number.replace("\N{MINUS SIGN}", "-")) for number in numbers]
        assert listed == pytest.approx(expected.tolist(), abs=0.006)


def test_a_group_can_be_switched_off_and_on(show: Show) -> None:
    shown = show("n=2000&tight=1")
    dots = "labels.filter((label) => label.importance < 3 && label.index >= 32 && label.index < 44)"
    assert shown.ask(f"{dots}.length") > 0
    button = shown.page.get_by_role("button", name="b", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    shown.until(f"{dots}.length === 0")
    shown.page.get_by_text("Mark").click()  # a rerun does not switch it on again
    shown.until("labels.some((label) => label.text === 'the middle')")
    assert shown.ask(f"{dots}.length") == 0
    button.click()
    shown.until(f"{dots}.length > 0")


def test_a_scale_has_its_ticks_and_the_tip_says_the_value(show: Show) -> None:
    shown = show("n=3000&values=1")
    expect(shown.page.locator(".legend")).to_have_text("rank1st100th")
    shown.page.mouse.move(*shown.position(0))
    expect(shown.page.locator(".tip")).to_have_text("kingrank 1")
    shown.page.mouse.move(*shown.position(1234))
    word = shown.page.locator(".tip b").inner_text()
    rank = int(word.removeprefix("word")) + 1  # another word may lie on top of it
    expect(shown.page.locator(".tip small")).to_have_text(f"rank {rank:,}")


def test_a_phone_taps_and_drags(show: Show) -> None:
    shown = show("n=300&groups=1", **TOUCH)
    wide = shown.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    shown.page.touchscreen.tap(*shown.position(0))
    expect(shown.page.get_by_text("picked: 0")).to_be_visible()
    start = shown.ask("view")["target"][0]
    touch(shown.page, [(150, 500), (200, 500), (260, 500)])
    assert shown.ask("view")["target"][0] < start


def touch(page: Page, path: list[tuple[float, float]]) -> None:
    """Move one finger over the page."""
    session = page.context.new_cdp_session(page)
    for step, (x, y) in enumerate(path):
        kind = "touchMove" if step else "touchStart"
        points = [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_map_follows_the_theme(show: Show) -> None:
    shown = show("n=300")
    assert shown.picture()[4, 4].mean() > 200
    shown.page.emulate_media(color_scheme="dark")
    until(shown.page, f"{CORNER} < 60 && {INFO}.still")
    picture = shown.picture()
    assert picture[4, 4].mean() < 60
    assert picture.max() > 180  # the labels turned light


@pytest.mark.parametrize("count", [0, 1])
def test_a_map_of_no_word_or_one_word(show: Show, count: int) -> None:
    shown = show(f"n={count}")
    note = shown.page.locator(".note")
    if count == 0:
        expect(note).to_have_text("There are no words to show.")
    else:
        assert [label["text"] for label in shown.ask("labels")] == ["king"]
    assert shown.errors == []


@pytest.mark.parametrize("query", ["n=3000&regions=1", "n=3000&regions=1&d=3"])
def test_regions_are_named_at_every_zoom_and_names_cover_nothing(show: Show, query: str) -> None:
    shown = show(query)
    shown.page.get_by_text("Mark").click()
    shown.until("labels.some((label) => label.text === 'the middle')")
    levels = []
    for _ in range(5):
        names, labels = shown.ask("names"), shown.ask("labels")
        assert_apart([*names, *labels])
        levels.append({name["level"] for name in names})
        for _ in range(2):
            shown.page.get_by_label("Zoom in").click()
        for _ in range(3):  # while it moves, too
            shown.ask("drag(9, 4)")
            shown.page.evaluate("() => new Promise(requestAnimationFrame)")
            assert_apart([*shown.ask("names"), *shown.ask("labels")])
        shown.until("still")
    assert 0 in levels[0]
    assert 2 in levels[-1]
    assert 0 not in levels[-1] or "d=3" in query  # what is far away in space stays small
    assert shown.errors == []


def middle_of(shown: WordMap, name: dict[str, Any]) -> tuple[float, float]:
    """Return the middle of a name on the page, in pixels."""
    box = shown.page.locator("canvas.overlay").bounding_box()
    assert box is not None
    return (
        box["x"] + name["left"] + name["width"] / 2,
        box["y"] + name["top"] + name["height"] / 2,
    )


@pytest.mark.parametrize("settings", [{}, TOUCH])
def test_a_click_on_a_name_selects_its_words_and_flies_there(
    show: Show, settings: dict[str, Any]
) -> None:
    shown = show("n=3000&regions=1", **settings)
    page = shown.page
    name = shown.ask("names")[0]
    start = shown.ask("view")["scale"]
    at = middle_of(shown, name)
    if settings:
        page.touchscreen.tap(*at)
    else:
        page.mouse.move(*at)
        expect(page.locator(".tip")).to_contain_text(name["text"])
        expect(page.locator(".stage")).to_have_attribute("data-pointer", "word")
        page.mouse.click(*at)
    shown.until("selected > 0")
    count = shown.ask("selected")
    assert 0 < count < 3000
    expect(page.get_by_text(f"selected: {count}, sent: {count}, first")).to_be_visible()
    shown.until("still")
    assert shown.ask("view")["scale"] > start
    assert shown.ask("emphasized") == {"level": name["level"], "region": name["region"]}
    assert shown.ask("names")[0]["stands"]
    if settings:
        return
    expect(page.locator(".tip")).to_be_hidden()
    page.locator("canvas.overlay").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_text("selected: 0, sent: 0")).to_be_visible()
    assert shown.ask("emphasized") is None


def test_an_empty_click_clears_the_selection(show: Show) -> None:
    shown = show("n=3000&regions=1")
    shown.page.mouse.click(*middle_of(shown, shown.ask("names")[0]))
    shown.until("selected > 0")
    shown.until("still")
    shown.page.get_by_label("Reset the view").click()
    shown.until(f"view.scale === {shown.ask('view')['fitScale']!r}")
    shown.until("still")
    box = shown.page.locator("canvas.overlay").bounding_box()
    assert box is not None
    shown.page.mouse.click(box["x"] + 3, box["y"] + 60)
    shown.until("selected === 0")
    expect(shown.page.get_by_text("selected: 0, sent: 0")).to_be_visible()


def test_the_tip_says_the_region_of_a_word(show: Show) -> None:
    shown = show("n=3000&regions=1&d=2")
    index = shown.ask("labels")[0]["index"]
    shown.page.mouse.move(*shown.position(index))
    expect(shown.page.locator(".tip small")).to_have_text(re.compile(r"^in \S"))


@pytest.mark.parametrize("stop", ["touch", "key", "wheel", "button"])
def test_a_tour_visits_regions_until_a_touch_a_key_or_the_wheel(show: Show, stop: str) -> None:
    shown = show("n=3000&regions=1", **(TOUCH if stop == "touch" else {}))
    page = shown.page
    button = page.get_by_role("button", name="Tour")
    button.click()
    shown.until("touring")
    shown.until("emphasized !== null")
    shown.until("flying === false")
    assert shown.ask("emphasized")["level"] == 1
    assert shown.ask("names")[0]["stands"]
    assert page.locator("[aria-live]").inner_text().endswith(" words")
    expect(button).to_have_attribute("aria-pressed", "true")
    if stop == "touch":
        page.touchscreen.tap(*shown.center())
    elif stop == "key":
        page.keyboard.press("a")
    elif stop == "wheel":
        page.mouse.move(*shown.center())
        page.mouse.wheel(0, 5)
    else:
        button.click()
    shown.until("touring === false")
    assert shown.ask("emphasized") is None
    expect(button).to_have_attribute("aria-pressed", "false")
    assert shown.ask("picked") is None
    assert shown.errors == []


def test_a_tour_ends_where_it_began(show: Show) -> None:
    shown = show("n=3000&regions=1", reduced_motion="reduce")
    home = shown.ask("view")
    shown.page.evaluate(f"""() => {{
        const later = setTimeout;  // the pauses are short
        globalThis.setTimeout = (call, time) => later(call, Math.min(time, 300));
        const info = {INFO};
        globalThis.seen = new Set();
        globalThis.flights = 0;
        const look = () => {{
            if (info.emphasized) globalThis.seen.add(info.emphasized.region);
            globalThis.flights += info.flying;
            requestAnimationFrame(look);
        }};
        look();
    }}""")
    shown.page.get_by_role("button", name="Tour").click()
    shown.until("touring")
    shown.until("touring === false")
    shown.until("still")
    assert shown.page.evaluate("globalThis.seen.size") == 5
    assert shown.page.evaluate("globalThis.flights") <= 6  # one frame each: it jumps
    assert shown.ask("view") == home


def test_without_regions_there_is_no_tour(show: Show) -> None:
    shown = show("n=300")
    expect(shown.page.get_by_role("button", name="Tour")).to_be_hidden()
    assert shown.ask("names") == []


def test_words_outside_the_view_are_counted_at_its_edge(show: Show) -> None:
    shown = show("n=8000&far=1")
    (edge,) = [edge for edge in shown.ask("edges") if edge["side"] == "right"]
    assert edge["count"] >= 30
    assert edge["text"] == f"{edge['count']} words →"
    x, _, _ = shown.ask("where(7999)")
    width, _ = shown.ask("size")
    assert x > width
    assert_apart([*shown.ask("edges"), *shown.ask("labels")])
    shown.page.mouse.click(*middle_of(shown, edge))
    shown.until("edges.length === 0")
    shown.until("still")
    x, _, _ = shown.ask("where(7999)")
    assert 0 < x < width
