"""The pictures of a page as one file: what stands in it, read as HTML and as JSON."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest

from viz.figure import Figure
from viz.frozen import frozen_page
from viz.shown import PagePicture, ShownElement, ShownFigure, collected, record

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
LINK = "http://localhost:8501/map?words=%3Cb%3E&groups=a"
SCRIPT = "const name = 1;\nexport default function ({ data }) { name; data; }\n"


class Reader(HTMLParser):
    """Collect the elements of a page, and the texts of its scripts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script":
            self.texts.append(data)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)

    def data(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.texts if text.startswith("{")]


def figure() -> ShownFigure:
    trace = {"type": "bar", "x": [1, 2], "y": [HOSTILE, "b"], "name": HOSTILE}
    return ShownFigure(Figure([trace], {"title": {"text": HOSTILE}}), HOSTILE)


def element(name: str = "one") -> ShownElement:
    return ShownElement(name, SCRIPT, ".a { color: red; }", lambda: {"word": HOSTILE}, HOSTILE)


def test_what_is_drawn_is_data_and_never_markup() -> None:
    page = Reader(frozen_page(HOSTILE, LINK, [figure(), element()]))
    drawn, made = page.data()[:2]
    assert drawn["data"][0]["y"] == [HOSTILE, "b"]
    assert drawn["layout"]["title"]["text"] == HOSTILE
    assert made["data"] == {"word": HOSTILE}
    assert page.count("img") == 0
    assert page.count("script") == 4  # the data of both, plotly.js and what draws
    labels = [attributes.get("aria-label") for tag, attributes in page.elements if tag == "div"]
    assert labels == [HOSTILE, HOSTILE]
    assert [attributes["href"] for tag, attributes in page.elements if tag == "a"] == [LINK]


def test_nothing_is_fetched() -> None:
    page = Reader(frozen_page("Title", LINK, [figure(), element()]))
    (policy,) = (a["content"] for _, a in page.elements if a.get("http-equiv"))
    assert policy is not None
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["connect-src"] == "data:"
    assert "http" not in policy
    assert "unsafe" not in parts["script-src"]


def test_plotly_is_part_of_a_page_that_needs_it_only() -> None:
    assert len(frozen_page("Title", LINK, [element()])) < 10_000
    assert len(frozen_page("Title", LINK, [element(), figure()])) > 1_000_000


def test_modules_that_declare_the_same_names_keep_apart() -> None:
    page = frozen_page("Title", LINK, [element("one"), element("two")]).decode()
    assert page.count("const name = 1;") == 2
    assert page.count("elements.one = function") == page.count("elements.two = function") == 1


def test_a_module_has_one_default_export() -> None:
    broken = ShownElement("broken", "const a = 1;", "", dict, "")
    with pytest.raises(ValueError, match="broken has 0 default exports"):
        frozen_page("Title", LINK, [broken])


def test_pictures_are_collected_inside_a_block_only() -> None:
    first: PagePicture = figure()
    record(first)
    with collected() as pictures:
        record(first)
        with collected() as inner:
            record(element())
    record(first)
    assert pictures == [first]
    assert len(inner) == 1
