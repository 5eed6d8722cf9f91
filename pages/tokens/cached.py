"""The vocabularies and tables of the page Tokens, loaded once for all visitors."""

from typing import Final

import streamlit as st

from core.catalog import folder_of, get
from core.language.inputs import InputTables, read_input_tables
from core.language.models import DECODER, ENCODER
from core.language.sizes import GPT_3, Sizes, sizes_of
from core.language.tokenizer import Token
from core.language.vocabularies import TokenVocabulary, model_vocabulary, word_vocabulary
from pages.shared.embeddings import default_embeddings
from pages.shared.language_models import tokenizer

# The kind of tokens of each vocabulary, by its name in the controls and in the address.
CUTS: Final = {
    "GloVe": "whole words",
    "MiniLM": "pieces",
    "SmolLM2": "byte pairs",
}
NAMES: Final = tuple(CUTS)
_MODELS: Final = {"MiniLM": ENCODER, "SmolLM2": DECODER}


@st.cache_resource(show_spinner=False)
def vocabulary(name: str) -> TokenVocabulary:
    """Return one of the vocabularies in `NAMES`; raises ModelError if its model is missing."""
    if name not in _MODELS:
        return word_vocabulary(default_embeddings())
    model = _MODELS[name]
    return model_vocabulary(folder_of(model), get(model).title, tokenizer(model))


@st.cache_resource(max_entries=60, show_spinner=False)
def tokens_of(name: str, text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in one of the vocabularies."""
    return vocabulary(name).cut(text)


@st.cache_resource(show_spinner=False)
def input_tables() -> InputTables:
    """Return MiniLM's tables of positions and segments, and its normalization."""
    return read_input_tables(folder_of(ENCODER))


@st.cache_resource(show_spinner=False)
def all_sizes() -> tuple[Sizes, ...]:
    """Return the sizes of GPT-3 and of the models of the playground."""
    words = vocabulary("GloVe")
    glove = Sizes(words.title, words.size, words.dimensions, "none")
    models = [sizes_of(folder_of(name), get(name).title) for name in _MODELS.values()]
    return (GPT_3, *reversed(models), glove)
