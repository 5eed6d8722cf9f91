"""What the pictures of the start page show, computed once and shared by all visitors."""

import json
from functools import cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.counterparts import Counterpart, counterpart
from core.geometry.neighbors import Neighbors, nearest
from core.language.models import DECODER, ENCODER
from core.word_pairs import read_pairs
from pages.shared.embeddings import default_embeddings
from pages.shared.examples import ASSETS
from pages.shared.language_models import opened

NEAR = 12  # neighbours in the small map
STEPS = ("gender", "capital of", "plural")  # the directions whose pairs give steps to try
MAX_KEPT = 500  # results of each kind
LIKELIEST = 5
READ = 512  # last tokens of a line, as on the page Next word


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def near(word: str) -> Neighbors:
    """Return the neighbours of a word of the default embeddings, without itself."""
    embeddings = default_embeddings()
    row = embeddings.index(word)
    return nearest(embeddings, embeddings.vectors[row], NEAR, exclude=[row])


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def counterpart_of(word: str) -> Counterpart | None:
    """Return the counterpart of a word of the default embeddings, or None."""
    embeddings = default_embeddings()
    return counterpart(embeddings, word, _steps(embeddings))


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def between(first: str, second: str) -> str:
    """Return the word nearest to the middle of two different words, other than these."""
    embeddings = default_embeddings()
    rows = embeddings.indices((first, second))
    return nearest(embeddings, embeddings.vectors[rows].mean(axis=0), 1, exclude=rows).words[0]


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def bend(word: str, line: str) -> NDArray[np.float64]:
    """Return the cosine of a word alone and in a line at each layer, (L + 1,).

    It is empty if the model does not find the word in the line.

    Raises:
        InputError: the model does not even find the word alone.
        ModelError: the model is missing.
    """
    from core.language.context import read_sentences, uses_of
    from core.language.use_similarity import cosines_by_layer

    uses = uses_of(opened(ENCODER), word, read_sentences(sentences(word, line)))
    return np.zeros(0) if len(uses.sentences) < 2 else cosines_by_layer(uses)[:, 0, 1]


def sentences(word: str, line: str) -> str:
    """Return the text for the page Context: the word alone, and the line."""
    return f"{word}\n{line}"


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def likeliest_after(line: str) -> tuple[tuple[str, float], ...]:
    """Return the likeliest tokens after a line and their probabilities, the likeliest first.

    Raises:
        ModelError: the model is missing.
    """
    import torch

    from core.language.next_word import next_word
    from core.language.sampling import probabilities

    model = opened(DECODER)
    logits = torch.from_numpy(next_word(model, model.tokenizer.ids(line), READ).logits)
    best = probabilities(logits.double()).sort(descending=True, stable=True)
    return tuple(
        (model.token_names[number], share)
        for number, share in zip(
            best.indices[:LIKELIEST].tolist(), best.values[:LIKELIEST].tolist(), strict=True
        )
    )


@cache
def _steps(embeddings: Embeddings) -> dict[str, tuple[tuple[str, str], ...]]:
    presets = json.loads((ASSETS / "directions.json").read_text("utf-8"))
    return {name: read_pairs(embeddings, presets[name]["pairs"]).pairs for name in STEPS}
