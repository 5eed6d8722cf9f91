"""The tokens that a visitor appended to the text by clicking bars."""

import streamlit as st

from core.language.models import LanguageModel
from pages.shared.controls import remembered
from pages.shared.url_state import is_opening
from viz.components.token_strip import Chip, token_strip
from viz.style import BLUE

STRIP = 104  # pixels: two rows of tokens; more are scrolled, so that the bars do not move
MAX_CHIPS = 200  # tokens of the text that are shown


def appended(prompt: str, count: int) -> tuple[int, ...]:
    """Return the ids of the tokens appended to the text; none after the text has changed.

    Args:
        prompt: the text.
        count: the size of the vocabulary.
    """
    state = st.session_state
    if is_opening():
        state["added_to"] = prompt  # the tokens in the address are appended to its text
    elif state.setdefault("added_to", prompt) != prompt:
        state["added_to"], state["added"] = prompt, ""
    written = remembered("added", "")
    pieces = written.split("-") if written else []
    if not all(
        piece.isascii() and piece.isdigit() and len(piece) < 9 and int(piece) < count
        for piece in pieces
    ):
        state["added"] = ""  # an invalid link
        remembered("added", "")
        return ()
    return tuple(map(int, pieces))


def append(number: int) -> None:
    """Append a token to the text by its id."""
    before = st.session_state.get("added", "")
    st.session_state["added"] = f"{before}-{number}" if before else str(number)


def show_text_so_far(model: LanguageModel, ids: tuple[int, ...], added: tuple[int, ...]) -> None:
    """Show the tokens of the text; appended tokens are coloured."""
    chips = [Chip(model.token_names[number], str(number)) for number in ids[-MAX_CHIPS:]]
    chips += [Chip(model.token_names[number], str(number), BLUE) for number in added]
    alt = f"The text so far, {len(ids) + len(added)} tokens with their ids."
    token_strip(chips, key="text_so_far", alt=alt, height=STRIP, follow=True)


def show_undo_buttons(*, disabled: bool) -> None:
    """Show the buttons that remove the last appended token, or all of them."""
    with st.container(horizontal=True, gap="small"):
        st.button("Undo", key="undo", on_click=_undo, disabled=disabled)
        st.button("Start again", key="start_again", on_click=_start_again, disabled=disabled)


def _undo() -> None:
    st.session_state["added"] = st.session_state["added"].rpartition("-")[0]


def _start_again() -> None:
    st.session_state["added"] = ""
