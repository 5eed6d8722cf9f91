"""The regions of a map: computed once for all visitors, and listed beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from core.embeddings import Embeddings, Unit
from core.jobs import Jobs
from core.layouts.region_store import find_regions, make_regions
from core.layouts.regions import RegionLevel, RegionStep
from pages.map.layouts import Layout
from pages.map.search import REGION
from pages.map.selection import select_rows
from pages.map.words import kept_maps
from pages.shared.controls import text
from pages.shared.job_view import (
    is_stopped,
    is_watching,
    leave,
    show_offer,
    show_progress,
    watch,
)
from pages.shared.page_frame import plain
from pages.shared.tables import show_table

PART, PART_BESIDE = "regions", "regions_beside"
MAX_SEARCH: Final = 60  # characters
PATIENCE: Final = 0.3  # seconds that the first picture waits for regions that are computed
HEIGHT: Final = 330  # pixels of the list
FITTING: Final = 8  # regions that fit
INDENT: Final = "\u2002"  # a space for each level


@dataclass(frozen=True, eq=False)
class Regions:
    """The levels of regions of a map, for the cache of maps.

    Args:
        levels: none if the map has no regions.
    """

    levels: tuple[RegionLevel, ...]

    @property
    def nbytes(self) -> int:
        """The bytes of all levels."""
        return sum(level.nbytes for level in self.levels)


@st.cache_resource(show_spinner=False)
def region_jobs() -> Jobs[RegionStep]:
    """Return the divisions into regions for all visitors, which run one at a time."""
    return Jobs()


def is_dividing() -> bool:
    """Return whether this visitor waits for regions."""
    return is_watching(PART) or is_watching(PART_BESIDE)


def regions_on(embeddings: Embeddings, layout: Layout, part: str = PART) -> tuple[RegionLevel, ...]:
    """Return the regions of a map; none while they are computed, or if it has none.

    Projections have none: their axes have a meaning, and words that lie near each other need not
    be alike.

    Args:
        embeddings: the embeddings of its words.
        layout: the map.
        part: the name under which the page waits for them.
    """
    if layout.projection is not None:
        leave(part)
        return ()
    key = ("regions", layout.name)
    known: Regions | None = kept_maps().get(key)
    if known is None:
        levels = find_regions(embeddings, layout.name, layout.drawn)
        if levels is None:
            levels = _computed(embeddings, layout, part)
        if levels is None:
            return ()
        known = kept_maps().get_or_make(key, lambda: Regions(levels))
    leave(part)
    return known.levels


def _computed(embeddings: Embeddings, layout: Layout, part: str) -> tuple[RegionLevel, ...] | None:
    """Start the division, or show how far it is; return its levels once they are there."""
    name = layout.name
    start = partial(
        watch,
        part,
        region_jobs(),
        name,
        partial(make_regions, embeddings, name, layout.drawn, layout.coordinates),
        PATIENCE,
    )
    if is_stopped(part, name):
        show_offer(part, "The regions are not named.", "Name them", start)
        return None
    job = start()
    step = job.latest
    if step is not None and step.share == 1:
        return step.levels
    share, doing = (0.0, "getting ready") if step is None else (step.share, step.doing)
    show_progress(part, job, share, f"Regions: {doing}, {share:.0%}")
    return None


def region_hint(levels: Sequence[RegionLevel], unit: Unit) -> str:
    """Return, in Markdown, how many regions are coloured, and which hold best and least."""
    level = levels[0]
    best, least = int(level.kept.argmax()), int(level.kept.argmin())
    return (
        f"**{len(level)} regions**. Of a {unit}'s ten true neighbours, {10 * level.kept[best]:.0f} "
        f"are in its region in **{plain(level.names[best])}**, {10 * level.kept[least]:.0f} in "
        f"**{plain(level.names[least])}**."
    )


@dataclass(frozen=True)
class Listed:
    """A region in the list: its level and its number there."""

    level: int
    region: int


def listed_regions(
    levels: Sequence[RegionLevel], words: Sequence[str], sought: str = ""
) -> list[Listed]:
    """Return regions in the order of a tree: each is followed by those that lie in it.

    Args:
        levels: all of them.
        words: the words of the map.
        sought: part of a name or a central word, or a whole word of the map; only regions with it,
            and those around them, are listed. Empty for all.
    """
    sought = sought.casefold()
    at = (
        next((index for index, word in enumerate(words) if word == sought), None)
        if sought
        else None
    )

    def is_found(number: int, region: int) -> bool:
        level = levels[number]
        if at is not None and level.labels[at] == region:
            return True
        texts = [level.names[region], *(words[index] for index in level.central[region])]
        return any(sought in each.casefold() for each in texts)

    def below(number: int, parent: int) -> Iterator[Listed]:
        if number == len(levels):
            return
        for region in np.flatnonzero(levels[number].parents == parent).tolist():
            inner = [*below(number + 1, region)]
            if inner or is_found(number, region):
                yield Listed(number, region)
                yield from inner

    return [*below(0, 0)] if levels else []


def show_region_list(layout: Layout, levels: Sequence[RegionLevel]) -> None:
    """List the regions; a click on one selects its words on the map."""
    words, unit = layout.drawn.words, layout.drawn.unit
    sought = text(
        f"Find a region or a {unit}",
        "",
        "region_sought",
        MAX_SEARCH,
        placeholder="" if unit == "text" else "jazz",
    )
    found = listed_regions(levels, words, sought)
    if not found:
        st.caption(f"No region has this name or {unit}.")
        return
    table = pd.DataFrame(
        {
            "region": [INDENT * one.level + levels[one.level].names[one.region] for one in found],
            "near": [round(10 * float(levels[one.level].kept[one.region])) for one in found],
        }
    )
    key = f"regions {layout.name} {sought}"
    show_table(
        table,
        f"{len(found)} regions of the map, and how many of a {unit}'s ten true neighbours are in "
        "it.",
        index=False,
        key=key,
        on_cell=lambda row, _: _select(layout, levels, found[row]),
        height=HEIGHT if len(found) > FITTING else None,
    )
    named = (
        " Its name: two words more common in its texts than in others." if unit == "text" else ""
    )
    st.caption(
        f"Click a region to select its {unit}s. **near**: how many of a {unit}'s ten true "
        f"neighbours are in its region.{named}"
    )


def _select(layout: Layout, levels: Sequence[RegionLevel], one: Listed) -> None:
    """Select the words of a region, and move the view there."""
    indices = np.flatnonzero(levels[one.level].labels == one.region)
    rows = layout.drawn.rows[indices]
    select_rows(rows.tolist())
    places = layout.coordinates[indices]
    ends = np.concatenate([places.argmin(axis=0), places.argmax(axis=0)])
    st.session_state[REGION] = tuple(dict.fromkeys(rows[ends].tolist()))
