"""A button that picks a common word."""

import random
from collections.abc import Callable
from typing import Final

import streamlit as st

from core.embeddings import Embeddings

MAX_RANK: Final = 2_000  # of the words to pick from
MIN_LETTERS: Final = 4  # shorter ones are mostly "of", "the" and the like


def common_rows(embeddings: Embeddings) -> list[int]:
    """Return the rows of common words, all in lower-case letters."""
    prefix = embeddings.prefix
    rows = []
    for row, word in enumerate(embeddings.words[:MAX_RANK]):
        bare = word.removeprefix(prefix)
        if word.startswith(prefix) and len(bare) >= MIN_LETTERS and bare.isalpha():
            rows += [row] if bare.islower() else []
    return rows


def show_random_word(embeddings: Embeddings, on_row: Callable[[int], None]) -> None:
    """Show a button that picks a random common word.

    Args:
        embeddings: the words.
        on_row: called with the row of the word before the page runs again.
    """

    def pick() -> None:
        rows = common_rows(embeddings) or range(min(MAX_RANK, len(embeddings)))  # of texts
        on_row(random.choice(rows))  # noqa: S311 - not for secrets

    st.button(
        "Random",
        key="random_word",
        icon=":material/casino:",
        on_click=pick,
        help="Search a random text."
        if embeddings.unit == "text"
        else f"Search a random {embeddings.unit} of the common ones.",
    )
