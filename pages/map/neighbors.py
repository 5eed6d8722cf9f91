"""What is searched, and its answer: the nearest words in all dimensions, or the best texts."""

from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from core.embeddings import Embeddings
from core.errors import UnknownWordError
from core.geometry.neighbors import Neighbors, nearest
from core.language.bm25 import WordIndex
from core.language.text_search import TextSearch
from core.layouts.map_words import MapWords
from pages.map.quality import named_word
from pages.map.search import WORD, search, searched_row
from pages.map.texts import found_texts, show_found
from pages.shared.completion import offer_words
from pages.shared.controls import text
from pages.shared.tables import TEXT_HEIGHT, show_table
from pages.shared.word_links import show_word_links
from viz.tables import neighbor_table


@dataclass(frozen=True, eq=False)
class Searched:
    """What is searched.

    Args:
        word: the row of the word or text, or None.
        near: its nearest neighbours, or those of a sentence; None without a search.
        texts: both rankings of texts, where the vectors are those of texts.
    """

    word: int | None = None
    near: Neighbors | None = None
    texts: TextSearch | None = None


def search_field(embeddings: Embeddings, *, is_text: bool) -> str:
    """Show the field for a word, or for a sentence where texts are searched; return what it has."""
    if is_text:
        return text("Search by meaning", "", WORD, width=240, placeholder="a sentence of yours")
    example = "king" if embeddings.knows("king") else ""
    typed = text(f"Search a {embeddings.unit}", "", WORD, width=150, placeholder=example)
    offer_words(embeddings, WORD)
    return typed


def searched_for(embeddings: Embeddings, index: WordIndex | None, typed: str) -> Searched:
    """Return what is searched; without a search, say what to do.

    Args:
        embeddings: all words or texts.
        index: of the words of texts that are searched by meaning; None for other vectors.
        typed: what the field has.

    Raises:
        UnknownWordError: there is no such word.
    """
    if not typed and index is None:
        st.caption(
            f"Search a {embeddings.unit}, or click one, and its true neighbours are listed here."
        )
        return Searched()
    if not typed:
        st.caption(
            "Type a sentence: the texts nearest to it in meaning are listed here, and those with "
            "the most words in common."
        )
        return Searched()
    if index is None:
        word = searched_row(embeddings, typed)
        return Searched(word, nearest(embeddings, embeddings.vectors[word], exclude=[word]))
    row: int | None = None
    with suppress(UnknownWordError):  # it is none of the texts
        row = searched_row(embeddings, typed)
    found = found_texts(embeddings, index, typed, row)
    return Searched(row, found.meaning, found)


def show_answer(embeddings: Embeddings, drawn: MapWords, searched: Searched) -> None:
    """Show the neighbours of the searched word, or the best texts."""
    if searched.texts is not None:
        show_found(embeddings, searched.texts)
    elif searched.word is not None and searched.near is not None:
        show_neighbors(embeddings, drawn, searched.word, searched.near)


def show_neighbors(embeddings: Embeddings, drawn: MapWords, row: int, near: Neighbors) -> None:
    """Show the words nearest to a word in all dimensions, and which of them are on the map."""
    dimensions, unit = embeddings.dimensions, embeddings.unit
    word = named_word(embeddings.words[row], unit)
    st.markdown(f"**Nearest to {word}** in all {dimensions} dimensions")
    table = neighbor_table(near)
    if unit == "text":
        table = table.rename(columns={"word": unit})
    there = [drawn.position(other) is not None for other in near.indices.tolist()]
    if not all(there):
        table["drawn"] = there
    show_table(
        table,
        f"The ten {unit}s nearest to {embeddings.words[row]}.",
        index=all(there) and unit != "text",  # the rank and three columns do not fit
        key="near",
        on_cell=lambda at, _: search(embeddings, near.indices.tolist()[at]),
        row_height=TEXT_HEIGHT if unit == "text" else None,
    )
    st.caption(f"Click a {unit} to go on to its neighbours.")
    if unit != "text":
        show_word_links("map", embeddings.words[row])
