import json
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core.control_characters import with_codes
from core.embeddings import Embeddings
from pages.shared.page_frame import plain
from tests.pages.opening import components, open_page

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "assets" / "presets").glob("*.json"))
ABOUT = ("label", "note")
GROUPS = json.loads((ROOT / "assets" / "word_groups.json").read_text("utf-8"))


def test_there_are_examples() -> None:
    assert {path.stem for path in FILES} >= {"analogies", "map"}
    for path in FILES:
        labels = [row["label"] for row in json.loads(path.read_text("utf-8"))]
        assert len(labels) == len(set(labels)) > 3
        assert (ROOT / "pages" / path.stem / "page.py").is_file()


def rows_of(page: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(
        (ROOT / "assets" / "presets" / f"{page}.json").read_text("utf-8")
    )
    return rows


def clicked(app: AppTest, row: dict[str, object]) -> AppTest:
    """Open the part of the page that has an example, click it, and check what it fills in."""
    part = [group for group in app.button_group if group.key == "part"]
    if part and row["part"] != part[0].value:
        app = part[0].set_value(row["part"]).run()
    (pills,) = [
        group for group in app.button_group if row["label"] in group.options and group.key != "part"
    ]
    app = pills.set_value(row["label"]).run()
    assert not app.exception, row
    assert not app.error, row
    for key, value in row.items():
        assert key in ABOUT or app.session_state[key] == value
    assert app.get("plotly_chart") or components(app), row
    return app


@pytest.mark.parametrize("page", [path.stem for path in FILES])
def test_a_click_on_an_example_fills_in_a_fresh_page(page: str) -> None:
    for row in rows_of(page):
        clicked(open_page(page), row)


@pytest.mark.parametrize("page", [path.stem for path in FILES])
def test_one_example_after_the_other_leaves_nothing_behind(page: str) -> None:
    app, rows = open_page(page), rows_of(page)
    for row in [*rows, *reversed(rows)]:
        app = clicked(app, row)


def test_the_example_that_is_on_is_marked() -> None:
    app = open_page("analogies")
    assert app.session_state["example"] == "king → queen"
    app.button_group(key="metric").set_value("euclidean").run()
    assert app.session_state["example"] is None
    app.button_group(key="example").set_value("two at once").run()
    assert app.session_state["example"] == "two at once"
    assert app.session_state["metric"] == "cosine"
    link = open_page("analogies", expression="paris - france + germany", look_for="berlin")
    assert link.session_state["example"] == "paris → berlin"


def test_every_word_of_a_group_is_known(glove: Embeddings) -> None:
    for words in GROUPS.values():
        assert len(words) == len(set(words)) >= 10
        assert [word for word in words if word not in glove] == []
    together = [word for words in GROUPS.values() for word in words]
    assert len(together) == len(set(together))


# Text that Markdown is to show letter by letter

MARKDOWN = re.compile(r"[`*_{}\[\]()<>#+\-.!|~$:&^=@/\\]")


def rendered(markdown: str) -> str:
    """Return what is read where the only Markdown is backslashes; fail where there is more."""
    escaped = re.sub(r"\\([!-/:-@\[-`{-~])", lambda match: f"\0{ord(match[1])};", markdown)
    assert not MARKDOWN.search(escaped), markdown
    return re.sub(r"\0(\d+);", lambda match: chr(int(match[1])), escaped)


texts = st.text(max_size=60) | st.text("\\`*_{}[]()<>#+-.!|~$:&^=@/ \n1a", max_size=60)


@given(texts)
def test_no_markdown_survives(text: str) -> None:
    assert rendered(plain(text)) == with_codes(text).replace("\n", " ")


@given(texts)
def test_one_line_comes_and_no_entity(text: str) -> None:
    assert "\n" not in plain(text)
    assert unescape(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "*king*", "__king__", "[x](javascript:alert)", "![x](y)", "<script>", "# king", "- king",
        "1. king", "1) king", "> king", "`king`", "$x$", ":red[king]", ":material/home:",
        "~~king~~", "http://x.y", "a@b.c", "&lt;", "king\n# queen", "a\\*b", "==king==",
        "| a | b |", "[^1]",
    ],
)  # fmt: skip
def test_what_markdown_would_read(text: str) -> None:
    assert rendered(plain(text)) == with_codes(text).replace("\n", " ")
