"""A learner's way through the page Learning, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.waits import until_settled

pytestmark = pytest.mark.browser
FIRST_SCREEN = 60_000  # milliseconds: the trainer may have to be compiled
PLAYER = ".st-key-learning_player .training-player"
# Which words lie over which others, by their boxes; they may touch.
COVERED = """
(plane) => {
  const boxes = [...plane.querySelectorAll("text")]
    .filter((text) => text.textContent && text.previousElementSibling?.tagName !== "circle")
    .map((text) => [text.textContent, text.getBBox()]);
  const shared = (one, other) => Math.min(one.x + one.width, other.x + other.width)
    - Math.max(one.x, other.x);
  const common = (one, other) => Math.min(one.y + one.height, other.y + other.height)
    - Math.max(one.y, other.y);
  return boxes.flatMap(([word, box], index) => boxes.slice(index + 1)
    .filter(([, other]) => shared(box, other) > 3 && common(box, other) > 6)
    .map(([other]) => `${word} ${other}`));
}
"""


@pytest.fixture
def page(visit: Callable[[str], Page]) -> Page:
    page = visit("learning?learn_epochs=12")
    expect(page.locator(PLAYER)).to_be_visible(timeout=FIRST_SCREEN)
    return page


def snapshot(page: Page) -> int:
    return round(float(page.locator(PLAYER).get_attribute("data-snapshot") or "nan"))


def place_of(page: Page, word: str) -> tuple[float, float]:
    """Return where a word is drawn, in pixels, once nothing moves."""
    expect(page.locator(PLAYER)).to_have_attribute("data-still", "true")
    point = page.locator(f"{PLAYER} circle[data-word={word}]")
    return float(point.get_attribute("cx") or "nan"), float(point.get_attribute("cy") or "nan")


def test_from_random_to_trained_and_on_to_analogies(page: Page) -> None:
    told = page.get_by_test_id("stMain")
    expect(told).not_to_contain_text("queen has rank 1 in")
    untrained = place_of(page, "king")
    plane = page.locator(f"{PLAYER} .plane svg")
    plane.evaluate("plane => { plane.isFirst = true; }")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(told).to_contain_text(re.compile("Epoch [2-9] of 12"), timeout=FIRST_SCREEN)
    page.get_by_role("button", name="Pause").click()
    on = page.get_by_role("button", name="Go on")
    expect(on).to_be_enabled()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert place_of(page, "king") != untrained
    stopped = snapshot(page)
    assert 0 < stopped < 99
    page.get_by_role("button", name="Step", exact=True).click()
    # Training that had gone on would be further by now.
    expect(page.locator(PLAYER)).to_have_attribute("data-snapshot", str(stopped + 1))
    expect(on).to_be_enabled()
    on.click()
    again = page.get_by_role("button", name="Play again")
    expect(again).to_be_visible(timeout=FIRST_SCREEN)
    expect(told).to_contain_text(re.compile(r"queen has rank 1 in snapshot \d+"))
    expect(told).to_contain_text(re.compile(r"Nearest to king in snapshot \d+"))
    expect(told.get_by_role("button", name=re.compile(r"^queen 0\.\d\d$"))).to_be_visible()
    trained = place_of(page, "king")
    assert plane.evaluate("plane => plane.isFirst"), "the picture was made anew: it blinks"
    page.wait_for_function(f"plane => !({COVERED})(plane).length", arg=plane.element_handle())

    slider = page.get_by_role("slider", name="Snapshot")
    slider.press("Home")
    expect(told).to_contain_text("Untrained")
    expect(told).not_to_contain_text("queen has rank 1 in")
    assert place_of(page, "king") != trained
    slider.press("End")
    expect(told).to_contain_text("Epoch 12 of 12")
    assert place_of(page, "king") == trained

    again.click()
    moving = "player => player.dataset.snapshot > 3 && player.dataset.snapshot < 90"
    page.wait_for_function(moving, arg=page.locator(PLAYER).element_handle())
    page.get_by_role("button", name="Pause").click()
    expect(on).to_be_visible()
    until_settled(page)  # a run that was on its way may have shown a later snapshot for a moment
    expect(page.locator(PLAYER)).to_have_attribute("data-still", "true")
    stopped = snapshot(page)
    assert 0 < stopped < 100
    expect(told).to_contain_text(re.compile(f"Snapshot {stopped} of"))
    expect(told).not_to_contain_text("Epoch 12 of 12")
    slider.press("End")
    expect(told).to_contain_text("Epoch 12 of 12")

    # The slider can be taken while the run is played: the run stops there.
    again.click()
    page.wait_for_function(moving, arg=page.locator(PLAYER).element_handle())
    slider.press("End")
    expect(again).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(PLAYER)).to_have_attribute("data-snapshot", "100")

    expect(page).to_have_url(re.compile(r"learn_at=100\b"))
    page.go_back()
    expect(told).to_contain_text(re.compile(f"Snapshot {stopped} of"))
    page.go_forward()
    expect(told).to_contain_text("Epoch 12 of 12")
    page.reload()
    expect(told).to_contain_text("Epoch 12 of 12", timeout=FIRST_SCREEN)
    expect(told).to_contain_text(re.compile(r"queen has rank 1 in snapshot \d+"))

    page.get_by_role("button", name="Use on the other pages").click()
    told.get_by_role("link", name="Analogies").click()
    expect(page.get_by_role("heading", name="Analogies")).to_be_visible()
    vectors = page.get_by_role("combobox", name="Vectors")
    expect(vectors).to_have_value(re.compile("Learned from the classroom sentences"))
    expect(told).to_contain_text(re.compile(r"queen \(cosine \d\.\d+\) comes first|queen.*nearest"))


def test_a_pause_holds_while_a_later_snapshot_is_on_its_way(
    browser: Browser, app_address: str
) -> None:
    held: list[str | bytes] = []
    is_holding = False
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda text: held.append(text) if is_holding else socket.send(text))

    with browser.new_context() as context:
        page = context.new_page()
        page.route_web_socket(re.compile("/_stcore/stream"), connect)
        page.goto(f"{app_address}/learning?learn_epochs=12")
        page.get_by_role("button", name="Train", exact=True).click(timeout=FIRST_SCREEN)
        playing = page.locator(PLAYER).element_handle()
        underway = "({ player }) => player.target > 5 && player.target < 60"
        page.wait_for_function(underway, arg=playing, timeout=FIRST_SCREEN)
        is_holding = True
        for _ in range(1_000):  # frames of the browser
            if any(b"learning_player" in each for each in held if isinstance(each, bytes)):
                break
            page.evaluate("new Promise(requestAnimationFrame)")
        else:
            pytest.fail("the page no longer plays")
        shown = page.locator(PLAYER).evaluate("({ player }) => player.target")
        page.get_by_role("button", name="Pause").click()
        is_holding = False
        for each in held:
            sockets[-1].send(each)
        until_settled(page)
        expect(page.locator(PLAYER)).to_have_attribute("data-snapshot", str(shown))
        expect(page.get_by_test_id("stMain")).to_contain_text(
            f"Nearest to king in snapshot {shown}:"
        )
        expect(page).to_have_url(re.compile(rf"learn_at={shown}\b"))


def test_a_word_of_the_window_is_tapped(page: Page) -> None:
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    sentence = page.locator(".st-key-learn_gap")
    near = page.locator(".st-key-learn_near")
    expect(near.get_by_role("radio")).to_have_text(["king", "and", "queen", "the", "land"])
    sentence.get_by_text("king", exact=True).click()
    expect(near.get_by_role("radio")).to_have_text(["and", "queen", "rule", "the", "land"])
    expect(sentence.locator("[aria-checked=true]")).to_have_text("king")
    expect(page).to_have_url(re.compile(r"learn_gap=0\b"))
    near.get_by_text("land", exact=True).click()
    expect(near.locator("[aria-checked=true]")).to_have_text("land")
    expect(page).to_have_url(re.compile(r"learn_near=5\b"))
    expect(page.locator(".st-key-learning_step_picture")).not_to_be_attached()  # untrained
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator(".st-key-learning_step_picture .trace").first).to_be_attached(
        timeout=FIRST_SCREEN
    )
    page.go_back()
    page.go_back()
    expect(sentence.locator("[aria-checked=true]")).to_have_text("king")


def test_a_word_in_the_plane_is_asked_about(page: Page) -> None:
    until_settled(page)
    plane = page.locator(f"{PLAYER} .plane")
    field = page.get_by_role("textbox", name="Neighbours of")
    plane.locator("text[data-word=tiger]").click()
    expect(field).to_have_value("tiger")
    until_settled(page)
    plane.locator("circle[data-word=queen]").click(force=True)  # a label may lie over it
    expect(page).to_have_url(re.compile(r"learn_word=queen\b"))


def test_the_picture_is_kept_as_a_file(page: Page) -> None:
    with page.expect_download() as waited:
        page.get_by_role("button", name="Save picture").click()
    path = waited.value.path()
    content = path.read_bytes()
    assert waited.value.suggested_filename == "learning.png"
    assert content.startswith(b"\x89PNG")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    assert width > 1_800  # two pixels for one of the screen
    assert height > 700
    assert len(content) > 30_000  # more than an empty picture


def test_it_fits_a_phone(page: Page, fits: Callable[[Page, str, str], None]) -> None:
    fits(page, "learning?learn_compare=method", PLAYER)
    fits(page, "learning", PLAYER)
    words = page.locator(f"{PLAYER} .cell.plane")
    expect(words).not_to_be_in_viewport(ratio=0.9)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(words).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport()
