"""The word map as one file: what is in it, and that words are never markup."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from viz.components.word_map import Highlight, Link, Marker, standalone_html

EVIL = "</script><script>alert(1)</script>"
QUOTES = "<b>&\"'\x07"


class Reader(HTMLParser):
    """What a page consists of: its elements with their attributes, and the text in each."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data

    def scripts(self, kind: str) -> list[str]:
        """Return the texts of the scripts of one type."""
        return [
            text
            for (tag, attributes), text in zip(self.elements, self.texts, strict=True)
            if tag == "script" and attributes.get("type") == kind
        ]


def page_of(words: list[str], dimensions: int = 2, **settings: object) -> Reader:
    coordinates = np.arange(len(words) * dimensions, dtype=np.float32).reshape(-1, dimensions)
    given: dict[str, object] = {"title": "A map", "alt": "Some words.", **settings}
    return Reader(standalone_html(words, coordinates, **given))  # type: ignore[arg-type]


def payloads(page: Reader) -> dict[str, tuple[dict[str, object], bytes]]:
    """Return the header and the body of each payload, by kind."""
    found = {}
    for block in page.scripts("application/gzip"):
        payload = gzip.decompress(base64.b64decode(block, validate=True))
        end = 4 + int.from_bytes(payload[:4], "little")
        header = json.loads(payload[4:end])
        found[header["kind"]] = (header, payload[end:])
    return found


def test_words_and_coordinates_are_inside() -> None:
    inside = payloads(page_of(["king", EVIL, "日本語"], 3))
    header, body = inside["words"]
    assert header["count"] == 3
    lengths = np.frombuffer(body[:6], "<u2")
    assert body[6:].decode() == f"king{EVIL}日本語"
    assert lengths.tolist() == [4, len(EVIL), 9]
    header, body = inside["layout"]
    assert (header["count"], header["dimensions"]) == (3, 3)
    assert np.frombuffer(body, "<f4").tolist() == list(range(9))


def test_the_scene_names_its_payloads_and_marks() -> None:
    page = page_of(
        ["king", "queen"],
        groups=[0, -1],
        group_names=["royalty"],
        highlights=[Highlight(1, "orange")],
        links=[Link(0, 1)],
        markers=[Marker((0.5, 0.5), "tip")],
        axis_names=["x", "y"],
        picked=1,
    )
    scene = json.loads(page.scripts("application/json")[0])
    inside = payloads(page)
    assert {scene[kind] for kind in ("words", "layout", "colors")} == {
        header["id"] for header, _ in inside.values()
    }
    assert scene["legend"] == {"groups": ["royalty"]}
    assert scene["highlights"] == [[1, "orange", None]]
    assert scene["markers"] == [[[0.5, 0.5], "tip", "accent"]]
    assert (scene["axes"], scene["picked"]) == (["x", "y"], 1)


@pytest.mark.parametrize("text", [EVIL, QUOTES, "<!--<script>", "]]>", "\\u003cscript>"])
def test_texts_are_never_markup(text: str) -> None:
    settings = {
        "groups": [0, 0],
        "group_names": [text],
        "highlights": [Highlight(0, label=text)],
        "links": [Link(0, 1, label=text)],
        "markers": [Marker((0.0, 0.0), text)],
        "axis_names": [text, text],
    }
    plain = page_of(["king", "queen"], **{**settings, "title": "t", "alt": "a"})
    page = page_of([text, text], title=text, alt=text, **settings)
    assert len(page.elements) == len(plain.elements)
    assert [element[0] for element in page.elements] == [element[0] for element in plain.elements]
    assert page.texts[[tag for tag, _ in page.elements].index("h1")] == text
    scene = json.loads(page.scripts("application/json")[0])
    assert scene["highlights"][0][2] == text
    assert scene["legend"]["groups"] == [text]


def test_only_the_engine_may_run_and_nothing_may_be_fetched() -> None:
    page = page_of(["king"])
    policy = next(
        attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    [script] = page.scripts("module")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert "connect-src" not in rules  # as default-src: none


def test_it_asks_for_nothing_from_elsewhere() -> None:
    page = page_of(["king"])
    names = {name for _, attributes in page.elements for name in attributes}
    assert not names & {"src", "href", "srcset", "action", "data"}
    for tag, text in zip([tag for tag, _ in page.elements], page.texts, strict=True):
        if tag == "style":
            assert not re.search(r"url\(|@import", text)


@pytest.mark.parametrize(("count", "megabytes"), [(20_000, 1.5), (400_000, 20)])
def test_the_file_is_small(count: int, megabytes: float) -> None:
    generator = np.random.default_rng(1)
    words = [f"{number:x}" * 2 for number in generator.integers(1 << 40, size=count)]
    coordinates = generator.normal(size=(count, 3)).astype(np.float32)
    page = standalone_html(words, coordinates, title="Many", alt="Many words.")
    assert len(page) < megabytes * 1e6


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words and 1 rows"):
        standalone_html(["a", "b"], np.zeros((1, 2), np.float32), title="", alt="")
    with pytest.raises(ValueError, match="on word 1; expected an index from 0 to 0"):
        page_of(["a"], highlights=[Highlight(1)])
