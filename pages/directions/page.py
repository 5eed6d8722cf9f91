"""Directions: differences of words with a meaning, and the coordinates of words on them."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.directions import Direction
from core.word_lists import WordList
from pages.directions.builder import (
    DEFAULTS,
    PICTURES,
    built,
    chosen_name,
    show_fit,
    suggest_words,
    usual_words,
)
from pages.directions.details import LOOKS, direction_details
from pages.directions.limits import limits_part
from pages.directions.notes import TABLE, show_note
from pages.directions.own_fields import FIELDS
from pages.directions.pictures import show_cloud, show_line, word_coordinates
from pages.directions.presets import ENOUGH, suggested_words
from pages.shared.controls import choice, examples, toggle
from pages.shared.embeddings import GLOVE, choose_table, chosen_table, embeddings_of, show_if_lost
from pages.shared.first_words import as_list, first_text
from pages.shared.page_frame import errors_shown, show_page
from pages.shared.tables import numbers_on_demand
from pages.shared.url_state import part
from pages.shared.word_field import word_list
from viz.directions.plane import PointWords
from viz.directions.tables import coordinate_table

MAX_WORDS = 200
FIRST_WORDS = 12  # of vectors that lack most of the usual ones
OTHERWISE = {
    "length_one": False,
    "look": LOOKS[0],
    "about": "1",
    "start": "",
    TABLE: GLOVE,
}


def _first(words: Sequence[str]) -> str:
    """Return the list of words at first for vectors that lack the usual ones."""
    return as_list(words[:FIRST_WORDS])


def show(embeddings: Embeddings, directions: Sequence[Direction], words: WordList) -> None:
    """Show words along directions, their coordinates, and the details of a direction."""
    picture = st.container()
    about, options = st.columns([3, 2], gap="medium")
    with options:
        length_one = toggle(
            "Ignore length",
            "length_one",
            help="Divides each coordinate by the length of its direction, so that coordinates on "
            "different directions are comparable.",
        )
        along = word_coordinates(embeddings, directions, words.indices, length_one=length_one)
        cloud = PointWords(words.words, along)
        numbers_on_demand(
            "direction_numbers",
            lambda: coordinate_table(directions, cloud),
            "The coordinates.",
            index=False,
        )
    with picture:
        if len(directions) == 1:
            caption = show_line(embeddings, directions[0], cloud, length_one=length_one)
        else:
            written = st.session_state.words or ""
            caption = show_cloud(embeddings, directions, cloud, written, length_one=length_one)
    with about:
        if len(directions) == 1 and st.session_state["direction_1"] in FIELDS:
            show_fit(embeddings, directions[0])
        show_note()
        st.caption(caption)
    direction_details(embeddings, directions, words.words)


@part
def directions_part() -> None:
    """Show the controls of directions and words, and the words along the directions."""
    with examples("directions", "direction_example", OTHERWISE):
        embeddings = embeddings_of(chosen_table(TABLE))
        with st.container(horizontal=True):
            picture = choice("Picture", PICTURES, "picture", on_change=suggest_words)
            count = PICTURES.index(picture) + 1
            names = [chosen_name(embeddings, number, count) for number in range(1, count + 1)]
        built_directions = [
            built(embeddings, number, name, count) for number, name in enumerate(names, 1)
        ]
        field, vectors = st.columns([7, 2])
        with field:
            suitable = suggested_words(names) or suggested_words(DEFAULTS)
            typed = first_text(
                "directions", "words", suitable, embeddings, _first, ENOUGH, usual_words()
            )
            words = word_list("Words to place", typed, "words", embeddings, MAX_WORDS)
        with vectors:
            choose_table(TABLE)
        show_if_lost(TABLE)
        directions = [direction for direction in built_directions if direction is not None]
    if len(directions) == count:
        show(embeddings, directions, words)
    with errors_shown():
        limits_part(chosen_table(TABLE))


with show_page(
    "Directions",
    "A difference of words is a direction with a meaning: see how far every word is along it.",
):
    directions_part()
