"""A part of a page: next-token probabilities with the whole text and with a window of it."""

import numpy as np
import streamlit as st

from pages.context.cached import next_in
from pages.context.notes import show_note, show_truncated
from pages.shared.controls import examples, slider
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import numbers_on_demand
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.window import answers_figure, answers_table

TEXT = "I grew up in Japan. My house was small and stood near a river. I speak fluent"
MAX_TOKENS = 600  # of a text; more would take too long
WINDOW = 12
MAX_LIKELIEST = 5  # tokens shown for each of the two texts


@part
def window_part() -> None:
    """Show the next tokens after the text and after its end; a change reruns this part alone."""
    model = decoder()
    with examples("context", "window_example", {}, part="window"):
        picture, typed = st.columns([3, 2], gap="medium")
        with typed:
            text = text_field("Text", TEXT, "window_text", lines=4, is_continued=True)
            tokens = model.tokenizer.tokens(text)
            show_truncated(len(tokens) - MAX_TOKENS, MAX_TOKENS, "beginning")
            tokens = tokens[-MAX_TOKENS:]
            window = slider(
                "Window: the number of tokens that it reads",
                1,
                max(len(tokens), 1),
                WINDOW,
                "window",
                width=300,
            )
    names = [token.text for token in tokens]
    with typed, errors_shown():
        _show_text(names[: len(names) - window], names[len(names) - window :])
        kept = text[tokens[0].start :] if tokens else ""
        whole, cut = next_in(model, model.name, kept), next_in(model, model.name, kept, window)
        order = _likeliest(whole, cut)
        shares = [
            {model.token_names[number]: float(some[number]) for number in order}
            for some in (whole, cut)
        ]
        best = [max(some, key=lambda name: some[name]) for some in shares]
        with picture:
            show_hint(
                f"With all {len(tokens)} tokens SmolLM2 predicts **{plain(best[0])}**, with the "
                f"last {window} **{plain(best[1])}**."
                + (" It knows only what is in the window." if best[0] != best[1] else "")
            )
            show_figure(
                answers_figure(*shares),
                key="answers",
                alt="The probabilities of the likeliest next tokens with the whole text and with "
                f"its last {window} tokens.",
            )
        show_note("window_text", text)
        numbers_on_demand(
            "window_numbers", lambda: answers_table(*shares), "Probabilities of next tokens."
        )


def _show_text(truncated: list[str], read: list[str]) -> None:
    """Show the text, struck through before the window."""
    before, window = ("".join(names).replace("␣", " ") for names in (truncated, read))
    parts = []
    if before.strip():
        parts.append(
            f":gray[~~{plain(('…' + before[-600:]) if len(before) > 600 else before.strip())}~~]"
        )
    if window.strip():
        parts.append(f"**{plain(window[-1_200:].strip())}**")
    st.markdown((" " if window.startswith(" ") else "").join(parts))


def _likeliest(*shares: np.ndarray) -> list[int]:
    """Return the ids of the likeliest tokens of each array, sorted by the first array."""
    best = {int(number) for some in shares for number in np.argsort(some)[::-1][:MAX_LIKELIEST]}
    return sorted(best, key=lambda number: -float(shares[0][number]))
