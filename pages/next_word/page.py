"""Next word: logits, softmax, temperature, and text generated token by token."""

from collections.abc import Callable

from pages.next_word.sampler import likeliest_part
from pages.next_word.softmax_steps import by_hand_part, one_logit_part
from pages.next_word.stories import SECONDS, is_writing, stop, stories_part
from pages.shared.controls import choice
from pages.shared.job_view import repeat_while
from pages.shared.language_models import choose_model
from pages.shared.page_frame import show_page

PARTS: dict[str, Callable[[], None]] = {
    "next word": likeliest_part,
    "stories": stories_part,
    "softmax by hand": by_hand_part,
    "one logit": one_logit_part,
}

with show_page(
    "Next word", "After any text, the model gives every token a probability of being next."
):
    choose_model("decoder")
    chosen = choice("Look at", tuple(PARTS), "part", label_visibility="collapsed")
    if chosen != "stories":
        stop()
        PARTS[chosen]()
    else:
        repeat_while(is_writing, stories_part, SECONDS)()
