"""Next word: logits, softmax, temperature, and text generated token by token."""

from collections.abc import Callable

import streamlit as st

from pages.next_word.sampler import likeliest_part
from pages.next_word.softmax_steps import by_hand_part, one_logit_part
from pages.next_word.stories import SECONDS, is_writing, stop, stories_part
from pages.shared.controls import choice
from pages.shared.job_view import repeat_while
from pages.shared.language_models import choose_model
from pages.shared.page_frame import show_page

PARTS: dict[str, tuple[Callable[[], None], str]] = {
    "next word": (likeliest_part, "The likeliest tokens after a text; you choose how to draw."),
    "stories": (stories_part, "The model draws token after token, at several temperatures."),
    "softmax by hand": (by_hand_part, "How scores become probabilities, with your own numbers."),
    "one logit": (one_logit_part, "Where the score of one token comes from."),
}

with show_page(
    "Next word", "After any text, the model gives every token a probability of being next."
):
    choose_model("decoder")
    chosen = choice("Look at", tuple(PARTS), "part", label_visibility="collapsed")
    show_part, about = PARTS[chosen]
    st.caption(about)
    if show_part is stories_part:
        repeat_while(is_writing, stories_part, SECONDS)()
    else:
        stop()
        show_part()
