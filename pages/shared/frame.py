"""What every page has: its headline, and a place where errors become sentences."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import ExpressionError, PlaygroundError


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


def show_error(error: PlaygroundError) -> None:
    """Show what went wrong and what to do; for an expression, mark the place."""
    st.error(plain(str(error)), icon=":material/error:")
    if isinstance(error, ExpressionError) and error.text.strip():
        st.code(error.marked(), language=None)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error meant for people in the place of what could not be shown."""
    try:
        yield
    except PlaygroundError as error:
        show_error(error)
