"""What every page has: its headline, and a place where an error is shown as a sentence."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import streamlit as st

from core.errors import ExpressionError, PlaygroundError, UnknownWordError
from core.geometry.expression import replace_word
from pages.shared.url_state import page_values


@contextmanager
def show_page(title: str, sentence: str) -> Iterator[None]:
    """Run a page below its name and the one sentence that says what can be seen."""
    with page_values(title):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            st.title(title, anchor=False, width="content")
            st.markdown(sentence, width="content")
        yield


def plain(text: str) -> str:
    """Return text from a visitor or a vocabulary so that Markdown shows it letter by letter.

    >>> plain("*king* [x](y)")
    '\\\\*king\\\\* \\\\[x\\\\]\\\\(y\\\\)'
    """
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])", r"\\\1", text)
    return escaped.replace("\n", " ")


def show_error(error: PlaygroundError, *fields: str) -> None:
    """Show what went wrong and what to do; in an expression, mark where.

    Args:
        error: what went wrong.
        fields: the keys of the fields that may hold an unknown word; close words are offered.
    """
    st.error(plain(str(error)), icon=":material/error:")
    if isinstance(error, ExpressionError) and error.text.strip():
        st.code(error.marked(), language=None)
    if isinstance(error, UnknownWordError) and fields:
        with st.container(horizontal=True):
            for word in error.suggestions:
                key = " ".join((*fields, word))
                st.button(plain(word), key=key, on_click=_correct, args=(fields, error.word, word))


@contextmanager
def errors_shown(*fields: str) -> Iterator[None]:
    """Show an error meant for people instead of what could not be shown.

    Args:
        fields: as for `show_error`.
    """
    try:
        yield
    except PlaygroundError as error:
        show_error(error, *fields)


def _correct(fields: Sequence[str], unknown: str, known: str) -> None:
    """Replace an unknown word by a known one: alone in a field, or in an expression."""
    for field in fields:
        written = st.session_state[field].strip()
        if written == unknown:
            st.session_state[field] = known
        elif unknown in written:
            with suppress(ExpressionError):
                st.session_state[field] = replace_word(written, unknown, known)
