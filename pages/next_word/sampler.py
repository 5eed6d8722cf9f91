"""A part of a page: the likeliest next tokens, and how temperature, top-k and top-p change them."""

from collections.abc import Sequence

import streamlit as st

from pages.next_word.appended import append, appended, show_text_so_far, show_undo_buttons
from pages.next_word.cached import (
    PROMPT,
    ids_of,
    next_word_after,
    tell_unread,
)
from pages.shared.controls import examples, remembered
from pages.shared.hint import show_hint
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from pages.shared.word_links import show_word_links
from viz.components.softmax import Settings, softmax
from viz.components.softmax.component import read_settings
from viz.language.probabilities import (
    Uncertainty,
    likeliest,
    likeliest_table,
    outside,
    uncertainty,
)

BARS, ROWS = 12, 60
PLAIN_SETTINGS = {"temperature": 1.0, "top_k": 0.0, "top_p": 1.0}


@part
def likeliest_part() -> None:
    """Show the likeliest next tokens after a text; a change reruns this part alone."""
    model = decoder()
    otherwise = {**PLAIN_SETTINGS, "added": ""}
    with examples("next_word", "example", otherwise, part="next word"):
        typed, tokens_read, buttons = st.columns([5, 5, 2], vertical_alignment="bottom")
        with typed:
            prompt = text_field("Text", PROMPT, "prompt", lines=1, is_continued=True)
        added = appended(prompt, len(model.token_names))
        settings = _settings(len(model.token_names))
    with errors_shown():
        ids = ids_of(model, model.name, prompt)
        prediction = next_word_after(model, model.name, ids + added)
        with tokens_read:
            show_text_so_far(model, ids, added)
        with buttons:
            show_undo_buttons(disabled=not added)
        tell_unread(prediction.truncated)
        names, logits = model.token_names, prediction.logits
        tokens = [(number, names[number]) for number in likeliest(logits, BARS)]
        sure = uncertainty(logits, settings)
        show_hint(likeliest_hint(names, sure, settings.temperature))
        softmax(
            logits,
            tokens,
            settings,
            key="softmax",
            alt=f"The {BARS} likeliest next tokens and their probabilities.",
            on_settings=_keep_settings,
            on_pick=append,
        )
        one, two = (outside(logits, BARS, temperature) for temperature in (1.0, 2.0))
        st.caption(
            "Each token has a logit, a score. Softmax turns the logits into probabilities: "
            "$e^{\\text{logit}/T}$ divided by the sum over all tokens. T = 1 is the model's own "
            "temperature; T = 0 always takes the largest logit. Top-k keeps the k likeliest tokens "
            "only; top-p keeps the likeliest ones that together reach probability p. Entropy "
            "measures uncertainty: 0 bits if one token is certain, 1 bit for a coin toss. Many "
            "services limit T to 2. Here, without top-k and top-p, a draw at T = 1 is outside "
            f"these {BARS} tokens with probability {one:.0%}, at T = 2 with {two:.0%}. Click a bar "
            "to append its token. ␣ is a space, ↵ a line break."
        )
        show_word_links("next_word", names[sure.best])
        with st.expander(f"The {ROWS} likeliest tokens", expanded=False):
            table = likeliest_table(logits, names, ROWS, settings)
            show_table(table, f"The {ROWS} likeliest next tokens.")


def likeliest_hint(names: Sequence[str], sure: Uncertainty, temperature: float) -> str:
    """Return, in Markdown, the likeliest token, its probability and what the entropy means.

    >>> likeliest_hint(["a", "b"], Uncertainty(1, 0.75, 1.754), 1.0)[:57]
    'At T = 1, **b** is the likeliest next token (75%). The mo'
    """
    return (
        f"At T = {temperature:g}, **{plain(names[sure.best])}** is the likeliest next token "
        f"({sure.share:.0%}). The model is as unsure as among **{sure.choices:,.1f}** equally "
        "likely tokens."
    )


def _settings(count: int) -> Settings:
    """Return the settings of the sliders from the session or the address."""
    kept = {key: remembered(key, value) for key, value in PLAIN_SETTINGS.items()}
    return read_settings(kept, count) or Settings()


def _keep_settings(settings: Settings) -> None:
    st.session_state["temperature"] = settings.temperature
    st.session_state["top_k"] = float(settings.top_k)
    st.session_state["top_p"] = settings.top_p
