"""Two parts of a page: softmax by hand on typed logits, and a logit as a dot product."""

import streamlit as st

from core.language.softmax_steps import read_number, read_numbers, softmax_steps
from core.language.unembedding import logit_terms
from pages.next_word.appended import appended, show_text_so_far, show_undo_buttons
from pages.next_word.cached import PROMPT, ids_of, next_word_after, tell_unread
from pages.shared.controls import examples, select, text
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.language.probabilities import likeliest
from viz.language.softmax_steps import steps_figure, steps_table, terms_figure, terms_table

LOGITS = "-0.8, -5, 0.5, 1.5, 3.4, -2.3, 2.5"
CHOICES = 60


@part
def by_hand_part() -> None:
    """Show each step of softmax for typed logits; a change reruns this part alone."""
    otherwise = {"hand_temperature": "1"}
    shown = examples("next_word", "hand_example", otherwise, part="softmax by hand")
    with shown, st.container(horizontal=True):
        typed = text("Logits", LOGITS, "logits", max_chars=400, width=420)
        divisor = text("Temperature T", "1", "hand_temperature", max_chars=20, width=150)
    with errors_shown():
        temperature = read_number(divisor, "temperature", "0.7")
        steps = softmax_steps(read_numbers(typed), temperature)
        best = int(steps.probabilities.argmax())
        show_hint(
            f"Number {best + 1}, the largest logit, gets **{steps.probabilities[best]:.1%}** of "
            f"the probability at T = {temperature:g}."
        )
        picture, numbers = st.columns(2, gap="medium")
        with picture:
            show_figure(
                steps_figure(steps),
                key="by_hand",
                alt="The probability of each of the typed logits.",
            )
        with numbers:
            show_table(steps_table(steps), "Each logit, its exponential, its probability.")
        st.markdown(
            f"The exponentials sum to **{steps.total:.4g}**. Number {best + 1}: "
            f"{steps.exponentials[best]:.4g} / {steps.total:.4g} = "
            f"**{steps.probabilities[best]:.4f}**. Each probability is between 0 and 1; their sum "
            f"is **{steps.probabilities.sum():.4f}**."
        )
        if temperature == 0:
            st.caption(
                "Division by 0 is impossible. T = 0 stands for the limit as T approaches 0: the "
                "largest logit gets probability 1."
            )
        elif steps.shift:
            st.caption(
                "These exponentials would be too large or too small for the computer. Therefore "
                "the largest logit is subtracted from each one first, which does not change the "
                "probabilities."
            )


@part
def one_logit_part() -> None:
    """Show a logit as a dot product; a change reruns this part alone."""
    model = decoder()
    names = model.token_names
    with errors_shown():
        with examples("next_word", "logit_example", {"added": ""}, part="one logit"):
            typed, chosen = st.columns([3, 1], vertical_alignment="bottom")
            with typed:
                prompt = text_field("Text", PROMPT, "prompt", lines=1, is_continued=True)
            ids = ids_of(model, model.name, prompt)
            added = appended(prompt, len(names))
            prediction = next_word_after(model, model.name, ids + added)
            best = {names[number]: number for number in likeliest(prediction.logits, CHOICES)}
            with chosen:
                token = select("Next token", list(best), "logit_of")
        if added:
            show_text_so_far(model, ids, added)
            show_undo_buttons(disabled=False)
        tell_unread(prediction.truncated)
        terms = logit_terms(model, prediction, best[token])
        show_hint(
            f"The {len(terms.terms)} products, one per component, sum to **{terms.total:.4f}**; "
            f"the model's own logit of **{plain(token)}** is **{terms.logit:.4f}**."
        )
        show_figure(
            terms_figure(terms),
            key="terms",
            alt="The largest terms of the dot product, and the sum of the others.",
        )
        st.caption(
            f"After the text, the network has one vector of {len(terms.final)} numbers. $W_U$, "
            f"the unembedding matrix, has a row for each of the {len(names):,} tokens. The logit "
            "of a token is the dot product of the vector and its row: the sum of the products of "
            "their components. Orange bars are negative. ␣ is a space, ↵ a line break."
        )
        with st.expander("All terms", expanded=False):
            show_table(terms_table(terms), "All terms of the dot product, the largest first.")
