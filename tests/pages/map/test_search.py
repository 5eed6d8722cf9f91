"""A click on the map finds the row that was clicked, also where two tokens have nearly one name."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.embeddings import embeddings_of
from tests.pages.opening import bold, open_page

TABLE = "SmolLM2 tokens"

pytestmark = pytest.mark.usefixtures("language_models_are_there")


def opened(**link: str) -> AppTest:
    return open_page("map", map_vectors=TABLE, projection="PCA", count="1,000", **link)


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


def searched(app: AppTest) -> str:
    """Return the token whose neighbours are listed."""
    return bold(app)[0].split()[-1]


def rows() -> tuple[int, int]:
    """Return the rows of king without the sign of a space and with it."""
    words = embeddings_of(TABLE).words
    return words.index("king"), words.index("␣king")


def test_a_typed_word_is_the_one_with_a_space() -> None:
    assert searched(opened(word="king")) == "␣king"


def test_a_click_keeps_the_row() -> None:
    app = AppTest.from_function(click, default_timeout=60).run()
    assert app.text[0].value == str(rows()[0])


def test_a_clicked_token_is_found_exactly() -> None:
    bare, spaced = rows()
    app = clicked(opened(), bare)
    assert not app.exception
    assert searched(app) == "king"
    assert app.query_params["row"] == str(bare)
    app = clicked(app, spaced)
    assert searched(app) == "␣king"
    assert app.session_state["row"] is None


def test_a_link_restores_it() -> None:
    bare, _ = rows()
    assert searched(opened(word="king", row=str(bare))) == "king"


def test_what_is_typed_afterwards_is_searched_by_its_name() -> None:
    bare, _ = rows()
    app = clicked(opened(), bare)
    app = app.text_input(key="word").set_value("queen").run()
    app = app.text_input(key="word").set_value("king").run()
    assert searched(app) == "␣king"


@pytest.mark.parametrize("row", ["x", "-1", "7", "99999999", "9" * 5000, "²"])
def test_a_broken_link_searches_by_name(row: str) -> None:
    app = opened(word="king", row=row)
    assert not app.exception
    assert searched(app) == "␣king"
    assert app.session_state["row"] is None
