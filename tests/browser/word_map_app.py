"""A page with nothing but a word map, for the tests in a real browser.

The query string says what it shows: `n` words in `d` dimensions, `groups=1`, `axes=1`, `empty=1`.
"""

import sys
from pathlib import Path

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from viz.components.word_map import Highlight, Link, Marker, word_map

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
    """Return a round cloud; the tenth word has no place."""
    coordinates = np.random.default_rng(5).normal(size=(count, 3)).astype(np.float32)
    coordinates[9:10] = np.nan
    return coordinates[:, :dimensions]


st.title("Word map")
dimensions = 3 if st.toggle("3D", value=dimensions == 3) else 2
marked = st.toggle("Mark")
words, coordinates = words_of(count), layout_of(count, dimensions)
highlights = [Highlight(0), Highlight(1, "orange")] if marked else []
links = [Link(0, 1, "blue", label="to")] if marked else []
tip = tuple(float(value) for value in np.zeros(dimensions))
markers = [Marker(tip, "the middle", "green")] if marked else []
grouped = "groups" in query
event = word_map(
    words,
    coordinates,
    words_id=f"test:{count}",
    layout_id=f"test:{count}:{dimensions}",
    alt=f"{count} invented words in a round cloud.",
    key="map",
    groups=np.arange(count) % 3 if grouped else None,
    group_names=["animals", "colours", "foods"] if grouped else (),
    highlights=highlights,
    links=links,
    markers=markers,
    axis_names=["left to right", "up", "near"][:dimensions] if "axes" in query else (),
    height=int(query.get("height", "520")),
)
st.write(f"picked: {event.picked}")
first = list(event.selected[:3])
st.write(f"selected: {event.selected_count}, sent: {len(event.selected)}, first: {first}")
