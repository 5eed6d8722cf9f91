"""A part of the page: the similarities of words, optionally projected onto a topic."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.geometry.neighbors import METRICS, Metric
from core.geometry.similarity import cluster_order, similarities
from core.geometry.subspace import SubspaceProjection, project, span
from core.word_lists import WordList
from pages.shared.controls import choice, examples
from pages.shared.embeddings import GLOVE, choose_table, embeddings_of, show_if_lost
from pages.shared.figures import show_figure
from pages.shared.first_words import as_list, first_text
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, is_phone, plain
from pages.shared.tables import numbers_on_demand, show_table
from pages.shared.url_state import part
from pages.shared.word_field import word_list
from viz.geometry.heatmap import (
    MAX_WORDS,
    MAX_WORDS_CLICKED,
    heatmap_figure,
    names_all,
    similarity_table,
)
from viz.numbers import fixed
from viz.tables import SCORE_NAMES

WORDS = "king, queen, monarchy, banana, prince, apple, france, paris"
ORDERS = ("as typed", "clustered")
MAX_LISTED_WORDS = 300  # of the table
MAX_NAME = 60  # characters of a word or text in a sentence
ENOUGH = 0.5  # the share of `WORDS` that vectors must have, so that they are the words at first


@part
def heatmap_part() -> None:
    """Show the similarities as colours and numbers; a change reruns this part alone."""
    otherwise = {"topic": "", "measure": METRICS[0], "order": ORDERS[0], "table": GLOVE}
    with errors_shown():
        with examples("dot_products", "words_example", otherwise, part="many words"):
            listed = st.container()
            with st.container(horizontal=True):
                embeddings = embeddings_of(choose_table("table"))
                measure: Metric = choice(
                    "Measure",
                    METRICS,
                    "measure",
                    help="**cosine**: the cosine of the angle; 1 if two vectors have the same "
                    "direction. **dot**: the dot product, which also grows with the lengths. "
                    "**euclidean**: the distance between the tips; 0 if two vectors are equal.",
                )
                order = choice(
                    "Order",
                    ORDERS,
                    "order",
                    help="**clustered**: similar words are next to each other (average linkage, "
                    "with optimal leaf ordering).",
                )
            with listed:
                typed = first_text("dot_products", "words", WORDS, embeddings, _first, ENOUGH)
                words = word_list(
                    f"{embeddings.unit.capitalize()}s", typed, "words", embeddings, MAX_LISTED_WORDS
                )
            topic = word_list(
                "Project onto the topic of …",
                "",
                "topic",
                embeddings,
                placeholder="" if embeddings.unit == "text" else "dog, cat, horse",
                help="Every vector is replaced by its orthogonal projection onto the space that "
                "these words span.",
            )
        show_if_lost("table")
        if not len(words):
            st.info("Type known words to see how similar they are.")
            return
        vectors = embeddings.vectors[words.indices].astype(np.float64)
        projected = None
        if len(topic):
            subspace = span(embeddings.vectors[topic.indices])
            projected = project(subspace, vectors)
            vectors = projected.vectors
            _show_topic(topic, subspace.rank, embeddings.dimensions)
        rows = np.arange(len(words))
        if order == ORDERS[1]:
            rows = cluster_order(vectors, measure)
        names = [words.words[row] for row in rows.tolist()]
        _show(names, similarities(vectors[rows], measure), measure)
        if projected is not None:
            _show_shares(words, projected)


def _first(words: Sequence[str]) -> str:
    """Return the list of words at first for vectors that lack the usual ones."""
    return as_list(words[: len(WORDS.split())])


def _show(names: list[str], values: np.ndarray, measure: Metric) -> None:
    """Show the heatmap, or the numbers if there are too many words or they are asked for."""
    alt = f"The {SCORE_NAMES[measure]} of all pairs of words."
    if len(names) > MAX_WORDS:
        st.info(
            f"{len(names)} words are too many for a readable figure; it shows up to "
            f"{MAX_WORDS}. The table has all of them."
        )
        show_table(similarity_table(names, values), alt)
        return
    if len(names) > 1:
        show_hint(hint(names, values, measure))
    show_figure(
        heatmap_figure(names, values, measure),
        key="heatmap",
        alt=f"The {SCORE_NAMES[measure]} of all pairs of {len(names)} words as colours.",
        on_point=partial(_show_two, names),
    )
    if not names_all(len(names)):
        st.caption("Not all words are named. Point at a cell to read its two words.")
    elif len(names) <= MAX_WORDS_CLICKED:
        act = "Tap a cell twice" if is_phone() else "Click a cell"
        st.caption(f"{act} to see how its number is made.")
    numbers_on_demand("heatmap_numbers", lambda: similarity_table(names, values), alt)


def _show_two(names: Sequence[str], index: int) -> None:
    """Show the terms of the two words of a cell, instead of this part."""
    row, column = divmod(index, len(names))
    if not 0 <= row < len(names):  # a click that came after the words were changed
        return
    state = st.session_state
    state.update(part="two vectors", source=state["table"], first=names[row], second=names[column])


def hint(names: Sequence[str], values: np.ndarray, measure: Metric) -> str:
    """Return, in Markdown, which two of at least two words are most alike, and which least.

    >>> hint(["a", "b", "c"], np.array([[1, 0.5, 0], [0.5, 1, -0.2], [0, -0.2, 1]]), "cosine")
    'Most alike: **a** and **b** (0.50). Least alike: **b** and **c** (−0.20).'
    """
    first, second = np.triu_indices(len(names), k=1)
    scores = values[first, second]
    order = np.argsort(scores if measure == "euclidean" else -scores, kind="stable")
    most, least = (
        f"**{plain(names[first[at]], MAX_NAME)}** and **{plain(names[second[at]], MAX_NAME)}** "
        f"({fixed(scores[at])})"
        for at in (order[0], order[-1])
    )
    return f"Most alike: {most}." + (f" Least alike: {least}." if len(order) > 1 else "")


def _show_topic(topic: WordList, rank: int, dimensions: int) -> None:
    named = ", ".join(plain(word) for word in topic.words[:5]) + (", …" if len(topic) > 5 else "")
    space = "a line" if rank == 1 else f"{rank} of {dimensions} dimensions"
    st.markdown(
        f"Projected onto the space of **{named}**: these words span {space}, and all other "
        "dimensions are removed. In so few dimensions many words look similar; the table below "
        "says how much of each word is left."
    )


def _show_shares(words: WordList, projected: SubspaceProjection) -> None:
    """Show the shares of each word's squared length that the projection keeps and removes."""
    table = pd.DataFrame(
        {
            "word": words.words,
            "left": 100 * projected.kept**2,
            "removed": 100 * projected.removed**2,
        }
    ).sort_values("left", ascending=False, kind="stable")
    bar = st.column_config.ProgressColumn
    shares, meaning = st.columns([3, 2], gap="medium")
    shares.dataframe(
        table,
        column_config={
            name: bar(format="%.0f %%", min_value=0, max_value=100, color=color)
            for name, color in (("left", "primary"), ("removed", "gray"))
        },
        hide_index=True,
        alt="The shares of each word's squared length that are left and removed.",
    )
    meaning.markdown(
        "How much of each word is **left** in the topic, and how much is **removed**. The two "
        "parts of its vector are at a right angle, so the squares of their lengths add up to the "
        "square of the whole (Pythagoras): these are the shares."
    )
    meaning.caption(
        "The space of the topic is computed by a singular value decomposition; a topic word that "
        "is a sum of the others adds nothing."
    )
