"""Both rankings of texts, and where they differ."""

import numpy as np

from core.embeddings import Embeddings
from core.language.bm25 import WordIndex
from core.language.models import ENCODER, LanguageModel
from core.language.text_embeddings import embed_texts
from core.language.text_search import is_embedded_by, search_texts

# By hand: the query is (1, 0); the cosines of the texts are 1, .8, .6, 0 and -1.
TEXTS = ("a puppy", "the dog sleeps", "my pup", "hot dog dog stand", "rain")
VECTORS = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
QUERY = np.array([1, 0], dtype=np.float32)


def test_where_the_rankings_differ() -> None:
    texts = Embeddings("toy", TEXTS, VECTORS, "first")
    index = WordIndex(TEXTS)
    found = search_texts(texts, index, "the dog", QUERY, 2, None)
    assert found.meaning.indices.tolist() == [0, 1]
    assert found.words.rows.tolist() == [1, 3]
    assert found.words.scores.tolist() == index.search("the dog", 2).scores.tolist()
    assert found.in_both == (1,)
    assert found.without_words == (0,)
    assert found.ranks == (2, 4)
    without = search_texts(texts, index, "the dog", QUERY, 2, 1)
    assert without.meaning.indices.tolist() == [0, 2]
    assert without.words.rows.tolist() == [3]
    assert without.ranks == (3,)
    assert search_texts(texts, index, "???", QUERY, 2, None).words.rows.tolist() == []


def test_vectors_of_a_model_are_recognised(encoder: LanguageModel) -> None:
    assert encoder.name == ENCODER
    *_, embedded = embed_texts(encoder, TEXTS)
    made = 3 * embedded.vectors  # not of length one any more
    assert is_embedded_by(encoder, Embeddings("made", TEXTS, made, "first"))
    assert not is_embedded_by(encoder, Embeddings("turned", TEXTS[::-1], made, "first"))
    assert not is_embedded_by(encoder, Embeddings("toy", TEXTS, VECTORS, "first"))
