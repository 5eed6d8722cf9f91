"""Analogies: arithmetic on words, both rankings, and the picture of it."""

from dataclasses import dataclass

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer, solve, words_read_as_sums
from core.geometry.construction import Construction, construct
from core.geometry.expression import replace_word
from core.geometry.neighbors import METRICS, Metric
from pages.shared.controls import choice, text
from pages.shared.frame import errors_shown, headline, plain
from pages.shared.presets import presets
from pages.shared.sources import default_embeddings, default_walk, typed_embeddings
from pages.shared.verdict import place_of, verdict
from viz.arithmetic import arithmetic_figure
from viz.style import TOOLBAR
from viz.tables import both_rankings, walk_table
from viz.walk import walk_figure

VECTORS = ("GloVe", "typed")
TOY = "capital 0.2 0.9\nfrance 0.9 0.2\nparis 0.9 0.9\nlyon 0.8 0.3\nlondon 0.3 1.0"
EXAMPLES = presets("analogies")


def fill_in() -> None:
    """Put the chosen example into the controls."""
    example = EXAMPLES.get(st.session_state.example)
    if example:
        st.session_state.update({"vectors": VECTORS[0], **example})


def correct(unknown: str, known: str) -> None:
    """Put a known word into the expression in the place of an unknown one."""
    expression = st.session_state.expression
    st.session_state.expression = replace_word(expression, unknown, known)


@dataclass(frozen=True)
class Question:
    """What the visitor asks."""

    embeddings: Embeddings
    expression: str
    metric: Metric
    components: int


def choose() -> Question:
    """Show the controls and return what they say."""
    st.pills(
        "Examples", list(EXAMPLES), key="example", on_change=fill_in, label_visibility="collapsed"
    )
    with st.container(horizontal=True):
        expression = text(
            "Add and subtract words",
            "king - man + woman",
            "expression",
            width=380,
            help="Words, numbers, signs and parentheses: `(king - man)/2 + woman`. A word with a "
            'sign in it goes in quotes: `"x-ray"`.',
        )
        metric = choice("Nearest by", METRICS, "metric")
        dimensions = choice("Picture", ("2D", "3D"), "dimensions")
        vectors = choice("Vectors", VECTORS, "vectors")
    if vectors == VECTORS[0]:
        embeddings = default_embeddings()
    else:
        lines = st.text_area(
            "A word and its numbers on each line", TOY, key="typed", bind="query-params"
        )
        embeddings = typed_embeddings(lines)
    return Question(embeddings, expression, metric, int(dimensions[0]))


def show_answer(question: Question) -> None:
    """Show the picture, what it says, and both rankings."""
    embeddings, expression = question.embeddings, question.expression
    answer = solve(embeddings, expression, metric=question.metric)
    drawing = construct(embeddings, answer, question.components)
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
        st.caption(legend(drawing, answer))
    with numbers:
        st.markdown(verdict(answer))
        table = both_rankings(answer)
        scores = {
            name: st.column_config.NumberColumn(format="%.3f") for name in table.columns[1::2]
        }
        st.dataframe(table, column_config=scores, alt="Both rankings, ten words each.")
        look_for = text("Where is the word …?", "", "look_for")
        if look_for:
            with errors_shown():
                st.markdown(place_of(embeddings, answer, look_for))


def legend(drawing: Construction, answer: Answer) -> str:
    """Return, in Markdown, what the picture shows and what it cannot show."""
    best = next((place for place in drawing.places if place.role == "answer"), None)
    if best is None:
        return ""
    name = plain(best.word)
    missed = f"The tip misses {name} by {drawing.gap:.2f}, an angle of {drawing.angle:.0f}°."
    if drawing.parallelogram:
        kind = "The parallelogram is drawn as it truly lies"
    else:
        kind = f"The picture keeps {drawing.kept:.0%} of the arrows"
    dimensions = len(answer.sum.vector)
    off = f"; {name} hovers {best.off:.2f} off it" if best.off > 0.005 else ""
    return f"{kind} in {dimensions} dimensions{off}. {missed}"


@st.fragment
def answer_part() -> None:
    """Ask, and show the answer; a new question runs this part of the page alone."""
    with errors_shown(correct):
        show_answer(choose())


@st.fragment
def walk_part() -> None:
    """Show the words met between two words of the default embeddings."""
    st.subheader("The words on the way", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        first = text("From", "king", "walk_from", width=200)
        last = text("to", "man", "walk_to", width=200)
        metric = choice("Nearest by", METRICS, "walk_metric")
        count_ends = st.toggle(
            "The two words count too", key="walk_ends", bind="query-params", width="content"
        )
    with errors_shown():
        steps = default_walk(first, last, metric, count_ends)
        picture, numbers = st.columns([3, 2], gap="medium")
        picture.plotly_chart(
            walk_figure(steps, first, last),
            key="walk",
            config=TOOLBAR,
            alt=f"The words nearest to the way from {first} to {last}, in their order.",
        )
        table = walk_table(steps, metric)
        columns = {
            name: st.column_config.NumberColumn(format="%.0f" if "%" in name else "%.3f")
            for name in table.columns[1:]
        }
        numbers.dataframe(
            table, hide_index=True, column_config=columns, alt="The same words as numbers."
        )


headline(
    "Analogies",
    "Add and subtract words as arrows, and see which word the tip comes nearest to.",
)
answer_part()
walk_part()
