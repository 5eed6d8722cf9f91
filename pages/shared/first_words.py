"""The texts that word fields have at first: of words that the selected vectors have.

A page starts with words such as king. Vectors learned from a short text may lack them; then the
page starts with words of that text instead, until the visitor types others.
"""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.expression import in_expression
from pages.shared.controls import text_value
from pages.shared.embeddings import default_embeddings
from pages.shared.url_state import opened_with

COUNT: Final = 24  # own words that a page may start with
FEWEST: Final = 6  # with fewer, common words are taken, too
COMMON: Final = 250  # the most frequent words of GloVe: most are like "the" and "because"
MIN_LETTERS: Final = 3
WORD: Final = re.compile(r"\w+")


def first_text(
    page: str,
    key: str,
    default: str,
    embeddings: Embeddings,
    made_of: Callable[[Sequence[str]], str],
    share: float = 1.0,
    usual: Collection[str] = (),
) -> str:
    """Return the text that a field has at first, and set a field that has the one of other vectors.

    Args:
        page: the name of the page.
        key: of the field, in `st.session_state` and in the address.
        default: the text if the vectors have its words.
        embeddings: the selected vectors.
        made_of: returns the text from words of the vectors, the most frequent first.
        share: of the default's words, that the vectors must have.
        usual: other texts that the page itself fills in.
    """
    words = WORD.findall(default)
    # A list offers to write a name such as paris with a capital; other fields do not.
    forms = [{word, word.capitalize() if share < 1 else word} for word in words]
    known = sum(any(has(embeddings, form) for form in each) for each in forms)
    has_enough = known >= share * len(words)
    own = None if has_enough else made_of(own_words(embeddings))
    return follow(page, key, default, own, usual)


def follow(page: str, key: str, default: str, own: str | None, usual: Collection[str] = ()) -> str:
    """Return a control's value at first, and set a control that still has the last such value.

    Args:
        page: the name of the page.
        key: of the control, in `st.session_state` and in the address.
        default: the value that suits most vectors.
        own: the value that suits the selected ones, if the default does not.
        usual: other values that the page itself sets.
    """
    state, name = st.session_state, f"{page}, {key} at first"
    before = state.get(name)
    if own is None and before is None:
        return default
    now = default if own is None else own
    value = text_value(key, default if before is None else before).start()
    is_untouched = value == before if before is not None else value in (default, *usual)
    if is_untouched and opened_with(key) is None:
        state[key] = now
    state[name] = own
    return now


def own_words(embeddings: Embeddings) -> list[str]:
    """Return frequent words of some vectors; those frequent in any text only if there are few."""
    return frequent(embeddings.words, embeddings.prefix)


def frequent(ranked: Sequence[str], prefix: str = "") -> list[str]:
    """Return frequent words; those frequent in any text only if there are few others.

    Args:
        ranked: words, the most frequent first.
        prefix: as in `Embeddings`; it is removed.
    """
    common = set(default_embeddings().words[:COMMON])
    words, others = list[str](), list[str]()
    for word in ranked:
        bare = word.removeprefix(prefix)
        if bare.isalpha() and len(bare) >= MIN_LETTERS and bare.lower() not in common:
            words.append(bare)
        elif len(others) < FEWEST:
            others.append(bare)
        if len(words) == COUNT:
            break
    return words if len(words) >= FEWEST else list(dict.fromkeys(words + others))[:FEWEST]


def as_expression(words: Sequence[str]) -> str:
    """Return an expression of three words, or of fewer if there are no more.

    >>> as_expression(["lion", "jungle", "king", "land"]), as_expression(["lion", "jungle"])
    ('lion - jungle + king', 'lion - jungle')
    """
    first, *others = map(in_expression, words[:3])
    return first + "".join(f" {sign} {word}" for sign, word in zip("-+", others, strict=False))


def as_list(words: Sequence[str]) -> str:
    """Return words as the text of a list; those that hold a comma or a space are put in quotes."""
    return ", ".join(f'"{word}"' if re.search(r"[\s,;]", word) else word for word in words)


def has(embeddings: Embeddings, word: str) -> bool:
    """Return whether some vectors have a word, looked up as `Embeddings.find` does."""
    return embeddings.knows(word)
