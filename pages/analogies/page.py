"""Analogies: arithmetic on words, both rankings, and the picture of it."""

from dataclasses import dataclass

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.arithmetic import solve, words_read_as_sums
from core.geometry.construction import construct
from core.geometry.neighbors import METRICS, Metric
from pages.analogies.interpolation import interpolation_part
from pages.analogies.summary import answer_summary, drawing_caption, rank_summary
from pages.shared.controls import choice, examples, metric_choice, text
from pages.shared.embeddings import GLOVE, choose_table, embeddings_of, typed_embeddings
from pages.shared.examples import notes
from pages.shared.page_frame import errors_shown, plain, show_page
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import part
from viz.geometry.arithmetic import arithmetic_figure
from viz.style import TOOLBAR
from viz.tables import both_rankings

TYPED = "typed"
MAX_TYPED = 100_000  # characters
TOY = "capital 0.2 0.9\nfrance 0.9 0.2\nparis 0.9 0.9\nlyon 0.8 0.3\nlondon 0.3 1.0"
NOTES = notes("analogies", "expression")


@dataclass(frozen=True)
class Inputs:
    """The values of the page's controls.

    Args:
        embeddings: where the vectors come from.
        expression: such as `king - man + woman`.
        metric: which words are nearest.
        components: of the picture, 2 or 3.
        note: a remark on the expression, which holds for GloVe only; else nothing.
    """

    embeddings: Embeddings
    expression: str
    metric: Metric
    components: int
    note: str


def choose() -> Inputs:
    """Show the controls and return their values."""
    examples("analogies", "example", {"vectors": GLOVE, "metric": METRICS[0]})
    with st.container(horizontal=True):
        expression = text(
            "Add and subtract words",
            "king - man + woman",
            "expression",
            width=380,
            help="Words, numbers, signs and parentheses: `(king - man)/2 + woman`. A word with a "
            'sign in it goes in quotes: `"x-ray"`.',
        )
        metric = metric_choice("metric")
        dimensions = choice("Picture", ("2D", "3D"), "dimensions")
        vectors = choose_table("vectors", TYPED)
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
    note = NOTES.get(expression, "") if vectors == GLOVE else ""
    return Inputs(embeddings, expression, metric, int(dimensions[0]), note)


def show_answer(inputs: Inputs) -> None:
    """Show the picture, its caption and both rankings."""
    embeddings, expression = inputs.embeddings, inputs.expression
    answer = solve(embeddings, expression, metric=inputs.metric)
    drawing = construct(embeddings, answer, inputs.components)
    for word in words_read_as_sums(embeddings, expression):
        st.info(f'Read as a subtraction. For the one word, write "{plain(word)}" in quotes.')
    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        st.plotly_chart(
            arithmetic_figure(drawing),
            key="picture",
            config=TOOLBAR,
            alt=f"{expression} drawn as arrows; the nearest other word is "
            f"{next(iter(answer.without_inputs.words), 'none')}.",
        )
        st.caption(drawing_caption(drawing, answer))
        if inputs.note:
            st.info(inputs.note, icon=":material/lightbulb:")
    with numbers:
        st.markdown(answer_summary(answer))
        show_table(both_rankings(answer), "Both rankings, ten words each.")
        look_for = text("Where is the word …?", "", "look_for")
        if look_for:
            with errors_shown("look_for"):
                st.markdown(rank_summary(embeddings, answer, look_for))


@part
def answer_part() -> None:
    """Ask, and show the answer; a new question runs this part of the page alone."""
    with errors_shown("expression"):
        show_answer(choose())


with show_page(
    "Analogies",
    "Add and subtract words as arrows, and see which word the tip comes nearest to.",
):
    answer_part()
    interpolation_part()
