"""The words of the map: chosen by each visitor, put together once for all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.layouts.clusters import clusters
from core.layouts.map_words import DrawnWords, chosen, most_frequent
from core.layouts.quality import Fidelity, fidelity
from core.layouts.store import SHIPPED_COUNT, shipped_words
from pages.shared.embeddings import GLOVE, default_embeddings, embeddings_of

COUNTS = (100, 1_000, 5_000, 20_000, 100_000, 400_000)
USUAL_COUNT = 20_000
SHORTEST_NAME = 3  # letters of a word that a cluster is named after
NAMED_BY = 3  # words
FEWEST_COMPARED, MOST_COMPARED = 100, 1_000  # words whose neighbours say how good a map is
COMPARISONS = 40_000_000  # with all words of the map: about a second's work


@dataclass(frozen=True)
class NamedClusters:
    """Clusters with names for people.

    Args:
        labels: (N,) int16.
        names: what each is called: the words nearest to its centre.
    """

    labels: NDArray[np.int16]
    names: Sequence[str]


@st.cache_resource(max_entries=12, show_spinner=False)
def frequent_words(count: int, table: str = GLOVE) -> DrawnWords:
    """Return the first words of one of the tables, and those of the lessons."""
    if count == SHIPPED_COUNT and table == GLOVE:
        return shipped_words(default_embeddings())
    return most_frequent(embeddings_of(table), count)


@st.cache_resource(max_entries=30, show_spinner=False)
def own_words(rows: tuple[int, ...], table: str) -> DrawnWords:
    """Return the words in these rows of one of the tables."""
    return chosen(embeddings_of(table), rows)


@st.cache_resource(max_entries=12, show_spinner="Finding clusters…")
def named_clusters(_drawn: DrawnWords, digest: str) -> NamedClusters:
    """Return the clusters of drawn words; `digest` stands for the words."""
    del digest
    found = clusters(_drawn.units, named_by=12)
    names = []
    for central in found.central:
        words = [_drawn.words[place] for place in central]
        telling = [word for word in words if len(word) >= SHORTEST_NAME and word.isalpha()]
        names.append(", ".join((telling or words)[:NAMED_BY]))
    return NamedClusters(found.labels, names)


@st.cache_data(max_entries=100, show_spinner=False)
def whole_fidelity(_drawn: DrawnWords, _coordinates: NDArray[np.float32], name: str) -> Fidelity:
    """Return how well a layout keeps neighbours; `name` stands for layout and words."""
    del name
    sample = max(FEWEST_COMPARED, min(MOST_COMPARED, COMPARISONS // len(_drawn)))
    return fidelity(_drawn.units, _coordinates, sample=sample)
