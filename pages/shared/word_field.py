"""Fields for lists of words and of pairs that report unknown words and offer corrections."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from core.embeddings import Embeddings
from core.enumeration import listed
from core.owned_cache import cached_per_owner
from core.spelling import close_words
from core.word_lists import MAX_WORDS, WordList, read_word_list, replace_in_list
from core.word_pairs import PairList, read_pairs, replace_in_pairs
from pages.shared.completion import offer_words
from pages.shared.controls import keep_text, start_text, text_value
from pages.shared.page_frame import plain

MAX_NAMED = 5  # unknown words that are named; the others are counted
MAX_CORRECTED = 3  # unknown words with a suggestion; the search for one takes 20 ms
MAX_CHARS = 2_000_000  # of a list, enough for more than 100,000 words
MAX_NAMED_PAIRS = 3  # entries in a message about pairs
MAX_NAME = 30  # characters of an unknown word that are shown
_read_pairs = cached_per_owner(8)(read_pairs)  # a list of 100,000 pasted words takes a while


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
    written = _field(label, default, key, embeddings, looks)
    words = read_word_list(embeddings, written, max_words)
    show_unknown(words.unknown, key, embeddings, replace_in_list)
    if words.left_out:
        st.caption(f"The first {max_words:,} words are used; {words.left_out:,} more are left out.")
    return words


def pair_list(
    label: str,
    default: str,
    key: str,
    embeddings: Embeddings,
    max_pairs: int,
    **looks: Any,  # noqa: ANN401
) -> PairList:
    """Show a field for pairs of words and, below it, what of its text is not used.

    Args:
        label: the label of the control.
        default: the text at first.
        key: its name in `st.session_state` and in the address.
        embeddings: the known words.
        max_pairs: the number of pairs that are used.
        looks: further arguments of `st.text_input`.
    """
    written = _field(label, default, key, embeddings, looks)
    pairs = _read_pairs(embeddings, written, max_pairs)
    show_unknown(pairs.unknown, key, embeddings, replace_in_pairs)
    notes = []
    if pairs.not_pairs:
        notes.append(f"Left out, since a pair has two words: {_quoted(pairs.not_pairs)}.")
    if pairs.repeated:
        notes.append(f"Counted once: {_quoted(map(' '.join, pairs.repeated))}.")
    if pairs.left_out:
        notes.append(f"The first {max_pairs} pairs are used; {pairs.left_out:,} more are left out.")
    if notes:
        st.caption(" ".join(notes))
    return pairs


def _field(
    label: str, default: str, key: str, embeddings: Embeddings, looks: dict[str, Any]
) -> str:
    """Show a text field that offers words; its text is in the address if it fits."""
    linked = text_value(key, default)
    start_text(linked, MAX_CHARS)
    written: str = st.text_input(label, default, key=key, **looks)
    keep_text(linked, written, MAX_CHARS)
    offer_words(embeddings, key)
    return written


def show_unknown(
    unknown: Sequence[str],
    key: str,
    embeddings: Embeddings,
    replace: Callable[[str, str, str], str],
) -> None:
    """Show the first unknown words, and for some of them a button with the closest known word.

    Args:
        unknown: the words, as written.
        key: the key of the field.
        embeddings: the known words.
        replace: returns a text in which a written word is replaced by another.
    """
    if not unknown:
        return
    named = listed([_short(word) for word in unknown], MAX_NAMED)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"Not in {plain(embeddings.name)}: {named}.", width="content")
        for word in unknown[:MAX_CORRECTED]:
            for known in _closest(embeddings, word):
                st.button(
                    f"{_short(word)} → {plain(known)}",
                    key=f"{key} {word}",
                    on_click=_correct,
                    args=(replace, key, word, known),
                    type="tertiary",
                )


@cached_per_owner(100)
def _closest(embeddings: Embeddings, word: str) -> list[str]:
    """Return the known word of the closest spelling, or an empty list."""
    has_prefix = embeddings.prefix or embeddings.shared_prefix
    words = _whole_words(embeddings) if has_prefix else embeddings.words
    return close_words(word.lower(), words, 1)


@cached_per_owner(1)
def _whole_words(embeddings: Embeddings) -> Sequence[str]:
    """Return the words, of tokens those that are whole words, as typed: without their prefix."""
    prefix = embeddings.prefix or embeddings.shared_prefix
    return [word.removeprefix(prefix) for word in embeddings.words if word.startswith(prefix)]


def _correct(replace: Callable[[str, str, str], str], key: str, unknown: str, known: str) -> None:
    """Replace an unknown word by a known one."""
    st.session_state[key] = replace(st.session_state[key], unknown, known)


def _quoted(entries: Iterable[str]) -> str:
    return listed([f"“{_short(entry)}”" for entry in entries], MAX_NAMED_PAIRS)


def _short(word: str) -> str:
    return plain(word, MAX_NAME)
