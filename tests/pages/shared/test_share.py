"""Sharing a page: the link, the QR code, the line that embeds it."""

import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.shared.share import embed_line, qr_code
from pages.shared.url_state import MAX_ADDRESS
from tests.pages.opening import open_page


def link_of(page: str, **link: str | list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the query of the link that a page offers, and the warnings beside it."""
    app = open_page(page, **link)
    app.button(key="share").click().run()
    assert not app.exception
    shown = [urlsplit(code.value).query for code in app.code]
    return parse_qs(shown[0]), [each.value for each in app.warning]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("dot_products", {"source": ["GloVe"]}),
        ("analogies", {"expression": ["paris - france + italy"], "dimensions": ["3D"]}),
        ("next_word", {"temperature": ["0.5"]}),
    ],
)
def test_the_link_holds_what_is_set(page: str, link: dict[str, list[str]]) -> None:
    query, warnings = link_of(page, **link)
    assert link.items() <= query.items()
    assert not warnings


def test_a_text_too_long_for_a_link_is_mentioned() -> None:
    app = open_page("tokens")
    app.text_area[0].set_value("word " * MAX_ADDRESS).run()
    before = len(app.warning)  # what the page says itself
    app.button(key="share").click().run()
    assert len(app.code[0].value) < MAX_ADDRESS
    assert len(app.warning) == before + 1


@pytest.mark.parametrize("query", ["", "?words=a%22+b&words=%3Cb%3E"])
def test_the_line_embeds_the_same_page(query: str) -> None:
    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    seen: list[tuple[str, dict[str, str | None]]] = []
    link = f"http://localhost:8501/map{query}"
    Reader().feed(embed_line('"><script>', link))
    ((tag, attributes),) = seen
    assert (tag, attributes["title"]) == ("iframe", '"><script>')
    source = urlsplit(attributes["src"] or "")
    assert parse_qs(source.query) == parse_qs(urlsplit(link).query) | {"embed": ["true"]}


def test_a_link_is_a_qr_code_unless_it_is_too_long() -> None:
    link = "http://localhost:8501/map?"
    picture = qr_code(link)
    assert picture is not None
    assert ET.fromstring(picture).tag.endswith("svg")
    assert qr_code(link + "a" * 2_900) is not None
    assert qr_code(link + "a" * MAX_ADDRESS) is None
