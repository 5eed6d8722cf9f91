"""The embeddings that pages work on: one read-only copy for all visitors."""

import streamlit as st

from core.catalog import load
from core.embeddings import Embeddings
from core.formats.typed import read_typed
from core.geometry.neighbors import warm_up

DEFAULT = "glove-6b-50d"


@st.cache_resource(show_spinner="Opening 400,000 word vectors…")
def default_embeddings() -> Embeddings:
    """Return GloVe, its words indexed and its neighbours ready to be asked for."""
    embeddings = load(DEFAULT)
    _ = "the" in embeddings
    warm_up(embeddings)
    return embeddings


@st.cache_resource(max_entries=100, show_spinner=False)
def typed_embeddings(text: str) -> Embeddings:
    """Return the embeddings that a visitor typed; raises as `read_typed` does."""
    return read_typed(text)
