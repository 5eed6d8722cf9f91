"""Directions: differences of words with a meaning, and the coordinates of words on them."""

from collections.abc import Sequence

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.arithmetic import solve
from core.geometry.directions import Direction
from core.word_lists import WordList
from pages import registry
from pages.directions.builder import FIRST, PICTURES, built, chosen_name, suggest_words
from pages.directions.details import LOOKS, direction_details
from pages.directions.pictures import show_cloud, show_line, word_coordinates
from pages.directions.presets import suggested_words
from pages.shared.controls import choice, examples, one_of, toggle
from pages.shared.embeddings import (
    GLOVE,
    choose_table,
    chosen_table,
    default_embeddings,
    embeddings_of,
)
from pages.shared.examples import notes, presets
from pages.shared.page_frame import errors_shown, plain, show_page
from pages.shared.tables import show_table
from pages.shared.url_state import part
from pages.shared.word_field import word_list
from viz.directions.plane import PointWords
from viz.directions.tables import coordinate_table

MAX_WORDS = 200
TABLE = "direction_vectors"
OTHERWISE = {
    "length_one": False,
    "look": LOOKS[0],
    "about": "1",
    "start": "",
    TABLE: GLOVE,
}
BIAS = "doctor - man + woman"
# Of the columns for the picture's controls and for the words, by picture.
WIDTHS = dict(zip(PICTURES, ([2, 3], [5, 4], [11, 4]), strict=True))
NOTES = notes("directions", "words")


def note() -> str:
    """Return the remark on the example that is shown; it holds for GloVe only."""
    state = st.session_state
    if chosen_table(TABLE) != GLOVE:
        return ""
    for example in presets("directions").values():
        if all(state.get(key) == value for key, value in example.items()):
            return NOTES.get(str(example["words"]), "")
    return ""


def show(embeddings: Embeddings, directions: Sequence[Direction], words: WordList) -> None:
    """Show words along directions, their coordinates, and the details of a direction."""
    picture, numbers = st.columns([7, 3], gap="medium")
    with numbers:
        length_one = toggle(
            "Directions of length one",
            "length_one",
            help="Divides each coordinate by the length of its direction, so that coordinates on "
            "different directions can be compared.",
        )
        along = word_coordinates(embeddings, directions, words.indices, length_one=length_one)
        cloud = PointWords(words.words, along)
        show_table(coordinate_table(directions, cloud), "The coordinates.", index=False)
        choose_table(TABLE)
    with picture:
        if len(directions) == 1:
            legend = show_line(embeddings, directions[0], cloud, length_one=length_one)
        else:
            written = st.session_state.words or ""
            legend = show_cloud(embeddings, directions, cloud, written, length_one=length_one)
        if said := note():
            st.info(said, icon=":material/lightbulb:")
        st.caption(legend)
    direction_details(embeddings, directions, words.words)


@part
def directions_part() -> None:
    """Choose directions and words, and show the words along them."""
    examples("directions", "direction_example", OTHERWISE)
    embeddings = embeddings_of(chosen_table(TABLE))
    controls, place = st.columns(WIDTHS[one_of(PICTURES, "picture").start()])
    own = st.container()
    with controls.container(horizontal=True):
        picture = choice("Picture", PICTURES, "picture", on_change=suggest_words)
        count = PICTURES.index(picture) + 1
        names = [chosen_name(place, count) for place in range(1, count + 1)]
    with place:
        suitable = suggested_words(names) or suggested_words(FIRST)
        words = word_list("Words to place", suitable, "words", embeddings, MAX_WORDS)
    with own:
        directions = [built(embeddings, place, name) for place, name in enumerate(names, 1)]
    found = [direction for direction in directions if direction is not None]
    if len(found) == count:
        show(embeddings, found, words)
    else:
        choose_table(TABLE)


def limits_part() -> None:
    """Show what directions cannot know, with an example."""
    first = solve(default_embeddings(), BIAS, 1).without_inputs
    st.subheader("What a direction cannot know", anchor=False)
    st.markdown(
        "A direction says how words were used in the texts that the vectors learned from, not how "
        f"the world is: {plain(BIAS)} comes nearest to **{plain(first.words[0])}** (cosine "
        f"{first.scores[0]:.3f}). And it is only as good as the words it is made from."
    )
    st.page_link(
        registry.page("analogies"), label="See it on Analogies", query_params={"expression": BIAS}
    )


with show_page(
    "Directions",
    "A difference of words is a direction with a meaning: see how far every word lies along it.",
):
    directions_part()
    with errors_shown():
        limits_part()
