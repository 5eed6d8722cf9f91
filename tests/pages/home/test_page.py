from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import bold, told

PAGES = Path(__file__).resolve().parents[3] / "pages"
NAVIGATION = PAGES / "main.py"


def opened(**link: str) -> AppTest:
    """Return the app at its front door, which is Home, with the way to the other pages."""
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    return app.run()


def test_cold() -> None:
    app = opened()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "Embedding Playground"
    assert app.text_input(key="start").value == "king"
    assert len(app.get("plotly_chart")) == 1


def test_the_next_pages_are_linked() -> None:
    linked = [link.proto.page for link in opened().get("page_link") if not link.proto.query_string]
    assert linked == ["tokens", "map", "analogies", "learning", "context", "next_word"]


@pytest.mark.usefixtures("language_models_are_there")
def test_every_page_can_be_gone_to() -> None:
    app = opened()
    for page in ("tokens", "map", "analogies", "learning", "context", "next_word"):
        app = app.switch_page(str(PAGES / page / "page.py")).run()
        assert not app.exception
        assert app.title[0].value.lower().replace(" ", "_") == page


def test_another_word() -> None:
    app = opened()
    app.text_input(key="start").set_value("Tower").run()
    assert not app.exception
    assert "tower" in bold(app)


def test_a_link_restores_the_word() -> None:
    app = opened(start="bank")
    assert app.text_input(key="start").value == "bank"
    assert "bank" in bold(app)


def test_an_unknown_word_is_told() -> None:
    app = opened()
    for word in ("qeen", "<b>x</b>", "x" * 10_000, "king queen"):
        app.text_input(key="start").set_value(word).run()
        assert not app.exception
        assert len(app.error) == 1
        assert word[:9] in told(app)


def test_a_misspelt_word_is_corrected_by_a_click() -> None:
    app = opened(start="qeen")
    app = next(button for button in app.button if button.label == "queen").click().run()
    assert not app.error
    assert app.text_input(key="start").value == "queen"
    assert "queen" in bold(app)


def test_no_word_is_no_fault() -> None:
    app = opened()
    app.text_input(key="start").set_value("").run()
    assert not app.exception
    assert not app.error
