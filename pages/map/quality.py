"""Sentences about a map: which words it shows, and how well it keeps neighbours."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from core.embeddings import Unit
from core.enumeration import listed
from core.errors import InputError
from core.layouts.quality import NeighborsKept, closest_points
from pages.map.layouts import Layout
from pages.map.words import map_quality
from pages.shared.page_frame import plain
from viz.components.word_map.notes import add_notes
from viz.numbers import counted

MAX_NAMED = 3  # words
MAX_CHARS = 50  # of a word or text in a sentence


def named_word(word: str, unit: Unit) -> str:
    """Return, in Markdown, a word as it is named in a sentence, or the beginning of a text."""
    shown = plain(word, MAX_CHARS)
    return f"“{shown}”" if unit == "text" else shown


def map_caption(layout: Layout, vocabulary_size: int, added: int, missing: Sequence[str]) -> str:
    """Return, in Markdown, which words a map shows and which it leaves out.

    Args:
        layout: the map.
        vocabulary_size: the number of all words.
        added: number of highlighted words that are not among the words of the map.
        missing: words that should be highlighted but have no coordinates on the map.
    """
    drawn = layout.drawn
    total = f"Drawn: {len(drawn):,} of {counted(vocabulary_size, drawn.unit)}"
    rarer = len(drawn) - drawn.frequent
    if not drawn.frequent:
        kind = ", those you chose"
    elif rarer:
        kind = f", the {drawn.frequent:,} {drawn.order} and {rarer:,} further ones of the lessons"
    else:
        kind = f", the {drawn.order}" if drawn.frequent < vocabulary_size else ""
    more = f", and {added:,} more lit up" if added else ""
    named = listed([named_word(word, drawn.unit) for word in missing], MAX_NAMED)
    off = f" Not drawn, so not lit up: {named}." if missing else ""
    return f"{total}{kind}{more}.{off}"


def projection_caption(layout: Layout) -> str:
    """Return, in Markdown, how much of the variance a map keeps, if it is a projection."""
    if layout.projection is not None:
        shares = layout.projection.explained
        return (
            f"These {len(shares)} axes keep {shares.sum():.1%} of the variance, that is, of how "
            f"the {layout.drawn.unit}s differ; the rest is lost."
        )
    unit = layout.drawn.unit
    return f"Only which {unit}s are near each other has a meaning here; the axes have none."


def quality_text(layout: Layout, mark: str = "") -> str:
    """Return how well a map keeps neighbours, over all its words; empty for too few words.

    Args:
        layout: the map.
        mark: what stands around the mean number of neighbours kept, `**` in Markdown.
    """
    try:
        quality = map_quality(layout.drawn, layout.coordinates, layout.name)
    except InputError:
        return ""
    unit = layout.drawn.unit
    of = (
        "" if quality.compared == len(layout.drawn) else f", of {quality.compared:,} random {unit}s"
    )
    return (
        f"Of the {quality.neighbors} {unit}s truly nearest to a {unit}, this picture keeps "
        f"{mark}{quality.kept:.1f}{mark} among the {quality.neighbors} drawn nearest to it "
        f"(mean{of}). Trustworthiness {quality.trustworthiness:.2f}, continuity "
        f"{quality.continuity:.2f}."
    )


def show_quality(layout: Layout) -> None:
    """Show how well a map keeps neighbours, also on its posters."""
    text = quality_text(layout, "**")
    if not text:
        return
    st.caption(
        text,
        help="**Trustworthiness**: near 1 if points drawn close are close. **Continuity**: near 1 "
        "if close points are drawn close. Close means a small angle between two vectors, in "
        "all dimensions (Venna and Kaski 2001).",
    )
    add_notes(layout.name, [quality_text(layout)], "map.notes")


def poster_notes(layout: Layout, vectors: str, total: int, *, by_regions: bool) -> list[str]:
    """Return the sentences at the foot of a poster, beside `quality_text`.

    Args:
        layout: the map.
        vectors: what the page calls the vectors.
        total: the number of all words.
        by_regions: whether a colour is a region.
    """
    settings = f", {layout.settings}" if layout.settings else ""
    unit = layout.drawn.unit
    words = counted(total, unit)
    alike = "texts with similar vectors" if unit == "text" else f"{unit}s used alike"
    colors = f" The colours are regions of {alike}." if by_regions else ""
    return [
        f"Vectors: {vectors}, {words}. Layout: {layout.title}{settings}.{colors}",
        projection_caption(layout),
    ]


def word_caption(layout: Layout, word: str, near: NeighborsKept) -> str:
    """Return, in Markdown, how many of a word's neighbours a map keeps, and which it loses."""
    total, kept, unit = len(near.true), len(near.kept), layout.drawn.unit
    text = (
        f"Of the {total} drawn {unit}s truly nearest to **{named_word(word, unit)}**, **{kept}** "
        f"{'is' if kept == 1 else 'are'} among the {total} dots closest to it."
    )
    if not len(near.lost):
        return text
    lost = [layout.drawn.words[index] for index in near.lost.tolist()]
    named = listed([named_word(name, unit) for name in lost], MAX_NAMED)
    return f"{text} Drawn farther away, with dashed lines: {named}."


def group_hint(layout: Layout, groups: Mapping[str, Sequence[int]]) -> str:
    """Return, in Markdown, for how many words of groups the closest other one is of their group.

    Args:
        layout: the map.
        groups: the rows of each group's words, by its name.

    Returns:
        The sentence; it is empty if fewer than two groups have a word on the map.
    """
    places = {name: list(map(layout.drawn.position, rows)) for name, rows in groups.items()}
    drawn = [(name, place) for name in places for place in places[name] if place is not None]
    names = np.array([name for name, _ in drawn])
    if len(set(names.tolist())) < 2:
        return ""
    closest = closest_points(layout.coordinates[[place for _, place in drawn]])
    right = int((names[closest] == names).sum())
    return (
        f"For **{right} of {len(names)}** coloured words, the closest other coloured dot is of the "
        "same colour."
    )
