"""What every page has: its headline, and a place where errors become sentences."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import ExpressionError, PlaygroundError, UnknownWordError

Correct = Callable[[str, str], None]


def headline(title: str, sentence: str) -> None:
    """Show the page's name and the one sentence that says what can be seen."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.title(title, anchor=False, width="content")
        st.markdown(sentence, width="content")


def plain(text: str) -> str:
    """Return text from a visitor or a vocabulary so that Markdown shows it letter by letter.

    >>> plain("*king* [x](y)")
    '\\\\*king\\\\* \\\\[x\\\\]\\\\(y\\\\)'
    """
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])", r"\\\1", text)
    return escaped.replace("\n", " ")


def show_error(error: PlaygroundError, correct: Correct | None = None) -> None:
    """Show what went wrong and what to do; for an expression, mark the place.

    Args:
        error: what went wrong.
        correct: called with an unknown word and the known one that was clicked instead.
    """
    st.error(plain(str(error)), icon=":material/error:")
    if isinstance(error, ExpressionError) and error.text.strip():
        st.code(error.marked(), language=None)
    if isinstance(error, UnknownWordError) and correct is not None:
        with st.container(horizontal=True):
            for word in error.suggestions:
                st.button(
                    plain(word), key=f"close to {word}", on_click=correct, args=(error.word, word)
                )


@contextmanager
def errors_shown(correct: Correct | None = None) -> Iterator[None]:
    """Show an error meant for people in the place of what could not be shown."""
    try:
        yield
    except PlaygroundError as error:
        show_error(error, correct)
