"""A second map beside the first one: the same words by another method, with one selection."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.embeddings import Embeddings
from core.enumeration import listed
from core.layouts.quality import NeighborsKept
from core.layouts.regions import RegionLevel
from core.layouts.store import Recipe, find
from core.layouts.tsne import PERPLEXITY
from pages.map.cloud import Seen, draw_map, kept_by, show_map, show_map_hint
from pages.map.layouts import Layout, principal_layout
from pages.map.quality import named_word
from pages.map.regions import PART_BESIDE, regions_on
from pages.map.selection import SELECTED, on_map
from pages.shared.controls import choice
from pages.shared.hint import show_hint

NONE: Final = "nothing"
RECIPES: Final = {"t-SNE": Recipe("t-SNE", 2, int(PERPLEXITY)), "UMAP": Recipe("UMAP")}
OPTIONS: Final = (NONE, *RECIPES, "PCA")


def choose_beside() -> str:
    """Show which map is drawn beside the first one, and return its method or `NONE`."""
    return choice(
        "Beside it",
        OPTIONS,
        "beside",
        help="The same points by another method, in the plane. What you search or select in one "
        "map is marked in both.",
    )


def other_layout(method: str, layout: Layout) -> Layout | None:
    """Return the words of a map by another method; None if that has not been computed yet."""
    drawn = layout.drawn
    if method == "PCA":
        return principal_layout(drawn, 2)
    recipe = RECIPES[method]
    coordinates = find(recipe, drawn)
    if coordinates is None:
        return None
    title = f"{method} in 2 dimensions"
    return Layout(recipe.name(drawn), title, drawn, coordinates, settings=recipe.settings())


def show_maps(
    embeddings: Embeddings,
    layout: Layout,
    levels: Sequence[RegionLevel],
    seen: Seen,
    beside: str,
) -> dict[str, Any]:
    """Show a map, and another one beside it if one is chosen.

    Args:
        embeddings: all words.
        layout: of the first map.
        levels: of its regions.
        seen: what else is seen on both.
        beside: the method of the second map, or `NONE`.

    Returns:
        As `show_map` does for the first one.
    """
    with st.container():  # always there: an element that changes its place is drawn anew
        show_map_hint(embeddings, layout, levels, seen)
    if beside == NONE:
        return show_map(embeddings, layout, levels, seen)
    hints = st.container()
    one, other = st.columns(2, gap="small")
    with one:
        shown = show_map(embeddings, layout, levels, seen)
    with other:
        _show_beside(embeddings, beside, layout, seen, hints)
    return shown


def _show_beside(
    embeddings: Embeddings, method: str, layout: Layout, seen: Seen, hints: DeltaGenerator
) -> None:
    """Show the second map, and in another container a sentence that compares both."""
    other = other_layout(method, layout)
    if other is None:
        st.info(
            f"{method} of these {layout.drawn.unit}s has not been computed yet. Choose it once "
            "under “Picture by”, with its usual settings."
        )
        return
    near = kept_by(other, seen)
    first = kept_by(layout, seen)
    if near is not None and first is not None and seen.word is not None:
        with hints:
            show_hint(comparison_hint(embeddings.words[seen.word], layout, first, other, near))
    levels = regions_on(embeddings, other, PART_BESIDE)
    selected = on_map(other.drawn, SELECTED.start())
    draw_map(embeddings, other, levels, seen, near, selected, "map_beside")
    st.caption(f"Beside it: {other.title}.")


def comparison_hint(
    word: str, layout: Layout, first: NeighborsKept, other: Layout, second: NeighborsKept
) -> str:
    """Return, in Markdown, how many of a word's true neighbours two layouts keep."""
    unit = layout.drawn.unit
    both = [index for index in first.kept.tolist() if index in set(second.kept.tolist())]
    named = listed([named_word(layout.drawn.words[index], unit) for index in both], 3)
    return (
        f"Of the {len(first.true)} drawn {unit}s truly nearest to "
        f"**{named_word(word, unit)}**, "
        f"{layout.title} keeps **{len(first.kept)}** near it, {other.title} "
        f"**{len(second.kept)}**; both keep {named or 'none'}."
    )
