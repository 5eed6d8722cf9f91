"""Texts that MiniLM embedded are searched by meaning, and beside that by words in common."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.catalog import get
from core.embeddings import Embeddings, Matrix
from core.errors import InputError
from core.language.bm25 import WordIndex
from core.language.models import ENCODER
from core.language.text_embeddings import MAX_TEXTS, embed_texts
from core.language.text_search import TextSearch, is_embedded_by, search_texts
from core.owned_cache import cached_per_owner
from pages.map.quality import named_word
from pages.map.search import search
from pages.shared.hint import show_hint
from pages.shared.language_models import opened
from pages.shared.tables import TEXT_HEIGHT, show_table
from pages.shared.user_embeddings import is_brought, is_file
from viz.numbers import ordinal

SHOWN: Final = 5  # texts of each ranking
MAX_QUERY: Final = 4_000  # characters that are embedded; the model reads 256 tokens


def word_index(table: str, embeddings: Embeddings) -> WordIndex | None:
    """Return the index of texts that MiniLM embedded; None for other vectors.

    Args:
        table: the name of the vectors in their control.
        embeddings: the vectors.
    """
    if not (is_brought(table) or is_file(table)):
        return None
    if embeddings.dimensions != get(ENCODER).dimensions or len(embeddings) > MAX_TEXTS:
        return None
    return _indexed(embeddings)


@cached_per_owner(1)
def _indexed(embeddings: Embeddings) -> WordIndex | None:
    with st.spinner("Reading the texts…"):
        if not is_embedded_by(opened(ENCODER), embeddings):
            return None
        try:
            return WordIndex(embeddings.words)
        except InputError:  # there is no word in the texts
            return None


@st.cache_data(max_entries=1_000, show_spinner=False)
def _vector_of(query: str) -> Matrix:
    *_, embedded = embed_texts(opened(ENCODER), [query])
    vector: Matrix = embedded.vectors[0]
    return vector


def found_texts(
    embeddings: Embeddings, index: WordIndex, query: str, row: int | None
) -> TextSearch:
    """Return the best texts for a query, by meaning and by words.

    Args:
        embeddings: the texts, embedded by MiniLM.
        index: of their words.
        query: what was typed.
        row: that of the query if it is one of the texts, which is then left out.
    """
    return search_texts(embeddings, index, query, _vector_of(query[:MAX_QUERY]), SHOWN, row)


def difference(texts: Sequence[str], found: TextSearch) -> str:
    """Return, in Markdown, a sentence on where the two rankings of a search differ."""
    near, rows = found.meaning.indices.tolist(), found.words.rows.tolist()
    if not rows:
        return "No text has a word of what you typed: only the meaning finds some."
    count = len(found.in_both)
    verb = "is" if count == 1 else "are"
    text = f"**{count} of the {len(near)}** texts nearest in meaning {verb} also among the "
    parts = [f"{text}{len(rows)} with the most words in common"]
    if found.without_words:
        other = named_word(texts[found.without_words[0]], "text")
        parts.append(f"{other} has no word of yours")
    far = max(range(len(rows)), key=found.ranks.__getitem__)
    if found.ranks[far] > len(near):
        other, place = named_word(texts[rows[far]], "text"), ordinal(found.ranks[far])
        parts.append(f"{other} shares words, but is only {place} in meaning")
    return f"{'; '.join(parts)}."


def show_found(embeddings: Embeddings, found: TextSearch) -> None:
    """Show the two rankings side by side; a click on a text searches it."""
    texts = embeddings.words
    show_hint(difference(texts, found))
    left, right = st.columns(2, gap="small")
    with left:
        _show_ranking(
            "By meaning", "cosine", embeddings, found.meaning.indices, found.meaning.scores
        )
    with right:
        if len(found.words.rows):
            _show_ranking("By words", "score", embeddings, found.words.rows, found.words.scores)
    st.caption(
        "**cosine**: of the two vectors that MiniLM makes. **score**: of the words in common; rare "
        "words count more, and long texts less (BM25). Click a text to search with it."
    )


def _show_ranking(
    title: str,
    name: str,
    embeddings: Embeddings,
    indices: NDArray[np.intp],
    scores: NDArray[np.float64],
) -> None:
    rows = indices.tolist()
    table = pd.DataFrame({"text": [embeddings.words[row] for row in rows], name: scores})
    st.markdown(f"**{title}**")
    show_table(
        table,
        f"{title}: the best {len(rows)} texts.",
        index=False,
        key=f"found {name}",
        on_cell=lambda at, _: search(embeddings, rows[at]),
        row_height=TEXT_HEIGHT,
    )
