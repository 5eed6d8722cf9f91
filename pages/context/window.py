"""A part of a page: what falls out of the window is forgotten."""

import numpy as np
import streamlit as st

from pages.context.cached import next_in
from pages.context.notes import show_note, tell_truncated
from pages.shared.controls import slider
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.window import answers_figure, answers_table
from viz.style import TOOLBAR

TEXT = "I grew up in Japan. My house was small and stood near a river. I speak fluent"
MOST = 600  # tokens of a text that are read: a longer one would be waited for
WINDOW = 12
SHOWN = 5  # likeliest tokens of each


@part
def window_part() -> None:
    """Show what comes next with the whole text and with its end; a change runs this alone."""
    model = decoder()
    picture, typed = st.columns([3, 2], gap="medium")
    with typed, errors_shown():
        text = text_field("Text", TEXT, "window_text", lines=4, is_continued=True)
        tokens = model.tokenizer.tokens(text)
        tell_truncated(len(tokens) - MOST, MOST, "beginning")
        tokens = tokens[-MOST:]
        names = [token.text for token in tokens]
        window = slider(
            "Window: how many of the last tokens it sees",
            1,
            max(len(tokens), 1),
            WINDOW,
            "window",
            width=300,
        )
        fallen, read = names[: len(names) - window], names[len(names) - window :]
        _tell_text(fallen, read)
        kept = text[tokens[0].start :] if tokens else ""
        whole, cut = next_in(model, model.name, kept), next_in(model, model.name, kept, window)
        order = _likeliest(whole, cut)
        shares = [
            {model.token_names[number]: float(some[number]) for number in order}
            for some in (whole, cut)
        ]
        with picture:
            st.plotly_chart(
                answers_figure(*shares),
                key="answers",
                config=TOOLBAR,
                alt="The probabilities of the likeliest next tokens with the whole text and with "
                f"its last {window} tokens.",
            )
            best = [max(some, key=lambda name: some[name]) for some in shares]
            st.markdown(
                f"With all {len(tokens)} tokens SmolLM2 says **{plain(best[0])}**, with the last "
                f"{window} **{plain(best[1])}**."
                + (" What fell out of the window is forgotten." if best[0] != best[1] else "")
            )
        show_note("window_text", text)
        show_table(answers_table(*shares), "Probabilities of next tokens.")


def _tell_text(fallen: list[str], read: list[str]) -> None:
    """Show the text with what falls out of the window struck through."""
    gone, seen = ("".join(names).replace("␣", " ") for names in (fallen, read))
    parts = []
    if gone.strip():
        parts.append(
            f":gray[~~{plain(('…' + gone[-600:]) if len(gone) > 600 else gone.strip())}~~]"
        )
    if seen.strip():
        parts.append(f"**{plain(seen[-1_200:].strip())}**")
    st.markdown((" " if seen.startswith(" ") else "").join(parts))


def _likeliest(*shares: np.ndarray) -> list[int]:
    """Return the ids of the likeliest tokens of each, the likeliest in the first one first."""
    best = {int(number) for some in shares for number in np.argsort(some)[::-1][:SHOWN]}
    return sorted(best, key=lambda number: -float(shares[0][number]))
