"""The selected vectors are those of every page that is opened afterwards."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import url_state


def page() -> None:
    import streamlit as st  # the function is a script of its own

    from pages.shared.embeddings import choose_table
    from pages.shared.url_state import page_values

    name = st.session_state.get("page", "first")
    with page_values(name):
        choose_table(f"vectors of {name}", "typed")


def shown(app: AppTest, name: str, **link: str) -> str:
    """Open a page, as the navigation does if there is no link; return its selected vectors."""
    app.session_state["page"] = name
    app.query_params.clear()
    for key, value in link.items():
        app.query_params[key.replace("_", " ")] = value
    app.run()
    assert not app.exception
    vectors: str = app.selectbox(key=f"vectors of {name}").value
    return vectors


def test_every_page_opens_with_the_vectors_selected_last() -> None:
    app = AppTest.from_function(page, default_timeout=60)
    assert shown(app, "first") == "GloVe"
    app.selectbox(key="vectors of first").set_value("MiniLM tokens").run()
    assert shown(app, "second") == "MiniLM tokens"
    app.selectbox(key="vectors of second").set_value("SmolLM2 tokens").run()
    assert shown(app, "first") == "SmolLM2 tokens"
    assert app.query_params == {}  # the browser writes the address of a page that goes on


def test_a_link_is_followed_and_taken_on() -> None:
    app = AppTest.from_function(page, default_timeout=60)
    shown(app, "first")
    assert shown(app, "second", vectors_of_second="SmolLM2 tokens") == "SmolLM2 tokens"
    assert shown(app, "first") == "SmolLM2 tokens"


def test_what_only_one_page_has_stays_there() -> None:
    app = AppTest.from_function(page, default_timeout=60)
    shown(app, "first")
    app.selectbox(key="vectors of first").set_value("typed").run()
    assert shown(app, "second") == "GloVe"


def test_back_restores_the_vectors_of_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    app = AppTest.from_function(page, default_timeout=60)
    shown(app, "first")
    app.selectbox(key="vectors of first").set_value("MiniLM tokens").run()
    with monkeypatch.context() as back:
        back.setattr(url_state, "is_history_navigation", lambda: True)
        assert shown(app, "first") == "GloVe"
