"""A click on the map finds the row that was clicked, also where two tokens have nearly one name."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.embeddings import embeddings_of

PAGE = Path(__file__).resolve().parents[3] / "pages" / "map" / "page.py"
TABLE = "SmolLM2 tokens"

pytestmark = pytest.mark.usefixtures("decoder")


def opened(**link: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for key, value in {"map_vectors": TABLE, "projection": "PCA", **link}.items():
        app.query_params[key] = value
    return app.run()


def click() -> None:
    """Do what a click on the token king does, and show which row is then searched."""
    import streamlit as st

    from pages.map.search import search, searched_row
    from pages.shared.embeddings import embeddings_of

    embeddings = embeddings_of("SmolLM2 tokens")
    search(embeddings, embeddings.words.index("king"))
    st.text(searched_row(embeddings, st.session_state.word))


def clicked(app: AppTest, row: int) -> AppTest:
    """Return the page after what `click` does."""
    app.session_state["word"] = embeddings_of(TABLE).words[row]
    app.session_state["row"] = row
    return app.run()


def title(app: AppTest) -> str:
    (found,) = [each.value for each in app.markdown if "Nearest to" in each.value]
    return found.replace("\\", "")


def rows() -> tuple[int, int]:
    """Return the rows of king without the sign of a space and with it."""
    words = embeddings_of(TABLE).words
    return words.index("king"), words.index("␣king")


def test_a_typed_word_is_the_one_with_a_space() -> None:
    assert "␣king" in title(opened(word="king"))


def test_a_click_keeps_the_row() -> None:
    app = AppTest.from_function(click, default_timeout=60).run()
    assert app.text[0].value == str(rows()[0])


def test_a_clicked_token_is_found_exactly() -> None:
    bare, spaced = rows()
    app = clicked(opened(), bare)
    assert not app.exception
    assert "**Nearest to king**" in title(app)
    assert app.query_params["row"] == str(bare)
    app = clicked(app, spaced)
    assert "␣king" in title(app)
    assert app.session_state["row"] is None


def test_a_link_restores_it() -> None:
    bare, _ = rows()
    assert "**Nearest to king**" in title(opened(word="king", row=str(bare)))


def test_what_is_typed_afterwards_is_searched_by_its_name() -> None:
    bare, _ = rows()
    app = clicked(opened(), bare)
    app = app.text_input(key="word").set_value("queen").run()
    app = app.text_input(key="word").set_value("king").run()
    assert "␣king" in title(app)


@pytest.mark.parametrize("row", ["x", "-1", "7", "99999999", "9" * 5000, "²"])
def test_a_broken_link_searches_by_name(row: str) -> None:
    app = opened(word="king", row=row)
    assert not app.exception
    assert "␣king" in title(app)
    assert app.session_state["row"] is None
