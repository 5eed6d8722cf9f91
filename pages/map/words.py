"""The words of maps and their clusters, computed once for all visitors."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.layouts.clusters import clusters
from core.layouts.map_words import MapWords, chosen, most_frequent
from core.layouts.quality import LayoutQuality, layout_quality
from core.layouts.store import SHIPPED_COUNT, shipped_words
from core.layouts.telling_words import telling_words
from core.lru import LRU
from pages.shared.embeddings import GLOVE, default_embeddings, embeddings_of

COUNTS = (100, 1_000, 5_000, 20_000, 100_000, 400_000)
DEFAULT_COUNT = 20_000
MAX_BYTES = 300_000_000  # for the maps of all visitors
MIN_NAME_LETTERS = 3  # of a word in the name of a cluster
NAME_WORDS = 3  # in the name of a cluster
NO_WORDS = "(no words)"  # the name of a cluster of texts without words
MIN_COMPARED, MAX_COMPARED = 100, 1_000  # words whose neighbours are compared for the quality
MAX_COMPARISONS = 40_000_000  # pairs of a compared word and a word of the map; takes a second


@dataclass(frozen=True)
class NamedClusters:
    """Clusters with readable names.

    Args:
        labels: (N,) int16.
        names: the name of each cluster: the words nearest to its centre; of texts, the words that
            are more common in it than elsewhere.
    """

    labels: NDArray[np.int16]
    names: Sequence[str]


class Kept(Protocol):
    """A value that knows its size."""

    @property
    def nbytes(self) -> int:
        """The size in bytes."""


@st.cache_resource(show_spinner=False)
def kept_maps() -> LRU[Hashable, Any]:
    """Return the cache of the words and layouts of maps, shared by all visitors."""
    return LRU[Hashable, Kept](MAX_BYTES, lambda value: value.nbytes)


def frequent_words(count: int, table: str = GLOVE) -> MapWords:
    """Return the most frequent words of embeddings and the curated words."""

    def make() -> MapWords:
        if count == SHIPPED_COUNT and table == GLOVE:
            return shipped_words(default_embeddings())
        return most_frequent(embeddings_of(table), count)

    words: MapWords = kept_maps().get_or_make(("frequent", count, table), make)
    return words


def own_words(rows: tuple[int, ...], table: str) -> MapWords:
    """Return the words in some rows of embeddings."""
    words: MapWords = kept_maps().get_or_make(
        ("own", rows, table), lambda: chosen(embeddings_of(table), rows)
    )
    return words


@st.cache_resource(max_entries=12, show_spinner="Computing clusters…")
def named_clusters(_drawn: MapWords, digest: str) -> NamedClusters:
    """Return the clusters of a map's words; `digest` identifies the words."""
    del digest
    result = clusters(_drawn.units, named_by=12)
    if _drawn.unit == "text":
        told = telling_words(result.labels, _drawn.words, NAME_WORDS)
        return NamedClusters(result.labels, [", ".join(words) or NO_WORDS for words in told])
    names = []
    for central in result.central:
        words = [_drawn.words[index] for index in central]
        readable = [word for word in words if len(word) >= MIN_NAME_LETTERS and word.isalpha()]
        names.append(", ".join((readable or words)[:NAME_WORDS]))
    return NamedClusters(result.labels, names)


@st.cache_data(max_entries=100, show_spinner=False)
def map_quality(_drawn: MapWords, _coordinates: NDArray[np.float32], name: str) -> LayoutQuality:
    """Return how well a layout keeps neighbours; `name` identifies the layout and its words."""
    del name
    sample = max(MIN_COMPARED, min(MAX_COMPARED, MAX_COMPARISONS // len(_drawn)))
    return layout_quality(_drawn.units, _coordinates, sample=sample)
