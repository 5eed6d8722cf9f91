"""Two sets of vectors side by side: which words have other neighbours in the other set."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from core.geometry.comparison import Comparison, compare, most_different
from pages.shared.controls import choice, select
from pages.shared.embeddings import TABLES, current_table, embeddings_of
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from pages.shared.tables import show_table
from pages.shared.user_embeddings import offered, title

NOTHING: Final = "nothing"
SHOWN: Final = 10  # words of each table
SHOWN_NEIGHBORS: Final = 4
DIFFERENT, ALIKE = "most different", "most alike"
MIN_LETTERS: Final = 3


def show_comparison() -> None:
    """Show with which vectors the current ones are compared, and the comparison.

    Raises:
        InputError: the two sets have too few words in common.
    """
    current = current_table()
    others = [name for name in (*offered(), *TABLES) if name != current]
    other = select(
        "Compare these vectors with",
        (NOTHING, *others),
        "compare_with",
        shown=lambda name: name if name == NOTHING else title(name),
        width=320,
    )
    if other == NOTHING:
        return
    comparison = compared(current, other)
    names = plain(title(current)), plain(title(other))
    show_hint(comparison_hint(comparison, *names))
    which = choice("Words", (DIFFERENT, ALIKE), "compared_words")
    order = [row for row in most_different(comparison, len(comparison)) if is_word(comparison, row)]
    rows = order[:SHOWN] if which == DIFFERENT else order[: -SHOWN - 1 : -1]
    table = neighbor_table(comparison, rows, (title(current), title(other)))
    show_table(table, f"The words that are {which}, with their neighbours.", index=False)
    st.caption(
        f"The last columns have each word's nearest neighbours in both. The cosine is that of the "
        f"word's two vectors, after {names[0]} was turned as a whole to fit {names[1]}."
    )


@st.cache_resource(max_entries=8, show_spinner="Comparing the vectors…")
def compared(one: str, other: str) -> Comparison:
    """Return the comparison of two sets of vectors, by their names in `choose_table`."""
    return compare(embeddings_of(one), embeddings_of(other))


def comparison_hint(comparison: Comparison, one: str, other: str) -> str:
    """Return, in Markdown, how many neighbours two sets of vectors share.

    Args:
        comparison: of the two sets.
        one: the name of the first, in Markdown.
        other: the name of the other, in Markdown.
    """
    count = comparison.neighbors.shape[2]
    share = count * float(comparison.shared.mean())
    compared = (
        f"{len(comparison):,} words"
        if len(comparison) == comparison.common
        else (f"the first {len(comparison):,} of {comparison.common:,} words")
    )
    return (
        f"Of a word's {count} nearest neighbours, **{share:.1f}** are the same in {one} and "
        f"{other}, for {compared} that both have."
    )


def is_word(comparison: Comparison, row: int) -> bool:
    """Return whether a common word is made of letters: signs and numbers say little to people."""
    word = comparison.words[row]
    return word.isalpha() and len(word) >= MIN_LETTERS


def neighbor_table(
    comparison: Comparison, rows: Sequence[int], names: tuple[str, str]
) -> pd.DataFrame:
    """Return a table of words with their neighbours in both sets.

    Args:
        comparison: of the two sets.
        rows: indices of the words.
        names: of the two sets, as headings.
    """
    words = np.array(comparison.words, dtype=object)
    count = comparison.neighbors.shape[2]
    headings = names if names[0] != names[1] else (f"{names[0]} (1)", f"{names[1]} (2)")
    table = pd.DataFrame({"word": [comparison.words[row] for row in rows]})
    table["same neighbours"] = [round(count * float(comparison.shared[row])) for row in rows]
    table["cosine"] = [float(comparison.cosines[row]) for row in rows]
    for heading, neighbors in zip(headings, comparison.neighbors, strict=True):
        table[heading] = [", ".join(words[neighbors[row][:SHOWN_NEIGHBORS]]) for row in rows]
    return table
