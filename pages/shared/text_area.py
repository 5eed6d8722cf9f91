"""Fields for texts of several lines."""

from typing import Any, Final

import streamlit as st

from pages.shared.controls import keep_text, start_text, text_value

MAX_CHARS: Final = 2_000  # of a text that a language model reads


def text_field(
    label: str,
    default: str,
    key: str,
    *,
    lines: int = 2,
    about: str = "",
    max_chars: int = MAX_CHARS,
    is_continued: bool = False,
    **looks: Any,  # noqa: ANN401
) -> str:
    """Show a field of several lines; return the text.

    Args:
        label: the label of the control.
        default: the text at first.
        key: its name in `st.session_state` and in the address.
        lines: its height in lines.
        about: its help text.
        max_chars: a longer text from a link is truncated.
        is_continued: whether a model continues the text, so that a space at its end matters.
        looks: further arguments of `st.text_area`.
    """
    linked = text_value(key, default)
    start_text(linked, max_chars)
    looks = {"height": 24 * lines + 34, "help": about or None} | looks
    typed = st.text_area(label, default, key=key, **looks)
    keep_text(linked, typed, max_chars)
    if is_continued and typed.strip() and typed != typed.rstrip():
        _offer_trim(key, typed)
    return typed


def _offer_trim(key: str, typed: str) -> None:
    """Show that a text ends in a space, with a button that removes it."""

    def trim() -> None:
        st.session_state[key] = typed.rstrip()

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            "The text ends in a space. To the model the space is a token of its own, so its "
            "answer differs from that without the space.",
            width="content",
        )
        st.button("Remove the space", key=f"{key} trim", on_click=trim, type="tertiary")
