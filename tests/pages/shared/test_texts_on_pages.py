"""Vectors of texts that are used on every page are shown where no sums of words are made."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.formats.vector_file import Loaded
from tests.pages.opening import PAGES

NAME = "remarks · file 0a1b"
TEXTS = [
    f"The {kind}, which is number {row}, sleeps." for row in range(9) for kind in ("cat", "dog")
]


def opened(page: str, **link: str) -> AppTest:
    """Return a page as it opens after texts were brought and taken to all pages."""
    vectors = np.random.default_rng(0).normal(size=(len(TEXTS), 5)).astype(np.float32)
    loaded = Loaded(Embeddings("remarks", TEXTS, vectors, "first", unit="text"), "made here")
    app = AppTest.from_file(str(PAGES / page / "page.py"), default_timeout=60)
    app.session_state["brought"] = {NAME: loaded}
    app.session_state["current_vectors"] = NAME
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize(
    ("page", "key"), [("analogies", "vectors"), ("directions", "direction_vectors")]
)
def test_a_page_about_words_shows_words_and_keeps_the_selection(page: str, key: str) -> None:
    app = opened(page)
    assert app.session_state[key] == "GloVe"
    assert "remarks" not in app.selectbox(key=key).options
    assert any("remarks" in each.value for each in app.caption)
    assert app.session_state["current_vectors"] == NAME  # on the next page
    app.selectbox(key=key).set_value("MiniLM tokens").run()
    assert app.session_state["current_vectors"] == "MiniLM tokens"
    assert not any("remarks" in each.value for each in app.caption)


def test_dot_products_show_texts_by_their_beginnings() -> None:
    app = opened("dot_products")
    assert app.session_state["source"] == NAME
    assert app.session_state["first"] == TEXTS[0]
    assert any(
        "“The cat, which is number 0,…”" in each.value.replace("\\", "") for each in app.markdown
    )
    app = opened("dot_products", part="many words", table=NAME)
    assert app.text_input(key="words").value.startswith(f'"{TEXTS[0]}", "{TEXTS[1]}", ')
