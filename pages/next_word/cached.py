"""What the parts of the page Next word share: the model's answers."""

import streamlit as st

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.next_word import NextWord, next_word

READ = 512  # tokens at most, the last ones
PROMPT = "The capital of France is"


@st.cache_data(max_entries=200, show_spinner=False)
def said_after(
    _model: LanguageModel,
    name: str,  # noqa: ARG001  part of the key under which it is kept
    ids: tuple[int, ...],
) -> NextWord:
    """Return what a model says after some tokens; one pass, whoever asks."""
    return next_word(_model, ids, READ)


@st.cache_data(max_entries=200, show_spinner=False)
def ids_of(
    _model: LanguageModel,
    name: str,  # noqa: ARG001  part of the key under which it is kept
    text: str,
) -> tuple[int, ...]:
    """Return the tokens of a text.

    Raises:
        InputError: there is nothing in it.
    """
    ids = tuple(_model.tokenizer.ids(text))
    if not ids:
        raise InputError("There is no text to go on from. Type a few words.")
    return ids


def tell_unread(truncated: int) -> None:
    """Say how many tokens at the beginning were not read, if any."""
    if truncated:
        st.caption(f"The last {READ} tokens are read; the first {truncated:,} are left out.")
