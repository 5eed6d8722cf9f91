"""Analogies: arithmetic with words, its picture and both rankings of the answer."""

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer, solve, sums_read_as_words
from core.geometry.construction import Construction, construct
from core.geometry.moved_tip import movable_tip
from pages.analogies.controls import AnalogySettings, choose_settings, go_to
from pages.analogies.interpolation import interpolation_part
from pages.analogies.steps import chosen_step, show_steps, step_hint
from pages.analogies.summary import answer_hint, drawing_caption, rank_summary, reversed_order
from pages.shared.completion import offer_words
from pages.shared.controls import text
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, plain, show_page
from pages.shared.tables import show_table
from pages.shared.url_state import part
from pages.shared.word_links import show_word_links
from viz.components.arrow_plane import arrow_plane
from viz.geometry.arithmetic import plane_drawing, step_names
from viz.geometry.arithmetic_space import space_figure
from viz.tables import both_rankings

HEIGHT = 440  # pixels: in a window 800 high, all of it is on the first screen
MAX_SCORED_WORDS = 60  # words that are scored again while the tip is moved


def show_answer(settings: AnalogySettings) -> None:
    """Show the picture, step by step or whole, and both rankings."""
    embeddings, expression = settings.embeddings, settings.expression
    answer = solve(embeddings, expression, MAX_SCORED_WORDS, settings.metric)
    drawing = construct(embeddings, answer, settings.components)
    names = step_names(drawing)
    step = chosen_step(len(names))
    for word in sums_read_as_words(embeddings, answer.sum):
        st.info(
            f"**{plain(word)}** is read as one word, since the vectors have it. To calculate with "
            "its parts, put spaces around the signs."
        )
    if step is None:
        show_hint(answer_hint(answer) + reversed_order(embeddings, answer, drawing))
    else:
        show_hint(step_hint(drawing, step))
    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        show_picture(settings, answer, drawing, step)
        show_steps(names, step)
    with numbers:
        guess = text("Your guess", "", "look_for", placeholder="a word")
        offer_words(embeddings, "look_for")
        if step is not None:
            st.markdown("Which word will be nearest to the tip? The answer is the last step.")
        else:
            show_rankings(embeddings, answer, guess)
    if step is None:
        st.caption(drawing_caption(drawing, answer))
        if settings.note:
            st.info(settings.note, icon=":material/lightbulb:")


def show_picture(
    settings: AnalogySettings, answer: Answer, drawing: Construction, step: int | None
) -> None:
    """Show the arrows in a plane or in space, all or up to a step."""
    best = next(iter(answer.without_inputs.words), "none")
    alt = f"{settings.expression} drawn as arrows"
    alt += f"; the nearest other word is {best}." if step is None else "."
    if settings.components == len("xyz"):
        figure = space_figure(drawing, step, HEIGHT)
        show_figure(figure, key="picture", alt=alt)
        return
    arrow_plane(
        plane_drawing(drawing, step),
        key="plane",
        alt=alt,
        height=HEIGHT,
        movable=None if step else movable_tip(settings.embeddings, answer, drawing),
        metric=settings.metric,
        on_pick=go_to,
    )


def show_rankings(embeddings: Embeddings, answer: Answer, guess: str) -> None:
    """Show the rank of a guess, and the ten nearest words with and without the inputs."""
    typed = answer.sum.expression.guess
    for key, word in (("expression", typed.word if typed else ""), ("look_for", guess)):
        if word:
            with errors_shown(key):
                st.markdown(rank_summary(embeddings, answer, word))
    show_table(
        both_rankings(answer), "Both rankings, ten words each.", key="rankings", on_word=go_to
    )
    st.caption("Click a word to see its own neighbours.")
    if len(answer.without_inputs):
        show_word_links("analogies", answer.without_inputs.words[0])


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
