"""Analogies: arithmetic with words, its picture and both rankings of the answer."""

import streamlit as st

from core.geometry.arithmetic import solve, words_read_as_sums
from core.geometry.construction import construct
from pages.analogies.controls import AnalogySettings, choose_settings
from pages.analogies.interpolation import interpolation_part
from pages.analogies.summary import answer_summary, drawing_caption, rank_summary
from pages.shared.controls import text
from pages.shared.page_frame import errors_shown, plain, show_page
from pages.shared.tables import show_table
from pages.shared.url_state import part
from viz.geometry.arithmetic import arithmetic_figure
from viz.style import TOOLBAR
from viz.tables import both_rankings


def show_answer(settings: AnalogySettings) -> None:
    """Show the picture, its caption and both rankings."""
    embeddings, expression = settings.embeddings, settings.expression
    answer = solve(embeddings, expression, metric=settings.metric)
    drawing = construct(embeddings, answer, settings.components)
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
        if settings.note:
            st.info(settings.note, icon=":material/lightbulb:")
    with numbers:
        st.markdown(answer_summary(answer))
        if (guess := answer.sum.expression.guess) is not None:
            with errors_shown("expression"):
                st.markdown(rank_summary(embeddings, answer, guess.word))
        show_table(both_rankings(answer), "Both rankings, ten words each.")
        look_for = text("Where is the word …?", "", "look_for")
        if look_for:
            with errors_shown("look_for"):
                st.markdown(rank_summary(embeddings, answer, look_for))


@part
def answer_part() -> None:
    """Show the controls and the answer; a change reruns this part alone."""
    with errors_shown("expression"):
        show_answer(choose_settings())


with show_page(
    "Analogies",
    "Add and subtract words as arrows, and see which word is nearest to the tip.",
):
    answer_part()
    interpolation_part()
