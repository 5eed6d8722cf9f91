"""The results of the models for a text, computed once and shared by all visitors."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.language.attention import Attention, attention
from core.language.context import Uses, read_sentences, uses_of
from core.language.layer_paths import Paths, paths
from core.language.logit_lens import LogitLens, logit_lens
from core.language.models import LanguageModel
from core.language.next_word import next_word
from core.language.sampling import probabilities
from core.language.topics import TopicLean, read_topics, topic_lean
from core.language.use_similarity import UseSimilarity, use_similarity

MAX_KEPT = 200  # results of each kind


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def uses_in(_model: LanguageModel, name: str, word: str, text: str) -> Uses:
    """Return a word in the sentences of a text; raises as `uses_of` does."""
    del name
    return uses_of(_model, word, read_sentences(text))


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def paths_in(_model: LanguageModel, name: str, word: str, text: str, differences: bool) -> Paths:
    """Return the paths of a word in the sentences of a text; raises as `uses_of` does."""
    return paths(uses_in(_model, name, word, text), differences=differences)


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def use_similarity_in(_model: LanguageModel, name: str, word: str, text: str) -> UseSimilarity:
    """Return the similarity of the uses in a text by layer; raises as `uses_of` does."""
    return use_similarity(uses_in(_model, name, word, text))


@st.cache_resource(max_entries=50, show_spinner=False)
def attention_in(_model: LanguageModel, name: str, text: str) -> Attention:
    """Return the attention scores for a text; raises as `attention` does."""
    del name
    return attention(_model, text)


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def lean_of(_model: LanguageModel, name: str, text: str, topics: str) -> TopicLean:
    """Return the lean of a text to each topic; raises as `read_topics` and `topic_lean` do."""
    del name
    return topic_lean(_model, text, read_topics(topics))


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def lens_on(_model: LanguageModel, name: str, text: str, layers: tuple[int, ...]) -> LogitLens:
    """Return the logit lens on a text; raises as `logit_lens` does."""
    del name
    return logit_lens(_model, text, layers)


@st.cache_resource(max_entries=50, show_spinner=False)
def next_in(
    _model: LanguageModel, name: str, text: str, window: int | None = None
) -> NDArray[np.float32]:
    """Return the probability of each next token, (V,), after the last `window` tokens or all."""
    import torch

    del name
    logits = next_word(_model, _model.tokenizer.ids(text), window).logits
    shares: NDArray[np.float32] = probabilities(torch.from_numpy(logits)).numpy()
    return shares
