"""The files of a word map, in a real browser: pictures, drawings, pages by themselves."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from core.layouts.regions import regions
from tests.browser.waits import INFO, until, until_still
from tests.servers import served
from viz.components.word_map import Highlight, Link, Marker, standalone_html

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("word_map_app.py")
DRAWN = "[data-drawn]"
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
HARD = ["</script><script>alert(1)</script>", "<b>&\"'", "a\x07b", "日本語", "שלום", "\n", ""]


@pytest.fixture(scope="module")
def address() -> str:
    """Return the address of a page with nothing but a word map."""
    return served(APP)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser context at 1280 x 800."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def opened(context: BrowserContext, url: str) -> Page:
    """Return a page, once its map is drawn."""
    page = context.new_page()
    page.goto(url)
    until_still(page)
    return page


def saved(page: Page, kind: str, folder: Path) -> Path:
    """Save the map as a `PNG` or an `SVG` and return the file."""
    page.get_by_role("button", name="Save the picture").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"({kind})").click()
    assert download.value.suggested_filename == f"word-map.{kind.lower()}"
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def drawing(page: Page, folder: Path) -> ET.Element:
    """Return the saved SVG, parsed."""
    return safe(saved(page, "SVG", folder))


def safe(drawing: Path) -> ET.Element:
    """Return an SVG file, parsed; fail if anything in it could run or be fetched."""
    root = ET.parse(drawing).getroot()
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "clipPath", "rect", "g", "circle", "path", "text", "image",
        }  # fmt: skip
        assert not [name for name in element.attrib if name.lower().startswith("on")]
        assert element.get(LINK, "data:image/png;base64,").startswith("data:image/png;base64,")
    return root


def poster(page: Page, paper: str, folder: Path) -> ET.Element:
    """Return the poster on a paper, parsed."""
    page.get_by_role("button", name="Save the picture").click()
    page.get_by_label("Poster on").select_option(paper)
    with page.expect_download() as download:
        page.get_by_role("button", name="Poster as SVG").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return safe(path)


def part(root: ET.Element, name: str) -> ET.Element:
    """Return a group of the drawing by its id."""
    found = root.find(f".//{SVG}g[@id='{name}']")
    assert found is not None
    return found


def texts(element: ET.Element) -> set[str]:
    """Return the texts in an element."""
    return {"".join(text.itertext()) for text in element.iter(f"{SVG}text")}


def visible(page: Page, count: int) -> int:
    """Return how many of the first words are in view."""
    return int(
        page.evaluate(f"""() => {{
            const info = {INFO};
            const [width, height] = info.size;
            return Array.from({{ length: {count} }}, (_, index) => info.where(index)).filter(
                (seen) => seen && seen[0] >= 0 && seen[0] < width
                    && seen[1] >= 0 && seen[1] < height
            ).length;
        }}""")
    )


@pytest.mark.parametrize("query", ["n=1000&groups=1&axes=1&hard=1", "n=1000&d=3&axes=1&hard=1"])
def test_a_drawing_has_a_circle_a_word_and_text_a_label(
    context: BrowserContext, address: str, tmp_path: Path, query: str
) -> None:
    page = opened(context, f"{address}/?{query}")
    page.get_by_text("Mark").click()
    expect(page.locator(DRAWN)).to_have_count(1)
    until(page, f"{INFO}.labels.some((label) => label.text === 'to')")
    page.get_by_role("button", name="Zoom in").click()
    until_still(page)
    root = drawing(page, tmp_path)
    points = part(root, "points")
    assert 100 < visible(page, 1000) < 999
    assert len(list(points.iter(f"{SVG}circle"))) == visible(page, 1000)
    written = texts(part(root, "marks"))
    labels = {label["text"].replace("\a", "�") for label in page.evaluate(f"{INFO}.labels")}
    assert {"king", "queen", "to", "<b>&\"'</text>�"} <= labels
    assert labels <= written
    assert any("left to right" in text for text in written)
    legend = texts(part(root, "legend"))
    assert legend == ({"animals", "colours", "foods"} if "groups" in query else set())
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "1000 invented words in a round cloud."


def test_many_words_are_one_image_in_a_small_drawing(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = opened(context, f"{address}/?n=60000&values=1")
    root = drawing(page, tmp_path)
    points = part(root, "points")
    assert [element.tag for element in points] == [f"{SVG}image"]
    assert (tmp_path / "word-map.svg").stat().st_size < 2_500_000
    assert texts(part(root, "legend")) == {"rank", "1st", "100th"}
    page.get_by_role("button", name="Zoom in").click(click_count=5, delay=30)
    until_still(page)
    circles = part(drawing(page, tmp_path), "points").iter(f"{SVG}circle")
    assert len(list(circles)) == visible(page, 60_000) > 100


def test_pictures_are_in_the_theme_of_the_page(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 390, "height": 844})
    page = opened(context, f"{address}/?n=1000&groups=1")
    picture = Image.open(saved(page, "PNG", tmp_path)).convert("RGB")
    width, height = page.evaluate(f"{INFO}.size")
    assert picture.width == 2 * width
    assert picture.height > 2 * height  # the legend stands above
    pixels = np.asarray(picture)
    assert pixels[-1, 0].max() < 60
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 200
    ground = drawing(page, tmp_path).find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "rgb({},{},{})".format(*pixels[-1, 0])
    context.close()


def test_the_menu_closes_with_escape_and_beside(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/?n=300")
    button = page.get_by_role("button", name="Save the picture")
    item = page.get_by_role("button", name="(SVG)")
    button.click()
    expect(item).to_be_visible()
    page.keyboard.press("Escape")
    expect(item).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.locator("canvas.overlay").click(position={"x": 30, "y": 200})
    expect(item).to_be_hidden()


@pytest.fixture
def offline(context: BrowserContext, tmp_path: Path) -> Callable[[bytes], tuple[Page, list[str]]]:
    """Return a function that opens a file without a network and collects errors."""

    def show(content: bytes) -> tuple[Page, list[str]]:
        file = tmp_path / "map.html"
        file.write_bytes(content)
        wrong: list[str] = []

        def cut(route: Route) -> None:
            if route.request.url == file.as_uri():
                route.continue_()
            else:
                wrong.append(route.request.url)
                route.abort()

        context.route("**/*", cut)
        context.on(
            "page", lambda page: page.on("pageerror", lambda error: wrong.append(str(error)))
        )
        context.on("page", lambda page: page.on("dialog", lambda dialog: wrong.append("a dialog")))
        return opened(context, file.as_uri()), wrong

    return show


def cloud(count: int, dimensions: int) -> NDArray[np.float32]:
    """Return random coordinates, always the same."""
    return np.random.default_rng(2).normal(size=(count, dimensions)).astype(np.float32)


def page_of(count: int, dimensions: int = 2, **settings: Any) -> bytes:  # noqa: ANN401
    words = [*HARD, *(f"word{number}" for number in range(len(HARD), count))]
    coordinates = cloud(count, dimensions)
    given = {"title": HARD[0], "alt": HARD[1], **settings}
    return standalone_html(words, coordinates, **given)


def test_a_standalone_page_draws_without_a_network(
    offline: Callable[[bytes], tuple[Page, list[str]]], tmp_path: Path
) -> None:
    marks = {
        "groups": np.arange(3000) % 2,
        "group_names": HARD[:2],
        "highlights": [Highlight(index) for index in range(len(HARD))],
        "links": [Link(0, 1, label=HARD[0])],
        "markers": [Marker((0.0, 0.0), HARD[0])],
        "axis_names": HARD[:2],
    }
    page, wrong = offline(page_of(3000, **marks))
    assert page.locator(DRAWN).get_attribute("data-drawn") == "layout:3000"
    start = page.evaluate(f"{INFO}.view.scale")
    page.get_by_role("button", name="Zoom in").click()
    until(page, f"{INFO}.view.scale > {start}")
    page.get_by_role("button", name="Reset the view").click()
    until(page, f"{INFO}.view.scale === {start}")
    box = page.locator("canvas.overlay").bounding_box()
    assert box is not None
    x, y, _ = page.evaluate(f"{INFO}.where(0)")
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(page.locator(".tip b")).to_have_text(HARD[0])
    page.get_by_role("button", name="Show as table").click()
    expect(page.locator(".table")).to_contain_text(HARD[0])
    page.get_by_role("button", name="Close the table").click()
    assert len(list(part(drawing(page, tmp_path), "points").iter(f"{SVG}circle"))) > 2000
    assert saved(page, "PNG", tmp_path).stat().st_size > 10_000
    assert page.title() == HARD[0]
    assert wrong == []


def test_a_standalone_page_finds_words(
    offline: Callable[[bytes], tuple[Page, list[str]]],
) -> None:
    page, wrong = offline(page_of(20_000, 3))
    page.get_by_role("searchbox").fill("Word1234")
    page.keyboard.press("Enter")
    until(page, f"{INFO}.picked === 1234 && !{INFO}.flying")
    # The view is around the word and the 16 closest ones, and shows all of them.
    points = cloud(20_000, 3)
    near = np.argsort(np.square(points - points[1234]).sum(axis=1))[:17]
    middle = (points[near].min(axis=0) + points[near].max(axis=0)) / 2
    np.testing.assert_allclose(page.evaluate(f"{INFO}.view.target"), middle, atol=1e-4)
    width, height = page.evaluate(f"{INFO}.size")
    for index in near.tolist():
        x, y, _ = page.evaluate(f"{INFO}.where({index})")
        assert 0 < x < width
        assert 0 < y < height
    assert "word1234" in page.evaluate(f"{INFO}.labels.map((label) => label.text)")
    page.get_by_role("searchbox").fill("<i>qeen")
    page.keyboard.press("Enter")
    expect(page.locator("output")).to_have_text("“<i>qeen” is not among these 20,000 words.")
    assert wrong == []


@pytest.mark.parametrize("groups", [None, [0, 1] * 100])
def test_a_standalone_page_keeps_its_words(
    context: BrowserContext,
    offline: Callable[[bytes], tuple[Page, list[str]]],
    groups: list[int] | None,
) -> None:
    # What the page would do a second later, it does at once.
    context.add_init_script("""
        const later = setTimeout;
        globalThis.setTimeout = (call) => later(call, 0);
    """)
    names = {} if groups is None else {"groups": groups, "group_names": ["even", "odd"]}
    page, wrong = offline(page_of(200, **names))
    for index in (100, 150):
        page.get_by_role("searchbox").fill(f"word{index}")
        page.keyboard.press("Enter")
        until(page, f"{INFO}.picked === {index} && !{INFO}.flying")
    assert wrong == []


def test_a_standalone_page_follows_light_and_dark(
    offline: Callable[[bytes], tuple[Page, list[str]]],
) -> None:
    page, _ = offline(page_of(300))
    ground = "getComputedStyle(document.body).backgroundColor"
    cloud = """(() => {
        const canvas = document.querySelector('[data-drawn]').shadowRoot.querySelector('.cloud');
        return canvas.getContext('2d').getImageData(1, 1, 1, 1).data[0];
    })()"""
    assert (page.evaluate(ground), page.evaluate(cloud)) == ("rgb(255, 255, 255)", 255)
    page.emulate_media(color_scheme="dark")
    until(page, f"{cloud} === 17")
    assert page.evaluate(ground) == "rgb(17, 21, 28)"


def test_a_standalone_page_may_run_and_fetch_nothing_else(
    offline: Callable[[bytes], tuple[Page, list[str]]],
) -> None:
    page, wrong = offline(page_of(300))
    fetched = page.evaluate("fetch('https://example.org/').then(() => 'came', () => 'refused')")
    assert fetched == "refused"
    page.evaluate("""() => new Promise((resolve) => {
        const script = document.createElement('script');
        script.textContent = "document.title = 'broken'";
        document.body.append(script);
        const picture = new Image();
        picture.onload = picture.onerror = resolve;
        picture.src = 'https://example.org/picture.png';
        document.body.append(picture);
    })""")
    assert page.title() != "broken"
    assert [url for url in wrong if re.match("https?:", url)] == []  # refused before it was asked


def test_a_standalone_page_shows_400_000_words(
    offline: Callable[[bytes], tuple[Page, list[str]]],
) -> None:
    page, wrong = offline(page_of(400_000, 3))
    assert page.locator(DRAWN).get_attribute("data-drawn") == "layout:400000"
    assert wrong == []


@pytest.fixture(scope="module")
def heaps() -> tuple[bytes, set[str]]:
    """Return a standalone page of words in 60 heaps, and the names of their regions."""
    heap = np.arange(3000) % 60
    random = np.random.default_rng(4)
    coordinates = random.normal(size=(60, 2))[heap] + random.normal(scale=0.05, size=(3000, 2))
    coordinates = coordinates.astype(np.float32)
    words = [f"<b>{number}" for number in range(3000)]
    levels = regions(words, np.eye(60, dtype=np.float32)[heap], coordinates)
    content = standalone_html(
        words,
        coordinates,
        title="Regions",
        alt="Words <i>.",
        regions=levels,
        color_by_regions=True,
        notes=["Perplexity <b>30</b>."],
    )
    return content, {text for level in levels for text in level.names}


def test_the_names_of_regions_are_in_every_file(
    offline: Callable[[bytes], tuple[Page, list[str]]],
    tmp_path: Path,
    heaps: tuple[bytes, set[str]],
) -> None:
    content, known = heaps
    page, wrong = offline(content)
    names = page.evaluate(f"{INFO}.names")
    assert len(names) > 5
    assert {name["text"] for name in names} <= known
    root = drawing(page, tmp_path)
    written = texts(part(root, "marks"))
    for name in names:
        assert all(word.strip() in {text.rstrip(",") for text in written} or name["text"] in written
                   for word in name["text"].split(","))  # fmt: skip
    colors = {group.get("fill") for group in part(root, "points")}
    assert len(colors) > 6
    assert [element.tag for element in root.iter(f"{SVG}image")] == [f"{SVG}image"]  # the shading
    assert saved(page, "PNG", tmp_path).stat().st_size > 20_000
    button = page.get_by_role("button", name="Tour")
    button.click()
    until(page, f"{INFO}.touring && {INFO}.emphasized")
    page.keyboard.press("a")
    until(page, f"!{INFO}.touring")
    assert wrong == []


def test_a_poster_is_a_sheet_of_its_size_without_a_network(
    context: BrowserContext,
    offline: Callable[[bytes], tuple[Page, list[str]]],
    tmp_path: Path,
    heaps: tuple[bytes, set[str]],
) -> None:
    content, known = heaps
    context.add_init_script("""if (parent !== window) print = () => {
        parent.printed = document.documentElement.outerHTML;
    };""")
    page, wrong = offline(content)
    view = page.get_by_label("Only what is in view")
    shown = {}
    for paper, sides in {"A4": {"210mm", "297mm"}, "A2": {"420mm", "594mm"}}.items():
        root = poster(page, paper, tmp_path)
        assert {root.get("width"), root.get("height")} == sides
        assert {"Words <i>", "Perplexity <b>30</b>."} <= texts(part(root, "texts"))
        assert len(list(part(root, "points").iter(f"{SVG}circle"))) == 3000
        assert min(float(text.get("font-size", 0)) for text in root.iter(f"{SVG}text")) >= 8  # 6 pt
        shown[paper] = {line.rstrip(",") for line in texts(part(root, "marks"))}
    pieces = {piece for name in known for piece in (name, *name.split(", "))}
    assert len(shown["A2"] & pieces) > len(shown["A4"] & pieces) > 10

    page.get_by_role("button", name="Zoom in").click(click_count=3, delay=30)
    until_still(page)
    page.get_by_role("button", name="Save the picture").click()
    view.check()
    page.keyboard.press("Escape")
    some = part(poster(page, "A2", tmp_path), "points")
    assert 100 < len(list(some.iter(f"{SVG}circle"))) < 2000
    page.get_by_role("button", name="Reset the view").click()
    until_still(page)
    page.get_by_role("button", name="Save the picture").click()
    expect(view).to_be_hidden()
    page.get_by_role("button", name="Poster as PDF").click()
    until(page, "window.printed")
    sheet = context.new_page()
    sheet.set_content(page.evaluate("window.printed"))
    assert "Words <i>" in sheet.locator("#texts text").all_text_contents()
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)", sheet.pdf(prefer_css_page_size=True))
    points = [sorted(float(side) for side in box) for box in boxes]
    assert points == [pytest.approx([420 / 25.4 * 72, 594 / 25.4 * 72], abs=1)]  # one page
    assert wrong == []
