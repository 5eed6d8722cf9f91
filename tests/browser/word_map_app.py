"""A page with nothing but a word map, for the tests in a real browser.

The query string sets its content: `n` words in `d` dimensions, `groups=1`, `values=1`, `axes=1`,
`scaled=1` (axes on which 10 is in the middle, in steps of 2), `hard=1` (texts that are hard to
show), `tight=1` (84 highlighted words in seven tight groups), `regions=1` (words in 150 heaps, with
the regions that they form), `far=1` (30 words far to the right of the others).
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.layouts.regions import RegionLevel, regions
from viz.components.word_map import Highlight, Link, Marker
from viz.components.word_map.component import word_map

query = st.query_params
count = int(query.get("n", "1000"))
dimensions = int(query.get("d", "2"))
EVIL = "<script>document.title = 'broken'</script>"


@st.cache_data
def words_of(count: int) -> list[str]:
    """Return invented words: some plain, some hard to show."""
    special = ["king", "queen", EVIL, "x" * 300, "日本語", "שלום", "مرحبا", "\n", " ", ""]
    return [*special, *(f"word{number}" for number in range(len(special), count))][:count]


@st.cache_data
def layout_of(count: int, dimensions: int) -> np.ndarray:
    """Return a round cloud; the tenth word has no position."""
    coordinates = np.random.default_rng(5).normal(size=(count, 3)).astype(np.float32)
    coordinates[9:10] = np.nan
    return coordinates[:, :dimensions]


@st.cache_data
def tight_layout_of(count: int, dimensions: int) -> np.ndarray:
    """Return the round cloud with seven tight groups of twelve words."""
    coordinates = layout_of(count, dimensions).copy()
    for group in range(7):
        centre = np.random.default_rng(group).normal(size=dimensions)
        near = np.random.default_rng(9).normal(scale=0.02, size=(12, dimensions))
        coordinates[20 + 12 * group : 32 + 12 * group] = centre + near
    return coordinates


@st.cache_data
def heaps_of(count: int, dimensions: int) -> np.ndarray:
    """Return a layout of 150 heaps of words."""
    random = np.random.default_rng(1)
    kind = np.arange(150) % 12
    centers = 5 * random.normal(size=(12, 3))[kind] + 1.5 * random.normal(size=(150, 3))
    layout = centers[heap_of(count)] + 0.25 * random.normal(size=(count, 3))
    return layout[:, :dimensions].astype(np.float32)


def heap_of(count: int) -> np.ndarray:
    """Return the heap of each word."""
    return np.random.default_rng(2).permutation(np.arange(count) % 150)


@st.cache_resource
def regions_on(count: int, dimensions: int) -> tuple[RegionLevel, ...]:
    """Return the regions of the heaps."""
    units = np.eye(150, dtype=np.float32)[heap_of(count)]
    return regions(words_of(count), units, heaps_of(count, dimensions))


st.title("Word map")
dimensions = 3 if st.toggle("3D", value=dimensions == 3) else 2
marked = st.toggle("Mark")
words, coordinates = words_of(count), layout_of(count, dimensions)
highlights = [Highlight(0), Highlight(1, "orange")] if marked else []
links = [Link(0, 1, "blue", label="to")] if marked else []
tip = tuple(float(value) for value in np.zeros(dimensions))
markers = [Marker(tip, "the middle", "green")] if marked else []
name = f"test:{count}:{dimensions}"
if "hard" in query:
    markers = [Marker(tip, "<b>&\"'</text>\a", "green")]
kinds = ["animals", "colours", "foods"]
colored: dict[str, Any] = {}
if "groups" in query:
    colored = {"groups": np.arange(count) % 3, "group_names": kinds}
if st.toggle("Other groups"):
    colored = {
        "groups": (np.arange(count) + 1) % 3 // 2 * (np.arange(count) < 99),
        "group_names": kinds,
    }
if "values" in query:
    ticks = {1: "1st", 100: "100th"}
    ranks = np.arange(1, count + 1)
    colored = {"values": ranks, "value_name": "rank", "value_ticks": ticks, "logarithmic": True}
if "tight" in query:
    coordinates, name = tight_layout_of(count, dimensions), f"{name}:tight"
    groups = np.full(count, -1)
    groups[20:104] = np.arange(84) // 12
    colored = {"groups": groups, "group_names": list("abcdefg")}
    highlights = [Highlight(20), *(Highlight(index, "group") for index in range(21, 104))]
if "regions" in query:
    coordinates, name = heaps_of(count, dimensions), f"{name}:heaps"
    colored = {"regions": regions_on(count, dimensions), "color_by_regions": True}
if "far" in query:
    coordinates, name = coordinates.copy(), f"{name}:far"
    coordinates[-30:] = 0
    coordinates[-30:, 0] = 40
event = word_map(
    words,
    coordinates,
    words_id=f"test:{count}",
    layout_id=name,
    alt=f"{count} invented words in a round cloud.",
    key="map",
    **colored,
    highlights=highlights,
    links=links,
    markers=markers,
    axis_names=["left to right", "up", "near"][:dimensions] if "axes" in query else (),
    axis_scales=[(10.0, 2.0)] * dimensions if "scaled" in query else (),
    height=int(query.get("height", "520")),
)
st.write(f"picked: {event.picked}")
first = list(event.selected[:3])
st.write(f"selected: {event.selected_count}, sent: {len(event.selected)}, first: {first}")
