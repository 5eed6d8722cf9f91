"""A field for a list of words; unknown words are named, and a close one is offered."""

from functools import lru_cache
from typing import Any

import streamlit as st

from core.embeddings import Embeddings
from core.enumeration import listed
from core.spelling import close_words
from core.word_lists import MAX_WORDS, WordList, read_word_list, replace_in_list
from pages.shared.controls import keep_text, start_text, text_value
from pages.shared.page_frame import plain

MAX_NAMED = 5  # unknown words that are named; the rest is counted
MAX_MENDED = 3  # of these, how many get a close word to click: a search takes 20 ms each
MAX_CHARS = 2_000_000  # of a list: 100,000 words and more
MAX_NAME = 30  # characters of an unknown word that are shown


def word_list(
    label: str,
    default: str,
    key: str,
    embeddings: Embeddings,
    most: int = MAX_WORDS,
    **looks: Any,  # noqa: ANN401
) -> WordList:
    """Show a field for words and, below it, which are not known and how many are too many.

    Args:
        label: what the words are for.
        default: what stands there first.
        key: its name in `st.session_state` and in the address.
        embeddings: where the words are looked up.
        most: how many words are used.
        looks: further arguments of `st.text_input`.
    """
    linked = text_value(key, default)
    start_text(linked, MAX_CHARS)
    written = st.text_input(label, default, key=key, **looks)
    keep_text(linked, written, MAX_CHARS)
    found = read_word_list(embeddings, written, most)
    if found.unknown:
        _show_unknown(found.unknown, key, embeddings)
    if found.left_out:
        st.caption(f"The first {most:,} words are used; {found.left_out:,} more are left out.")
    return found


def _show_unknown(unknown: tuple[str, ...], key: str, embeddings: Embeddings) -> None:
    """Name the first unknown words, and offer for some the closest known one."""
    named = listed([_short(word) for word in unknown], MAX_NAMED)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"Not in {plain(embeddings.name)}: {named}.", width="content")
        for word in unknown[:MAX_MENDED]:
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
    """Return the known word with the closest spelling, or no word."""
    return close_words(word.lower(), embeddings.words, 1)


def _correct(key: str, unknown: str, known: str) -> None:
    """Replace an unknown word by a known one."""
    st.session_state[key] = replace_in_list(st.session_state[key], unknown, known)


def _short(word: str) -> str:
    return plain(word if len(word) <= MAX_NAME else word[: MAX_NAME - 1] + "…")
