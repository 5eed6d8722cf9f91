"""The frame of every page: its headline, and errors shown as sentences."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import streamlit as st

from core.control_characters import with_codes, with_signs
from core.errors import ExpressionError, PlaygroundError, UnknownWordError
from core.geometry.expression import replace_word
from pages.shared.share import page_link, share
from pages.shared.url_state import link_query, page_values
from viz.labels import shortened
from viz.shown import collected


@contextmanager
def show_page(title: str, sentence: str | Callable[[], str]) -> Iterator[None]:
    """Run a page below its title, what it shows, and the button to share it.

    A page that is embedded in another one has none of them, but a link to the app.

    Args:
        title: the page's title.
        sentence: what the page shows, or what returns it.
    """
    is_embedded = st.context.is_embedded
    is_shared = False
    with page_values(title), collected() as pictures:
        if not is_embedded:
            shown = sentence if isinstance(sentence, str) else sentence()
            with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
                st.title(title, anchor=False, width="content")
                if not is_phone():
                    st.markdown(shown, width="content")
                st.space("stretch")
                is_shared = st.button(
                    "Share", key="share", icon=":material/share:", type="tertiary"
                )
                if is_phone():
                    st.markdown(shown)
        yield
    query, is_whole = link_query()
    if is_embedded:
        st.markdown(f"[{title} in Embedding Playground]({page_link(query)})")
    if is_shared:
        share(title, page_link(query), is_whole=is_whole, pictures=pictures)


def is_phone() -> bool:
    """Return whether the page is shown on a phone, as its browser says."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def plain(text: str, max_chars: int | None = None) -> str:
    """Return text from a visitor or a vocabulary, escaped so that Markdown shows it literally.

    Args:
        text: the text.
        max_chars: a longer one is truncated.

    >>> plain("*king* [x](y)")
    '\\\\*king\\\\* \\\\[x\\\\]\\\\(y\\\\)'
    """
    if max_chars is not None:
        text = shortened(text, max_chars)
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])", r"\\\1", with_codes(text))
    return escaped.replace("\n", " ")


def show_error(error: PlaygroundError, *fields: str) -> None:
    """Show an error's message; in an expression, mark the position.

    Args:
        error: the error.
        fields: the keys of the fields that may hold an unknown word; buttons offer to correct it.
    """
    st.error(plain(str(error)), icon=":material/error:")
    if isinstance(error, ExpressionError) and error.text.strip():
        st.code(with_signs(error.marked()), language=None)
    if isinstance(error, UnknownWordError) and fields:
        with st.container(horizontal=True):
            for word in error.suggestions:
                key = " ".join((*fields, word))
                st.button(plain(word), key=key, on_click=_correct, args=(fields, error.word, word))


@contextmanager
def errors_shown(*fields: str) -> Iterator[None]:
    """Show an error that is raised inside the block.

    Args:
        fields: as for `show_error`.
    """
    try:
        yield
    except PlaygroundError as error:
        show_error(error, *fields)


def _correct(fields: Sequence[str], unknown: str, known: str) -> None:
    """Replace an unknown word by a known one, alone in a field or in an expression."""
    for field in fields:
        written = st.session_state[field].strip()
        if written == unknown:
            st.session_state[field] = known
        elif unknown in written:
            with suppress(ExpressionError):
                st.session_state[field] = replace_word(written, unknown, known)
