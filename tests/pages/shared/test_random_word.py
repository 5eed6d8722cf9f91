"""A random common word on the pages that have a field for one."""

import random

import pytest

from core.embeddings import Embeddings
from pages.shared.embeddings import embeddings_of
from pages.shared.random_word import MAX_RANK, common_rows
from tests.pages.opening import open_page


def test_common_words_are_frequent_and_of_letters_only(glove: Embeddings) -> None:
    rows = common_rows(glove)
    assert len(rows) > 1_000
    assert max(rows) < MAX_RANK
    assert {"king", "time"} <= {glove.words[row] for row in rows}
    assert not {"the", "2008", ",", "u.s."} & {glove.words[row] for row in rows}


@pytest.mark.usefixtures("language_models_are_there")
def test_common_tokens_are_whole_words() -> None:
    tokens = embeddings_of("SmolLM2 tokens")
    words = [tokens.words[row] for row in common_rows(tokens)]
    assert words
    assert all(word.startswith(tokens.prefix) for word in words)


@pytest.mark.parametrize(
    ("page", "key", "text"),
    [("map", "word", "music"), ("", "line", "The music lives in a palace")],
)
def test_a_random_word_is_searched_and_in_the_address(
    page: str, key: str, text: str, monkeypatch: pytest.MonkeyPatch, glove: Embeddings
) -> None:
    monkeypatch.setattr(random, "choice", lambda _: glove.index("music"))
    app = open_page(page or "home")
    app.button(key="random_word").click().run()
    assert not app.exception
    assert app.text_input(key=key).value == text
    assert app.query_params[key] == text
