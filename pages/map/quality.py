"""Sentences about a map: which words it shows, and how well it keeps neighbours."""

from collections.abc import Sequence

import streamlit as st

from core.enumeration import listed
from core.errors import InputError
from core.layouts.quality import NeighborsKept
from pages.map.layouts import Layout
from pages.map.words import map_quality
from pages.shared.page_frame import plain
from viz.numbers import counted

MAX_NAMED = 3  # words


def map_caption(layout: Layout, vocabulary_size: int, added: int, missing: Sequence[str]) -> str:
    """Return, in Markdown, which words a map shows and which it leaves out.

    Args:
        layout: the map.
        vocabulary_size: how many words there are.
        added: number of highlighted words that are not among the words of the map.
        missing: words that should be highlighted but have no coordinates on the map.
    """
    drawn = layout.drawn
    total = f"Drawn: {len(drawn):,} of {counted(vocabulary_size, 'word')}"
    rarer = len(drawn) - drawn.frequent
    if not drawn.frequent:
        kind = ", those you chose"
    elif rarer:
        kind = f", the {drawn.frequent:,} {drawn.order} and {rarer:,} further ones of the lessons"
    else:
        kind = f", the {drawn.order}" if drawn.frequent < vocabulary_size else ""
    more = f", and {added:,} more lit up" if added else ""
    named = listed([plain(word) for word in missing], MAX_NAMED)
    off = f" Not drawn, so not lit up: {named}." if missing else ""
    return f"{total}{kind}{more}.{off}"


def projection_caption(layout: Layout) -> str:
    """Return, in Markdown, how much of the variance a map keeps, if it is a projection."""
    if layout.projection is not None:
        shares = layout.projection.explained
        return (
            f"These {len(shares)} axes keep {shares.sum():.1%} of how the words differ (their "
            "variance); the rest is flattened away."
        )
    return "Only who is near whom means something here; the axes do not."


def show_quality(layout: Layout) -> None:
    """Show how well a map keeps neighbours, over all its words."""
    try:
        found = map_quality(layout.drawn, layout.coordinates, layout.name)
    except InputError:
        return  # too few words
    of = "" if found.compared == len(layout.drawn) else f", of {found.compared:,} random words"
    st.caption(
        f"Of the {found.neighbors} words truly nearest to a word, this picture keeps "
        f"**{found.kept:.1f}** among the {found.neighbors} drawn nearest to it (mean{of}). "
        f"Trustworthiness {found.trustworthiness:.2f}, continuity {found.continuity:.2f}.",
        help="**Trustworthiness**: near 1 when words drawn close are close. **Continuity**: near 1 "
        "when close words are drawn close. Close means a small angle between two vectors, in all "
        "dimensions (Venna and Kaski 2001).",
    )


def word_caption(layout: Layout, word: str, near: NeighborsKept) -> str:
    """Return, in Markdown, how many of a word's neighbours a map keeps, and which it loses."""
    total, kept = len(near.true), len(near.kept)
    said = (
        f"This picture keeps **{kept} of the {total}** drawn words nearest to {plain(word)} among "
        f"the {total} beside it."
    )
    if not len(near.lost):
        return said
    lost = [layout.drawn.words[place] for place in near.lost.tolist()]
    named = listed([plain(name) for name in lost], MAX_NAMED)
    return f"{said} Drawn farther off, on dashed lines: {named}."
