"""The way of a word to the other pages."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from core.geometry.expression import in_expression
from core.language.tokenizer import SPACE
from pages import registry
from pages.shared.embeddings import GLOVE, VECTORS_KEYS, current_table
from pages.shared.page_frame import plain
from pages.shared.user_embeddings import are_texts

MAX_SHOWN: Final = 20  # characters of the word on the button
Query = dict[str, str]


def _in_sentences(word: str) -> str:
    return f"Everyone was talking about the {word}.\nThe {word} is on the first page of the book."


LINKS: Final[dict[str, Callable[[str], Query]]] = {
    "home": lambda word: {"start": word},
    "tokens": lambda word: {"to_cut": f"{word} and {word}, {word.title()} and {word.upper()}"},
    "map": lambda word: {"word": word},
    "analogies": lambda word: {"expression": in_expression(word)},
    "directions": lambda word: {"words": f"{word}, man, woman, king, queen"},
    "dot_products": lambda word: {"source": GLOVE, "first": word},
    "context": lambda word: {"shared_word": word, "sentences": _in_sentences(word)},
    "next_word": lambda word: {"prompt": f"The {word}"},
}


def show_word_links(page: str, word: str) -> None:
    """Show a menu of the other pages, each of which opens with a word; none for mere signs.

    Args:
        page: the name of the page that is shown.
        word: a word, or a token of a language model.
    """
    bare = word.strip(f"{SPACE} ")
    if not any(map(str.isalnum, bare)):
        return
    has_words = not are_texts(current_table())
    with st.popover(f"Take {plain(bare, MAX_SHOWN)} to …", icon=":material/arrow_outward:"):
        for name in LINKS:
            if name != page:
                query = LINKS[name](bare)
                if name in VECTORS_KEYS and current_table() != GLOVE and has_words:
                    query[VECTORS_KEYS[name]] = current_table()
                st.page_link(registry.page(name), query_params=query)
