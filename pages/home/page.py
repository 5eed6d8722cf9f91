"""Home: one line on its way from tokens to the next word, and the pages on that way."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages import registry
from pages.home.cards import ALSO, NOTHING, PATH, Card, made
from pages.home.closer import show_vectors
from pages.home.line import (
    LINE,
    MAX_CHARS,
    first_content_word,
    known_words,
    line_about,
    replaced,
    unknown_words,
)
from pages.shared.controls import choice, text, text_value
from pages.shared.embeddings import default_embeddings
from pages.shared.page_frame import plain, show_page
from pages.shared.random_word import show_random_word
from pages.shared.url_state import is_opening, query_now
from pages.shared.word_field import show_unknown
from pages.shared.word_links import Query
from viz.components.path_picture import LINK_KEY, path_picture

COLUMNS = 3
MAX_WORD = 60  # characters of a word from an address


def start_line() -> None:
    """Put a word from an address into the line, unless it is there already."""
    line = text_value("line", LINE).start()
    word = " ".join(query_now().get("start", ("",))[-1].split())[:MAX_WORD]
    if is_opening() and word and word.lower() not in known_words(default_embeddings(), line):
        st.session_state["line"] = line_about(word)


def put(new: str) -> None:
    """Put a word in the place of the chosen one, and choose it."""
    state = st.session_state
    chosen = state.get("start") or ""
    state["line"] = replaced(default_embeddings(), state["line"], chosen, new)
    state["start"] = new


def show_line() -> str:
    """Show the field for the line, a button for a random word, and what GloVe does not know."""
    embeddings = default_embeddings()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = text("Type a line", LINE, "line", max_chars=MAX_CHARS)
        show_random_word(embeddings, lambda row: put(embeddings.words[row]))
    line = " ".join(typed.split())
    show_unknown(unknown_words(embeddings, line), "line", embeddings, corrected)
    return line


def corrected(line: str, written: str, word: str) -> str:
    """Return the line with an unknown word replaced by a known one, which is chosen."""
    st.session_state["start"] = word
    return replaced(default_embeddings(), line, written, word)


def chosen_word(line: str) -> str:
    """Show the words of the line, and return the chosen one; an empty text if none is known."""
    embeddings = default_embeddings()
    words = known_words(embeddings, line)
    if not words:
        return ""
    default = first_content_word(embeddings, words)
    return choice("Follow this word", words, "start", default, plain, label_visibility="collapsed")


def show_path(line: str, word: str) -> list[tuple[Card, DeltaGenerator]]:
    """Show the cards; return those that take a while, each with the place of its content."""
    late = []
    for start in range(0, len(PATH), COLUMNS):
        columns = st.columns(COLUMNS, gap="small")
        for column, card in zip(columns, PATH[start : start + COLUMNS], strict=True):
            query = card.query(line, word) if line else {}
            with column, linked(card.key, card.page, query, card.title, card.icon):
                if not line:
                    path_picture(None, (card.about,), key=f"about {card.key}")
                elif card.is_late:
                    late.append((card, place(card)))
                else:
                    show_content(card, line, word)
    return late


def linked(
    key: str, page: str, query: Query, title: str = "", icon: str | None = None
) -> DeltaGenerator:
    """Show the frame of a card and its link; return a container in it."""
    with st.container(border=True, key=LINK_KEY + key, height="stretch", gap=None):
        st.page_link(
            registry.page(page), label=f"**{title or registry.TITLES[page][0]}**", icon=icon,
            query_params=query,
        )  # fmt: skip
        return st.container(gap=None)


def place(card: Card) -> DeltaGenerator:
    """Return the place of content that comes later.

    When the page opens, a sentence is there meanwhile; later on, the content of the last line.
    """
    if not is_opening():
        return st.container(gap=None)
    hole = st.empty()
    with hole:
        path_picture(NOTHING, ("The language model reads your line …",), key=f"wait {card.key}")
    return hole


def show_content(card: Card, line: str, word: str) -> None:
    """Show what a card computes for a line and a word of it."""
    content = made(card, line, word)
    path_picture(content.picture, content.sentence, key=f"picture {card.key}")


with show_page(
    "Embedding Playground",
    "See how language models turn words into numbers, and what the numbers know.",
):
    start_line()
    line = show_line()
    word = chosen_word(line)
    if not line:
        st.info("Type a line to see what happens to it on the way.")
    late = show_path(line, word)
    for column, also in zip(st.columns(len(ALSO), gap="small"), ALSO, strict=True):
        query = also.query(word) if word else {}
        with column, linked(also.page, also.page, query):
            path_picture(None, (also.about,), key=f"about {also.page}")
    if word:
        show_vectors(word, put)
    for card, hole in late:
        with hole:
            show_content(card, line, word)
