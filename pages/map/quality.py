"""How far a map can be believed, in words."""

from collections.abc import Sequence

import streamlit as st

from core.enumeration import listed
from core.errors import InputError
from core.layouts.quality import NeighborsKept
from pages.map.layouts import Layout
from pages.map.words import whole_fidelity
from pages.shared.page_frame import plain

NAMED = 3  # lost neighbours


def what_is_drawn(layout: Layout, vocabulary_size: int, added: int, missing: Sequence[str]) -> str:
    """Return, in Markdown, which words a map draws and which it leaves out.

    Args:
        layout: the map.
        vocabulary_size: how many words there are.
        added: how many words are lit up though they are not among the drawn ones.
        missing: words that were to be lit up and have no place on the map.
    """
    drawn = layout.drawn
    total = f"Drawn: {len(drawn):,} of {vocabulary_size:,} words"
    rarer = len(drawn) - drawn.frequent
    if not drawn.frequent:
        kind = ", those you chose"
    elif rarer:
        kind = f", the {drawn.frequent:,} {drawn.order} and {rarer:,} further ones of the lessons"
    else:
        kind = f", the {drawn.order}" if drawn.frequent < vocabulary_size else ""
    more = f", and {added:,} more lit up" if added else ""
    named = listed([plain(word) for word in missing], NAMED)
    off = f" Not drawn, so not lit up: {named}." if missing else ""
    return f"{total}{kind}{more}.{off}"


def what_is_kept(layout: Layout) -> str:
    """Return, in Markdown, what a map keeps of the space that it shows."""
    if layout.projection is not None:
        shares = layout.projection.explained
        return (
            f"These {len(shares)} axes keep {shares.sum():.1%} of how the words differ (their "
            "variance); the rest is flattened away."
        )
    return "Only who is near whom means something here; the axes do not."


def show_belief(layout: Layout) -> None:
    """Say how well a whole map keeps neighbours."""
    try:
        found = whole_fidelity(layout.drawn, layout.coordinates, layout.name)
    except InputError:
        return  # too few words to speak of neighbours
    of = "" if found.looked_at == len(layout.drawn) else f", of {found.looked_at:,} words by chance"
    st.caption(
        f"Of the {found.neighbors} words truly nearest to a word, this picture keeps "
        f"**{found.kept:.1f}** among the {found.neighbors} drawn nearest to it (mean{of}). "
        f"Trustworthiness {found.trustworthiness:.2f}, continuity {found.continuity:.2f}.",
        help="**Trustworthiness**: near 1 when words drawn close are close. **Continuity**: near 1 "
        "when close words are drawn close. Close means a small angle between two vectors, in all "
        "dimensions (Venna and Kaski 2001).",
    )


def kept_of_word(layout: Layout, word: str, near: NeighborsKept) -> str:
    """Return, in Markdown, how many of a word's neighbours a map keeps, and which it lost."""
    total, kept = len(near.true), len(near.kept)
    said = (
        f"This picture keeps **{kept} of the {total}** drawn words nearest to {plain(word)} among "
        f"the {total} beside it."
    )
    if not len(near.lost):
        return said
    lost = [layout.drawn.words[place] for place in near.lost.tolist()]
    named = listed([plain(name) for name in lost], NAMED)
    return f"{said} Drawn farther off, on dashed lines: {named}."
