"""The controls of the analogies."""

from dataclasses import dataclass

import streamlit as st

from core.embeddings import Embeddings
from core.errors import PlaygroundError
from core.geometry.neighbors import METRICS, Metric
from pages.analogies.steps import STEP
from pages.shared.completion import offer_words
from pages.shared.controls import choice, examples, metric_choice, text, text_value
from pages.shared.embeddings import (
    GLOVE,
    choose_table,
    chosen_table,
    embeddings_of,
    show_if_lost,
    typed_embeddings,
)
from pages.shared.examples import notes
from pages.shared.first_words import as_expression, first_text
from pages.shared.text_area import text_field
from viz.tables import INPUT_MARK

TYPED = "typed"
MAX_TYPED = 100_000  # characters
EXPRESSION = "king - man + woman"
TOY = "capital 0.2 0.9\nfrance 0.9 0.2\nparis 0.9 0.9\nlyon 0.8 0.3\nlondon 0.3 1.0"
OTHERWISE = {"vectors": GLOVE, "metric": METRICS[0], "look_for": "", STEP: 0}
NOTES = notes("analogies", "expression")


@dataclass(frozen=True)
class AnalogySettings:
    """The values of the controls.

    Args:
        embeddings: the embeddings of the words.
        expression: the expression, such as `king - man + woman`.
        metric: the metric of the rankings.
        components: the number of dimensions of the picture, 2 or 3.
        note: a remark on the expression, for GloVe only; may be empty.
    """

    embeddings: Embeddings
    expression: str
    metric: Metric
    components: int
    note: str


def choose_settings() -> AnalogySettings:
    """Show the controls and return their values."""
    marking = examples("analogies", "example", OTHERWISE)
    with marking, st.container(horizontal=True):
        expression = text(
            "Add and subtract words",
            _first_expression(),
            "expression",
            width=380,
            help="Words, numbers, signs and parentheses: `(king - man)/2 + woman`. End with your "
            "guess, as in `king - man + woman = queen`, to see its rank. A sign between spaces "
            "is always a sign; without spaces, a word such as `x-ray` is one word if the vectors "
            'have it. In quotes, anything is one word: `"24/7"`.',
            on_change=_forget_guess,
        )
        metric = metric_choice("metric")
        dimensions = choice("Picture", ("2D", "3D"), "dimensions")
        vectors = choose_table("vectors", TYPED)
    show_if_lost("vectors")
    if vectors != TYPED:
        embeddings = embeddings_of(vectors)
    else:
        lines = text_field(
            "A word and its numbers on each line",
            TOY,
            "typed",
            max_chars=MAX_TYPED,
            height="content",
        )
        embeddings = typed_embeddings(lines)
    offer_words(embeddings, "expression")
    note = NOTES.get(expression.partition("=")[0].strip(), "") if vectors == GLOVE else ""
    return AnalogySettings(embeddings, expression, metric, int(dimensions[0]), note)


def _first_expression() -> str:
    """Return the expression at first, of words that the selected vectors have."""
    table = chosen_table("vectors", TYPED)
    try:
        if table == TYPED:
            embeddings = typed_embeddings(text_value("typed", TOY).start())
        else:
            embeddings = embeddings_of(table)
    except PlaygroundError:  # shown below the controls
        return EXPRESSION
    return first_text("analogies", "expression", EXPRESSION, embeddings, as_expression)


def go_to(word: str) -> None:
    """Put a word that was clicked into the field, so that its own neighbours are shown."""
    st.session_state["expression"] = f'"{word.removesuffix(INPUT_MARK)}"'
    _forget_guess()


def _forget_guess() -> None:
    """Empty the guess, which was meant for the last expression, and show the whole picture."""
    st.session_state["look_for"] = ""
    st.session_state[STEP] = 0
