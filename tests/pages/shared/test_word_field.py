"""The field for a list of words, alone on a page."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.embeddings import Embeddings
from core.spelling import close_words
from pages.shared import word_field


def page() -> None:
    import streamlit as st  # the function is a script of its own

    from pages.shared.embeddings import default_embeddings
    from pages.shared.url_state import page_values, part
    from pages.shared.word_field import word_list

    def words() -> None:
        found = word_list("Words", "king, queen", "words", default_embeddings(), 20)
        st.code("\n".join(found.words))

    with page_values("words"):
        part(words)()


def opened(text: str | None = None) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    if text is not None:
        app.query_params["words"] = text
    return app.run()


def used(app: AppTest) -> list[str]:
    assert not app.exception
    return app.code[0].value.split()


def told(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption).replace("\\", "")


def test_cold_nothing_is_said() -> None:
    app = opened()
    assert used(app) == ["king", "queen"]
    assert not app.caption
    assert not app.button


def test_a_link_brings_its_words() -> None:
    app = opened("cat;dog horse")
    assert used(app) == ["cat", "dog", "horse"]
    assert app.text_input(key="words").value == "cat;dog horse"


def test_unknown_words_are_named_and_the_rest_is_used() -> None:
    app = opened("king, qeen, asdfghjkla, bananna")
    assert used(app) == ["king"]
    assert "qeen, asdfghjkla, bananna" in told(app)
    assert not app.error
    assert [button.label for button in app.button] == ["qeen → queen", "bananna → banana"]


def test_a_click_mends_a_word() -> None:
    app = opened("king, qeen, bananna")
    app = app.button[0].click().run()
    assert app.text_input(key="words").value == "king, queen, bananna"
    assert used(app) == ["king", "queen"]
    app = app.button[0].click().run()
    assert used(app) == ["king", "queen", "banana"]
    assert not app.caption


def test_words_that_are_too_many_are_counted(glove: Embeddings) -> None:
    app = opened(" ".join(word for word in glove.words[:100] if word.isalpha()))
    assert len(used(app)) == 20
    count = sum(word.isalpha() for word in glove.words[:100]) - 20
    assert re.findall(r"\d+", told(app)) == ["20", str(count)]


@pytest.mark.parametrize("text", ["", ",;", '"', "<b>x</b>", "$x$y [a](b) *q*q", "x" * 10_000])
def test_whatever_is_typed(text: str) -> None:
    app = opened()
    app.text_input(key="words").set_value(text).run()
    assert used(app) == []
    assert not app.error
    assert bool(app.caption) == (len(text) > 2)


def test_a_hundred_thousand_words_are_read_and_stay_out_of_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []  # each search takes 20 ms

    def close(word: str, *rest: Any) -> list[str]:  # noqa: ANN401
        searched.append(word)
        return close_words(word, *rest)

    monkeypatch.setattr(word_field, "close_words", close)
    app = opened()
    text = " ".join(f"Xq{number}y" for number in range(100_000))
    app.text_input(key="words").set_value(f"king {text}").run()
    assert searched == ["xq0y", "xq1y", "xq2y"]
    assert used(app) == ["king"]
    assert "99,995" in told(app)  # more than the five that are named
    assert len(app.caption) == 2  # and that the address leaves them out
    assert "words" not in app.query_params
    app.text_input(key="words").set_value("king dog").run()
    assert used(app) == ["king", "dog"]
    assert app.query_params["words"] == "king dog"
    app.text_input(key="words").set_value("king, queen").run()
    assert "words" not in app.query_params  # it stands there without a link
