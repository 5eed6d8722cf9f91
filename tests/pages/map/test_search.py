"""A click on the map finds the row that was clicked, also where two tokens have nearly one name."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.formats.vector_file import Loaded
from core.language.models import ENCODER
from core.language.text_embeddings import embed_texts
from pages.shared.embeddings import embeddings_of
from pages.shared.language_models import opened as opened_model
from tests.pages.opening import PAGES, bold, components, open_page, said, table

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


ANIMALS = [f"The {kind} {verb}." for kind in ("cat", "dog", "bird", "car") for verb in
           ("sleeps", "runs fast", "is grey", "waits outside", "cost too much")]  # fmt: skip


def texts_searched(word: str, **link: str) -> AppTest:
    """Return the map of texts that its visitor brought, with something searched."""
    *_, embedded = embed_texts(opened_model(ENCODER), ANIMALS)
    name = "animals · file 0a1b"
    app = AppTest.from_file(str(PAGES / "map" / "page.py"), default_timeout=60)
    embeddings = Embeddings("animals", ANIMALS, embedded.vectors, "first", unit="text")
    app.session_state["brought"] = {name: Loaded(embeddings, "made here")}
    for key, value in {"map_vectors": name, "projection": "PCA", "word": word, **link}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def scene(app: AppTest) -> dict[str, Any]:
    """Return what is sent to the map beside its large parts."""
    data: dict[str, Any] = json.loads(components(app)[1].proto.json)
    return data


def test_a_sentence_finds_texts_by_meaning_and_by_words() -> None:
    app = texts_searched("A kitten naps")
    meaning = table(app, "text", "cosine")
    assert meaning["text"][0] == "The cat sleeps."
    assert meaning["cosine"].is_monotonic_decreasing
    assert not [each for each in app.dataframe if "score" in each.value.columns]
    app.text_input(key="word").set_value("The grey car").run()
    assert table(app, "text", "score")["text"][0] == "The car is grey."
    assert len(table(app, "text", "cosine")) == len(table(app, "text", "score")) == 5


def test_a_text_is_no_answer_to_itself() -> None:
    app = texts_searched("The cat sleeps.")
    assert "“The cat sleeps.”" in bold(app)
    assert "The cat sleeps." not in [*table(app, "text", "cosine")["text"]]
    assert "The cat sleeps." not in [*table(app, "text", "score")["text"]]


def test_a_sentence_is_no_word_of_word_vectors() -> None:
    app = open_page("map", word="a kitten naps", projection="PCA", count="1,000")
    assert app.error
    assert not [each for each in app.dataframe if "text" in each.value.columns]


def test_what_is_made_of_words_is_not_offered_for_texts() -> None:
    app = texts_searched("", only="king", colour="groups", groups="royalty", axis_1="king - man")
    assert "Every point is a text" in said(app)
    assert "word" not in said(app).replace("words in common", "").replace("two words", "")
    options = [option for each in app.get("button_group") for option in each.options]
    assert "regions" in options
    assert not {"groups", "frequency", "slice", "king"} & set(options)
    assert not [each for each in app.text_input if each.key == "only"]
    assert scene(app)["unit"] == "text"


def test_other_vectors_change_the_headline() -> None:
    app = texts_searched("")
    app.selectbox(key="map_vectors").set_value("GloVe").run()
    assert "Every point is a word" in said(app)
    assert "king" in [option for each in app.get("button_group") for option in each.options]
