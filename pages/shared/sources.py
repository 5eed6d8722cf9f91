"""The embeddings that pages work on: one read-only copy for all visitors."""

import streamlit as st

from core.catalog import load
from core.embeddings import Embeddings
from core.formats.typed import read_typed
from core.geometry.neighbors import Metric, warm_up
from core.geometry.walk import Step, walk
from core.spelling import close_words

DEFAULT = "glove-6b-50d"


@st.cache_resource(show_spinner=False)
def _opened() -> Embeddings:
    embeddings = load(DEFAULT)
    # The first of each kind of question takes longer than the next; let it be asked by nobody.
    _ = "the" in embeddings
    close_words("the", embeddings.words)
    warm_up(embeddings)
    return embeddings


def default_embeddings() -> Embeddings:
    """Return GloVe, its words indexed and its neighbours ready to be asked for."""
    return _opened()


@st.cache_resource(max_entries=100, show_spinner=False)
def typed_embeddings(text: str) -> Embeddings:
    """Return the embeddings that a visitor typed; raises as `read_typed` does."""
    return read_typed(text)


@st.cache_data(max_entries=1_000, show_spinner=False)
def default_walk(start: str, end: str, metric: Metric, ends_count: bool) -> tuple[Step, ...]:
    """Return the walk between two words of the default embeddings; raises as `walk` does."""
    return walk(default_embeddings(), start, end, metric, ends_count=ends_count)
