"""Map: the words of the embedding space in two or three dimensions."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import streamlit as st

from core.embeddings import Unit
from pages.map.cloud import Seen
from pages.map.comparison import NONE, choose_beside, show_maps
from pages.map.controls import (
    COLORS,
    METHODS,
    TABLE,
    choose_colors,
    choose_layout,
    choose_words,
)
from pages.map.export import offer_exports
from pages.map.layout_job import is_forming
from pages.map.neighbors import Searched, search_field, searched_for, show_answer
from pages.map.quality import show_quality
from pages.map.regions import is_dividing, regions_on, show_region_list
from pages.map.search import ROW, search
from pages.map.texts import word_index
from pages.shared.controls import examples
from pages.shared.embeddings import GLOVE, chosen_table, embeddings_of, show_if_lost
from pages.shared.job_view import repeat_while
from pages.shared.page_frame import errors_shown, is_phone, show_page
from pages.shared.random_word import show_random_word

HEADLINES: dict[Unit, str] = {
    "word": "Every point is a word; words used alike lie close together.",
    "token": "Every point is a token; tokens used alike lie close together.",
    "text": "Every point is a text; texts with similar vectors lie close together.",
}
UNIT = "map_unit"  # in `st.session_state`: what the points are, as the headline says
OTHERWISE: dict[str, object] = {
    "projection": METHODS[0],
    "map_dimensions": "2D",
    "colour": COLORS[0],
    "groups": [],
    TABLE: GLOVE,
    ROW: None,
    "only": "",
    "beside": NONE,
}


def headline() -> str:
    """Return what the points are."""
    unit = st.session_state[UNIT] = embeddings_of(chosen_table(TABLE)).unit
    return HEADLINES[unit]


def show_examples(unit: Unit) -> AbstractContextManager[None]:
    """Show the examples, whose words are in no texts; see `examples`."""
    return nullcontext() if unit == "text" else examples("map", "map_example", OTHERWISE)


def map_part() -> None:
    """Show the map and the neighbours of the searched word."""
    embeddings = embeddings_of(chosen_table(TABLE))
    if embeddings.unit != st.session_state[UNIT]:  # the headline is outside of this part
        st.rerun()
    first = None if is_phone() else show_examples(embeddings.unit)
    index = word_index(chosen_table(TABLE), embeddings)
    controls = st.container(horizontal=True, vertical_alignment="bottom")
    with controls:
        typed = search_field(embeddings, is_text=index is not None)
        show_random_word(embeddings, partial(search, embeddings))
        how = st.container(horizontal=True, width="content", gap="xsmall")
        more = st.container(horizontal=True, width="content")
    show_if_lost(TABLE)
    below = st.container()
    is_wide = index is not None and bool(typed)  # for two lists of texts
    picture, numbers = st.columns([5, 4] if is_wide else [7, 2], gap="medium")
    with picture:
        picture, after_map = st.container(), st.container()
        with after_map:  # on a phone, the map is on the first screen, the examples below it
            marking = first or show_examples(embeddings.unit)
            quality = st.container()
    searched = Searched()
    with numbers, errors_shown("word"):
        searched = searched_for(embeddings, index, typed)
    with below, errors_shown():
        with marking:
            drawn = choose_words(more, embeddings)
            colors = choose_colors(more, embeddings, drawn)
            settings = more.popover("Settings", icon=":material/tune:")
            layout = choose_layout(how, settings, embeddings, drawn)
            with settings:
                beside = choose_beside()
        shown = dict[str, Any]()
        with quality:
            levels = () if layout is None or is_forming() else regions_on(embeddings, layout)
        if layout is not None:
            with picture:
                shown = show_maps(
                    embeddings, layout, levels, Seen(colors, searched.word, searched.near), beside
                )
        # After the map, since the browser loads the scripts of the first element first.
        with numbers:
            show_answer(embeddings, drawn, searched)
        if levels and layout is not None:
            with numbers:
                show_region_list(layout, levels)
        if layout is not None and not is_forming():
            with quality:
                show_quality(layout)
                offer_exports(layout, shown)


with show_page("Map", headline):
    repeat_while(lambda: is_forming() or is_dividing(), map_part)()
