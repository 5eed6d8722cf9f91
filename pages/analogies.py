"""Analogies: arithmetic on words, both rankings, and the picture of it."""

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer, solve, words_read_as_sums
from core.geometry.construction import Construction, construct
from core.geometry.walk import walk
from pages.shared.frame import errors_shown, headline, plain
from pages.shared.presets import presets
from pages.shared.sources import DEFAULT, default_embeddings, typed_embeddings
from pages.shared.verdict import place_of, verdict
from viz.arithmetic import arithmetic_figure
from viz.tables import both_rankings, walk_table
from viz.walk import walk_figure

METRICS = {"cosine": "angle (cosine)", "dot": "dot product", "euclidean": "distance"}
VECTORS = {DEFAULT: "GloVe 6B 50d", "typed": "typed by hand"}
TOY = "capital 0.2 0.9\nfrance 0.9 0.2\nparis 0.9 0.9\nlyon 0.8 0.3\nlondon 0.3 1.0"
EXAMPLES = presets("analogies")


def fill_in() -> None:
    """Put the chosen example into the controls."""
    example = EXAMPLES.get(st.session_state.example)
    if example:
        st.session_state.update({"vectors": DEFAULT, **example})


def choose() -> tuple[Embeddings, str]:
    """Return the embeddings and the expression that the visitor chose."""
    st.pills("Examples", list(EXAMPLES), key="example", on_change=fill_in)
    expression = st.text_input(
        "Add and subtract words",
        "king - man + woman",
        key="expression",
        bind="query-params",
        help='Words, numbers, + - * / and parentheses. A word with spaces or signs goes in quotes: '
        '"mother-in-law".',
    )
    with st.container(horizontal=True):
        for label, options, key in (
            ("Nearest by", METRICS, "metric"),
            ("Picture", {"2D": "2D", "3D": "3D"}, "dimensions"),
            ("Vectors", VECTORS, "vectors"),
        ):
            st.segmented_control(
                label,
                list(options),
                default=next(iter(options)),
                format_func=options.__getitem__,
                key=key,
                bind="query-params",
                required=True,
            )
    if st.session_state.vectors == DEFAULT:
        return default_embeddings(), expression
    typed = st.text_area("A word and its numbers on each line", TOY, key="typed", bind="query-params")
    return typed_embeddings(typed), expression


def show_answer(embeddings: Embeddings, expression: str) -> None:
    """Show the picture, what it says, and both rankings."""
    answer = solve(embeddings, expression, metric=st.session_state.metric)
    drawing = construct(embeddings, answer, int(st.session_state.dimensions[0]))
    for word in words_read_as_sums(embeddings, expression):
        st.info(f'Read as a subtraction. For the one word, write "{plain(word)}" in quotes.')
    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        st.plotly_chart(
            arithmetic_figure(drawing),
            key="picture",
            config={"displaylogo": False},
            alt=f"{expression} drawn as arrows; the nearest other word is "
            f"{next(iter(answer.without_inputs.words), 'none')}.",
        )
        st.caption(legend(drawing, answer))
    with numbers:
        st.markdown(verdict(answer))
        table = both_rankings(answer)
        scores = {name: st.column_config.NumberColumn(format="%.3f") for name in table.columns[1::2]}
        st.dataframe(table, column_config=scores, alt="Both rankings, ten words each.")
        look_for = st.text_input("Where is the word …?", key="look_for", bind="query-params")
        if look_for.strip():
            st.markdown(place_of(embeddings, answer, look_for.strip()))


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


def show_walk(embeddings: Embeddings) -> None:
    """Show the words met between two words."""
    st.subheader("The words on the way", anchor=False)
    start, end, ends = st.columns(3, vertical_alignment="bottom")
    first = start.text_input("From", "king", key="walk_from", bind="query-params").strip()
    last = end.text_input("to", "man", key="walk_to", bind="query-params").strip()
    count_ends = ends.toggle("The two words count too", key="walk_ends", bind="query-params")
    metric = st.session_state.metric
    steps = walk(embeddings, first, last, metric, count_ends)
    picture, numbers = st.columns([3, 2], gap="medium")
    picture.plotly_chart(
        walk_figure(steps, first, last), key="walk", alt=f"Words nearest between {first} and {last}."
    )
    numbers.dataframe(walk_table(steps, metric).round(3), hide_index=True, alt="The same as numbers.")


headline(
    "Analogies",
    "Add and subtract words as arrows, and see which word the tip comes nearest to.",
)
with errors_shown():
    chosen, written = choose()
    show_answer(chosen, written)
with errors_shown():
    if st.session_state.vectors == DEFAULT:
        show_walk(chosen)
