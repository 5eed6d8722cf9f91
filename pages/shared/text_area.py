"""Fields for texts of several lines."""

from typing import Any, Final

import streamlit as st

from pages.shared.controls import keep_text, start_text, text_value

MAX_CHARS: Final = 2_000  # of a text that goes through a network


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
    """Show a field of several lines; return what is typed.

    Args:
        label: what is typed.
        default: what stands there first.
        key: its name in `st.session_state` and in the address.
        lines: how high it is.
        about: what a question mark beside the label tells.
        max_chars: of a longer text, the beginning is taken.
        is_continued: whether a model goes on with the text, so that a space at its end matters.
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
    """Say that a text ends in a space, and offer to remove it."""

    def trim() -> None:
        st.session_state[key] = typed.rstrip()

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            "The text ends in a space. To the model the space is a token of its own, so the "
            "answer is another one than without it.",
            width="content",
        )
        st.button("Remove the space", key=f"{key} trim", on_click=trim, type="tertiary")
