"""The ways a learner goes through the pages, in a real browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from core.embeddings import Embeddings
from tests.browser.waits import until_settled, until_still
from tests.browser.windows import PHONE, WIDE, Theme, Windows

pytestmark = pytest.mark.browser

MAP = "[...globalThis[Symbol.for('word_map')].scenes.values()][0]"
TABLE = "[data-testid=stDataFrame] canvas"


@dataclass
class Visit:
    """An open page, what it asked of other computers, and the errors that its scripts threw."""

    page: Page
    strangers: list[str]
    errors: list[str]
    received: list[int] = field(default_factory=list)

    def words(self) -> list[str]:
        """Return the words in the picture of an expression."""
        return self.page.locator(".plane .word text").all_text_contents()

    def table(self) -> str:
        """Return the text of the first table."""
        return self.page.locator(TABLE).first.text_content() or ""

    def until_table_has(self, word: str) -> None:
        expect(self.page.locator(TABLE).first).to_contain_text(word, timeout=15_000)

    def ask(self, expression: str) -> None:
        box = self.page.locator("input[aria-label='Add and subtract words']")
        box.fill(expression)
        box.press("Enter")


Go = Callable[..., Visit]


@pytest.fixture
def go(windows: Windows, app_address: str) -> Go:
    """Return a function that opens a page of the app as a new visitor."""

    def visit(path: str, viewport: ViewportSize = WIDE, theme: Theme = "light") -> Visit:
        window = windows.take(viewport, theme)
        opened = Visit(window.page, [], [])
        window.listen("pageerror", lambda error: opened.errors.append(str(error)))
        window.listen("request", lambda request: note_stranger(opened, request.url))
        window.listen(
            "websocket",
            lambda socket: socket.on(
                "framereceived", lambda frame: opened.received.append(len(frame))
            ),
        )
        window.page.goto(f"{app_address}/{path}")
        return opened

    return visit


def note_stranger(opened: Visit, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname != "localhost":
        opened.strangers.append(url)


# How the first picture of a page is known, where it is not plotly's.
DRAWN = {
    "map": "[data-drawn]",
    "analogies": ".plane .word",
    "learning": ".training-player[data-still]",
}


@pytest.mark.parametrize(
    "path",
    ["", "tokens", "map", "analogies", "directions", "dot_products", "evaluation", "learning"],
)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_page_opened_cold_fits_its_window_and_asks_no_other_computer(
    go: Go, path: str, viewport: ViewportSize
) -> None:
    opened = go(path, viewport)
    expect(opened.page.locator("h1")).to_be_visible(timeout=60_000)
    drawn = opened.page.locator(DRAWN.get(path, ".js-plotly-plot")).first
    expect(drawn).to_be_attached(timeout=60_000)
    until_settled(opened.page)
    main = opened.page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert opened.page.get_by_test_id("stException").count() == 0
    assert opened.strangers == []
    assert opened.errors == []


def test_king_is_nearest_and_queen_first_without_the_inputs(go: Go) -> None:
    opened = go("analogies")
    opened.until_table_has("king (typed)")
    first = re.search(r"king \(typed\)0\.8859\d*queen0\.8609", opened.table())
    assert first, opened.table()
    assert {"king", "man", "woman", "queen"} <= set(opened.words())


def test_an_expression_typed_changes_picture_table_and_address(go: Go) -> None:
    opened = go("analogies")
    opened.until_table_has("queen")
    opened.ask("paris - france + germany")
    opened.until_table_has("berlin")
    assert {"paris", "france", "germany", "berlin"} <= set(opened.words())
    address = opened.page.url
    assert parse_qs(urlsplit(address).query)["expression"] == ["paris - france + germany"]

    again = go(f"analogies?{urlsplit(address).query}")
    again.until_table_has("berlin")
    field = again.page.locator("input[aria-label='Add and subtract words']")
    expect(field).to_have_value("paris - france + germany")


def test_a_preset_fills_in_the_word_to_look_for(go: Go) -> None:
    opened = go("analogies")
    opened.until_table_has("queen")
    opened.page.get_by_role("radio", name="sushi → bratwurst?").or_(
        opened.page.get_by_text("sushi → bratwurst?")
    ).first.click()
    opened.until_table_has("gourmet")
    expect(opened.page.get_by_text("bratwurst has rank 106")).to_be_visible()


def test_a_misspelt_word_is_mended_by_a_click(go: Go) -> None:
    opened = go("analogies?expression=king+-+man+%2B+womann")
    close = opened.page.get_by_role("button", name="woman", exact=True)
    close.click(timeout=20_000)
    opened.until_table_has("queen")
    field = opened.page.locator("input[aria-label='Add and subtract words']")
    expect(field).to_have_value("king - man + woman")


def test_a_word_with_markup_is_shown_as_text(go: Go) -> None:
    evil = "<img src=x onerror=document.title='broken'>"
    opened = go("analogies")
    opened.until_table_has("queen")
    opened.ask(f'"{evil}" + king')
    expect(opened.page.get_by_test_id("stAlert")).to_contain_text(evil[:20], timeout=15_000)
    assert opened.page.title() != "broken"
    assert opened.page.locator("[data-testid=stAlert] img").count() == 0


def test_the_picture_builds_up_step_by_step(go: Go) -> None:
    opened = go("analogies")
    opened.until_table_has("queen")
    opened.page.get_by_role("button", name="Build up").click()
    for step in (1, 2, 3):
        expect(opened.page.get_by_text(f"{step} of 4")).to_be_visible(timeout=10_000)
        expect(opened.page.locator(".plane .arrow")).to_have_count(step - 1)
        expect(opened.page.get_by_text("queen", exact=True)).to_have_count(0)
        last = opened.page.get_by_role("button", name="Show the answer")
        opened.page.get_by_role("button", name="Next").or_(last).click()
    opened.until_table_has("queen")
    assert "queen" in opened.words()


def test_numbers_follow_a_dragged_tip_and_the_arrow_keys(go: Go) -> None:
    opened = go("analogies")
    opened.until_table_has("queen")
    page = opened.page
    until_settled(page)
    ring, scores = page.locator(".plane .tip"), page.locator(".plane .scores li")
    box, woman = ring.bounding_box(), page.locator(".plane .word", has_text="woman").bounding_box()
    assert box is not None
    assert woman is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, (y + woman["y"]) / 2)
    expect(scores).to_have_count(3)
    first = scores.first.inner_text()
    page.mouse.move(x, woman["y"] - 40)
    page.mouse.up()
    assert scores.first.inner_text() != first
    page.get_by_role("button", name="Put it back").click()
    expect(scores).to_have_count(0)
    ring.focus()
    page.keyboard.press("ArrowDown")
    expect(scores).to_have_count(3)
    assert scores.first.inner_text().startswith("queen")
    assert opened.errors == []


def test_a_clicked_word_leads_on_to_its_own_neighbours(go: Go) -> None:
    opened = go("analogies")
    opened.until_table_has("queen")
    opened.page.locator(".plane .word", has_text="queen").click()
    field = opened.page.locator("input[aria-label='Add and subtract words']")
    expect(field).to_have_value('"queen"', timeout=10_000)
    opened.until_table_has("queen (typed)")
    opened.page.go_back()
    expect(field).to_have_value("king - man + woman", timeout=10_000)


def test_words_in_the_picture_stand_out_from_a_dark_page(go: Go) -> None:
    opened = go("analogies", theme="dark")
    opened.until_table_has("queen")
    fill = opened.page.locator(".plane .word text").first.evaluate(
        "text => getComputedStyle(text).fill"
    )
    red, green, blue = (int(part) for part in re.findall(r"\d+", fill)[:3])
    assert min(red, green, blue) > 150, fill


def test_a_click_on_the_map_lists_the_true_neighbours(go: Go, glove: Embeddings) -> None:
    opened = go("map?word=cat")
    opened.until_table_has("dog")
    until_settled(opened.page)
    until_still(opened.page)
    dog = glove.index("dog")
    box = opened.page.locator("canvas.overlay").bounding_box()
    assert box is not None
    x, y, _ = opened.page.evaluate(f"{MAP}.where({dog})")
    opened.page.mouse.click(box["x"] + x, box["y"] + y)
    field = opened.page.locator("input[aria-label='Search a word']")
    expect(field).to_have_value("dog", timeout=10_000)
    opened.until_table_has("cat")


def test_a_link_to_the_map_restores_groups_axes_and_count(go: Go) -> None:
    opened = go("map?groups=royalty&count=100&map_dimensions=3D&projection=slice")
    expect(opened.page.locator("[data-drawn]")).to_be_attached(timeout=20_000)
    expect(opened.page.get_by_role("textbox", name="Axis 3")).to_be_visible()
    expect(opened.page.get_by_text("Drawn: 100 of 400,000 words")).to_be_visible()


def test_words_fly_from_one_layout_to_the_next_and_travel_once(go: Go) -> None:
    opened = go("map?word=")
    expect(opened.page.locator("[data-drawn]")).to_be_attached(timeout=20_000)
    for method, kept in (("UMAP", r"2\.\d"), ("PCA", r"0\.\d"), ("t-SNE", r"4\.\d")):
        until_settled(opened.page)
        until_still(opened.page)
        before = opened.page.evaluate(f"{MAP}.where(100)")
        received = sum(opened.received)
        opened.page.get_by_role("radio", name=method, exact=True).or_(
            opened.page.get_by_text(method, exact=True)
        ).first.click()
        opened.page.wait_for_function(f"{MAP}.flying", timeout=10_000)
        opened.page.wait_for_function(f"!{MAP}.flying", timeout=10_000)
        assert opened.page.evaluate(f"{MAP}.where(100)") != before
        told = opened.page.get_by_text(re.compile(f"this picture keeps {kept}"))
        expect(told).to_be_visible(timeout=20_000)
        # 20,000 pairs of coordinates take 160 kB; the words, another 170 kB, are there already.
        assert sum(opened.received) - received < 230_000


def test_selected_words_are_taken_to_another_page(go: Go) -> None:
    opened = go("map?only=king+queen+cat+dog+france+paris&projection=PCA&word=")
    until_settled(opened.page)
    until_still(opened.page)
    box = opened.page.locator("canvas.overlay").bounding_box()
    assert box is not None
    opened.page.keyboard.down("Shift")
    opened.page.mouse.move(box["x"] + 4, box["y"] + 60)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4, steps=5)
    opened.page.mouse.up()
    opened.page.keyboard.up("Shift")
    selected = opened.page.get_by_text(re.compile(r"^[3-6] words selected\.$"))
    expect(selected).to_be_visible(timeout=10_000)
    link = opened.page.get_by_test_id("stMain").get_by_test_id("stPageLink")
    link.filter(has_text="Dot products").click()
    field = opened.page.locator("input[aria-label=Words]")
    expect(field).to_have_value(re.compile("(king|paris|cat), "), timeout=20_000)


def test_a_layout_is_watched_and_stopped(go: Go) -> None:
    opened = go("map?count=5%2C000&projection=t-SNE&perplexity=17&word=")
    stop = opened.page.get_by_role("button", name="Stop", exact=True)
    stop.click(timeout=30_000)
    expect(opened.page.get_by_text("is not finished")).to_be_visible(timeout=15_000)
    expect(opened.page.get_by_role("button", name="Start again")).to_be_visible()


def test_the_map_as_a_page_and_as_a_table(go: Go) -> None:
    opened = go("map?only=king+queen+cat+dog+france+paris&projection=PCA&word=")
    for name, file, part in (
        ("This map as a page", "map.html", b"<title>6 words of GloVe 6B 50d</title>"),
        ("Coordinates", "map.csv", b"word,rank,x,y"),
    ):
        with opened.page.expect_download(timeout=20_000) as download:
            opened.page.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == file
        assert part in Path(download.value.path()).read_bytes()


def test_a_direction_is_changed_and_a_link_restores_it(go: Go) -> None:
    opened = go("directions?direction_numbers=true")
    opened.page.get_by_text("living", exact=True).first.click(timeout=20_000)
    opened.until_table_has("lion")
    query = urlsplit(opened.page.url).query
    assert "living" in query
    go(f"directions?{query}").until_table_has("lion")


def test_a_cell_of_the_heatmap_leads_to_its_two_words(go: Go) -> None:
    page = go("dot_products?part=many+words&words=king%2C+queen%2C+apple").page
    cells = page.locator(".plotly .nsewdrag").first
    cells.scroll_into_view_if_needed()
    until_settled(page)
    box = cells.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 2.5 / 3, box["y"] + box["height"] * 1.5 / 3
    page.mouse.move(x - 5, y)
    page.mouse.move(x, y)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text("queen · apple")
    page.mouse.click(x, y)
    expect(page.locator("input[aria-label='First word']")).to_have_value("queen")
    expect(page.locator("input[aria-label='Second word']")).to_have_value("apple")
    until_settled(page)
    assert parse_qs(urlsplit(page.url).query)["source"] == ["GloVe"]
    page.go_back()
    expect(page.locator("input[aria-label='Words']")).to_have_value("king, queen, apple")


def test_a_dot_product_is_worked_out(go: Go) -> None:
    opened = go("dot_products")
    expect(opened.page.locator(".katex").first).to_contain_text("128", timeout=20_000)
    opened.page.get_by_text("a right angle", exact=True).first.click()
    expect(opened.page.get_by_test_id("stMain")).to_contain_text("perpendicular", timeout=10_000)


def test_the_numbers_of_a_dot_product_follow_a_dragged_arrow(go: Go) -> None:
    opened = go("dot_products?toy=east+4+3%0Anorth+-3+4")
    page = opened.page
    hint = page.get_by_test_id("stMain")
    expect(hint).to_contain_text("perpendicular", timeout=20_000)
    until_settled(page)
    box = page.locator(".plane .tip").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 150)
    rows = page.locator(".plane .scores li")
    expect(rows).to_have_count(4)
    assert "−" in rows.last.inner_text()
    page.mouse.up()  # the table of typed vectors takes the new arrow
    expect(hint).to_contain_text("more than a right angle apart", timeout=10_000)
    until_settled(page)
    page.go_back()
    expect(hint).to_contain_text("perpendicular", timeout=10_000)
    assert opened.errors == []


def test_the_way_from_home_to_the_map(go: Go) -> None:
    opened = go("")
    opened.page.get_by_test_id("stPageLink").filter(has_text="Map").click(timeout=20_000)
    expect(opened.page.locator("[data-drawn]")).to_be_attached(timeout=20_000)
    assert urlsplit(opened.page.url).path == "/map"


@pytest.mark.parametrize(
    "path",
    ["", "tokens", "tokens?to_cut=king", "dot_products?part=many+words", "context?part=attention"],
)
def test_the_toolbar_of_a_figure_covers_no_color_scale(
    windows: Windows, app_address: str, path: str
) -> None:
    page = windows.take(PHONE, has_touch=True, is_mobile=True).page
    page.goto(f"{app_address}/{path}")
    page.locator(".js-plotly-plot .cbfills").first.wait_for(state="attached", timeout=60_000)
    until_settled(page)
    covered = page.evaluate("""() => [...document.querySelectorAll(".js-plotly-plot")]
      .filter((figure) => figure.querySelector(".cbfills"))
      .map((figure) => {
        const bar = figure.querySelector(".modebar-btn").getBoundingClientRect();
        return [...figure.querySelectorAll(".cbfills, .cbaxis text")].some((part) => {
          const box = part.getBoundingClientRect();
          return box.top < bar.bottom && box.right > bar.left;
        });
      })""")
    assert covered
    assert not any(covered)
