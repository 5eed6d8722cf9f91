"""The results of the model that the parts of the page Next word share."""

import streamlit as st

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.next_word import NextWord, next_word

READ = 512  # last tokens of a text that are read
PROMPT = "The capital of France is"


@st.cache_data(max_entries=200, show_spinner=False)
def next_word_after(
    _model: LanguageModel,
    name: str,  # noqa: ARG001  part of the cache key
    ids: tuple[int, ...],
) -> NextWord:
    """Return a model's prediction after some tokens."""
    return next_word(_model, ids, READ)


@st.cache_data(max_entries=200, show_spinner=False)
def ids_of(
    _model: LanguageModel,
    name: str,  # noqa: ARG001  part of the cache key
    text: str,
) -> tuple[int, ...]:
    """Return the ids of the tokens of a text.

    Raises:
        InputError: the text is empty.
    """
    ids = tuple(_model.tokenizer.ids(text))
    if not ids:
        raise InputError("There is no text to continue. Type a few words.")
    return ids


def tell_unread(truncated: int) -> None:
    """Show the number of tokens at the beginning that were not read, if there are any."""
    if truncated:
        st.caption(f"The last {READ} tokens are read; the first {truncated:,} are left out.")
