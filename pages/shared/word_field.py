"""A field for a list of words that reports unknown words and offers corrections."""

from functools import lru_cache
from typing import Any

import streamlit as st

from core.embeddings import Embeddings
from core.enumeration import listed
from core.spelling import close_words
from core.word_lists import MAX_WORDS, WordList, read_word_list, replace_in_list
from pages.shared.controls import keep_text, start_text, text_value
from pages.shared.page_frame import plain

MAX_NAMED = 5  # unknown words that are named; the others are counted
MAX_CORRECTED = 3  # unknown words with a suggestion; the search for one takes 20 ms
MAX_CHARS = 2_000_000  # of a list, enough for more than 100,000 words
MAX_NAME = 30  # characters of an unknown word that are shown


def word_list(
    label: str,
    default: str,
    key: str,
    embeddings: Embeddings,
    max_words: int = MAX_WORDS,
    **looks: Any,  # noqa: ANN401
) -> WordList:
    """Show a field for words and, below it, the unknown words and the number of words left out.

    Args:
        label: the label of the control.
        default: the text at first.
        key: its name in `st.session_state` and in the address.
        embeddings: the known words.
        max_words: the number of words that are used.
        looks: further arguments of `st.text_input`.
    """
    linked = text_value(key, default)
    start_text(linked, MAX_CHARS)
    written = st.text_input(label, default, key=key, **looks)
    keep_text(linked, written, MAX_CHARS)
    words = read_word_list(embeddings, written, max_words)
    if words.unknown:
        _show_unknown(words.unknown, key, embeddings)
    if words.left_out:
        st.caption(f"The first {max_words:,} words are used; {words.left_out:,} more are left out.")
    return words


def _show_unknown(unknown: tuple[str, ...], key: str, embeddings: Embeddings) -> None:
    """Show the first unknown words, and for some of them a button with the closest known word."""
    named = listed([_short(word) for word in unknown], MAX_NAMED)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"Not in {plain(embeddings.name)}: {named}.", width="content")
        for word in unknown[:MAX_CORRECTED]:
            for known in _closest(word, embeddings):
                st.button(
                    f"{_short(word)} → {plain(known)}",
                    key=f"{key} {word}",
                    on_click=_correct,
                    args=(key, word, known),
                    type="tertiary",
                )


@lru_cache(maxsize=100)
def _closest(word: str, embeddings: Embeddings) -> list[str]:
    """Return the known word of the closest spelling, or an empty list."""
    return close_words(word.lower(), embeddings.words, 1)


def _correct(key: str, unknown: str, known: str) -> None:
    """Replace an unknown word by a known one."""
    st.session_state[key] = replace_in_list(st.session_state[key], unknown, known)


def _short(word: str) -> str:
    return plain(word if len(word) <= MAX_NAME else word[: MAX_NAME - 1] + "…")
