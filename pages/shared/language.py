"""The language models that pages work on: one copy for all visitors, opened when first needed."""

import streamlit as st

from core.catalog import folder_of, get
from core.language.models import DECODER, ENCODER, LanguageModel, load
from core.language.tokenizer import TextTokenizer


@st.cache_resource(show_spinner=False)
def _opened(name: str) -> LanguageModel:
    return load(name)


@st.cache_resource(show_spinner=False)
def tokenizer(name: str) -> TextTokenizer:
    """Return a model's tokenizer, which is there at once: the model is not loaded for it."""
    return TextTokenizer(folder_of(name) / "tokenizer.json")


def encoder() -> LanguageModel:
    """Return MiniLM; while it is being loaded, the page says so."""
    return _shown_while_loading(ENCODER)


def decoder() -> LanguageModel:
    """Return SmolLM2; while it is being loaded, the page says so."""
    return _shown_while_loading(DECODER)


def _shown_while_loading(name: str) -> LanguageModel:
    with st.spinner(f"Opening {get(name).title}, once for all visitors…", show_time=True):
        return _opened(name)
