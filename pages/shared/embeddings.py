"""The embeddings of the pages: one read-only copy of each, shared by all visitors."""

from typing import Final

import streamlit as st

from core.catalog import load
from core.embeddings import Embeddings
from core.errors import InputError
from core.formats.typed import read_typed
from core.geometry.interpolation import Segment, interpolate
from core.geometry.neighbors import Metric, warm_up
from core.language.models import DECODER, ENCODER, token_table
from core.spelling import close_words
from pages import registry
from pages.shared.controls import select
from pages.shared.page_frame import plain
from pages.shared.url_state import Linked, is_opening, open_with, opened_with
from pages.shared.user_embeddings import are_texts, find, is_brought, lost, offered, title

DEFAULT = "glove-6b-50d"
GLOVE: Final = "GloVe"
TABLES: Final = {GLOVE: DEFAULT, "MiniLM tokens": ENCODER, "SmolLM2 tokens": DECODER}
# The titles of vectors of which Learning has the text, and the kind of the text there.
TEXTS: Final = {
    "Learned from the classroom sentences": "Classroom",
    "Learned from your sentences": "Typed",
}
# The pages on which vectors can be selected, and the key of their control there.
VECTORS_KEYS: Final = {
    "map": "map_vectors",
    "analogies": "vectors",
    "directions": "direction_vectors",
    "dot_products": "source",
    "evaluation": "vectors",
}
# Those of them that calculate with words: vectors of texts are not selected there.
OF_WORDS: Final = {"vectors", "direction_vectors"}
TEXT_PAGES: Final = tuple(page for page, key in VECTORS_KEYS.items() if key not in OF_WORDS)
CURRENT_KEY: Final = "current_vectors"  # in the session: the vectors that were selected last
TABLES_HELP: Final = (
    "**GloVe** has a vector for each of 400,000 words, learned from which words occur together. "
    "**MiniLM** and **SmolLM2** are language models: they have a vector for each of their tokens, "
    "with which every text enters the network. ␣ is a space; ## continues a word."
)


def embeddings_of(table: str) -> Embeddings:
    """Return one of `TABLES`, or trained vectors, ready for neighbour searches.

    Raises:
        InputError: there are no vectors of this name, or they are no longer kept.
    """
    if table in TABLES:
        return _opened(table)
    trained = find(table)
    if trained is None:
        raise InputError(
            f"The trained vectors '{table}' are no longer kept. Train them again on the page "
            "Learning: the same text and seed give the same vectors."
        )
    return trained


@st.cache_resource(show_spinner="Opening the vectors…")
def _opened(table: str) -> Embeddings:
    name = TABLES[table]
    embeddings = load(name) if name == DEFAULT else token_table(name)
    # The first look-up, suggestion and search take longer, so they are done before a visitor's.
    embeddings.knows("")
    close_words("the", embeddings.words)
    warm_up(embeddings)
    return embeddings


def default_embeddings() -> Embeddings:
    """Return GloVe."""
    return embeddings_of(GLOVE)


def chosen_table(key: str, *others: str) -> str:
    """Return the name of the selected vectors, even before their control is shown.

    Args:
        key: its name in `st.session_state` and in the address.
        others: further options.
    """
    return _started(key, *others)


def choose_table(key: str, *others: str) -> str:
    """Show the available vectors, and return the name of the selected ones.

    Args:
        key: its name in `st.session_state` and in the address.
        others: further options.
    """
    selected = _started(key, *others)
    own = (name for name in offered(selected) if key not in OF_WORDS or not _is_known_text(name))
    options = list(dict.fromkeys((*TABLES, *own, *others)))
    chosen = select("Vectors", options, key, shown=title, width=240, help=TABLES_HELP)
    if chosen not in others and not (chosen == GLOVE and is_instead_of_texts(key)):
        take_to_all_pages(chosen)
    return chosen


def current_table() -> str:
    """Return the name of the vectors that were selected last, on any page."""
    name: str = st.session_state.get(CURRENT_KEY, GLOVE)
    return name


def take_to_all_pages(table: str) -> None:
    """Let every page that is opened from now on show these vectors at first."""
    st.session_state[CURRENT_KEY] = table


def is_instead_of_texts(key: str) -> bool:
    """Return whether a page shows other vectors because those selected last are of texts."""
    return key in OF_WORDS and are_texts(current_table())


def _is_known_text(name: str) -> bool:
    """Return whether vectors are of texts; a file is opened only if it is selected."""
    return is_brought(name) and are_texts(name)


def _started(key: str, *others: str) -> str:
    """Return the name of the selected vectors; at first those that were selected last."""
    if CURRENT_KEY in st.session_state:
        open_with(key, current_table())
    return _table(key, *others).start()


def show_if_lost(key: str, shown: str = GLOVE) -> None:
    """Say that the vectors in the address are no longer kept, until others are selected.

    Where sums are made, say so of vectors of texts as well.

    Args:
        key: the key of their control.
        shown: what is shown instead.
    """
    state, noted = st.session_state, f"{key}, lost"
    if is_instead_of_texts(key) and state.get(key, shown) == shown:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                f"The vectors *{plain(title(current_table()))}* are of whole texts. This page "
                f"calculates with words, so {shown} is shown. See the texts on",
                width="content",
            )
            for page in TEXT_PAGES:
                query = {VECTORS_KEYS[page]: current_table()}
                st.page_link(registry.page(page), query_params=query, width="content")
    if is_opening():
        name = opened_with(key)
        state[noted] = None if name is None or (called := lost(name)) is None else (name, called)
    if state.get(noted) is None or state.get(key, shown) != shown:
        return
    name, called = state[noted]
    what = f"{shown} is shown" if shown in TABLES else "made-up numbers are shown"
    kind = next((kind for start, kind in TEXTS.items() if called.startswith(start)), None)
    with st.container():  # one below the other, in a row of controls, too
        if is_brought(name):
            st.warning(
                f"The vectors *{plain(called)}* came from a file, which only the visitor who "
                f"brought it can see, and only until the visit ends; {what} instead.",
                icon=":material/warning:",
            )
            st.page_link(registry.page("data"), label="Bring the file on Data")
            return
        st.warning(
            f"The vectors *{plain(called)}* are no longer on this server; {what} instead. The same "
            "text and settings give the same vectors again.",
            icon=":material/warning:",
        )
        st.page_link(
            registry.page("learning"),
            label="Train them again on Learning",
            query_params={"learn_text": kind} if kind else None,
        )


def _table(key: str, *others: str) -> Linked[str]:
    def parse(name: str) -> str | None:
        is_known = name in TABLES or name in others or name in offered(name)
        return name if is_known and not (key in OF_WORDS and are_texts(name)) else None

    return Linked(key, GLOVE, parse)


@st.cache_resource(max_entries=100, show_spinner=False)
def typed_embeddings(text: str) -> Embeddings:
    """Return typed embeddings; raises as `read_typed` does."""
    return read_typed(text)


@st.cache_data(max_entries=1_000, show_spinner=False)
def default_walk(start: str, end: str, metric: Metric, ends_count: bool) -> tuple[Segment, ...]:
    """Return the interpolation between two words of the default embeddings, cached."""
    return interpolate(default_embeddings(), start, end, metric, include_ends=ends_count)
