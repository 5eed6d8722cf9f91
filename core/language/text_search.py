"""Texts ranked by meaning and by the words in common with a query, and where the two differ."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.embeddings import Embeddings, Matrix
from core.geometry.neighbors import Neighbors, nearest, rank
from core.language.bm25 import TextRanking, WordIndex
from core.language.models import LanguageModel
from core.language.text_embeddings import embed_texts

SAMPLE: Final = 4  # texts that are embedded again to see whether a model made the vectors
SAME: Final = 0.999  # the least cosine of two vectors of a text that are the same but for rounding


@dataclass(frozen=True, eq=False)
class TextSearch:
    """The best texts for a query by meaning, and by the words in common with it.

    Args:
        meaning: the texts nearest to the query by cosine.
        words: those of the highest BM25 scores; none without a word in common.
        in_both: the rows that are in both.
        without_words: the rows of `meaning` that have no word of the query.
        ranks: for each row of `words` its rank by meaning among all texts, from 1.
    """

    meaning: Neighbors
    words: TextRanking
    in_both: tuple[int, ...]
    without_words: tuple[int, ...]
    ranks: tuple[int, ...]


def is_embedded_by(model: LanguageModel, texts: Embeddings) -> bool:
    """Return whether the vectors of texts are those that an encoder makes, judged by some of them.

    Args:
        model: an encoder.
        texts: the texts and their vectors, of any length.
    """
    if texts.dimensions != model.dimensions:
        return False
    rows = np.unique(np.linspace(0, len(texts) - 1, SAMPLE).astype(int)).tolist()
    *_, embedded = embed_texts(model, [texts.words[row] for row in rows])
    vectors = texts.vectors[rows].astype(np.float64)
    lengths = np.linalg.norm(vectors, axis=1)
    return bool((np.einsum("nd,nd->n", vectors, embedded.vectors) > SAME * lengths).all())


def search_texts(
    texts: Embeddings, index: WordIndex, query: str, vector: Matrix, count: int, exclude: int | None
) -> TextSearch:
    """Return the best texts for a query in both rankings.

    Args:
        texts: N texts with their vectors.
        index: of the words of the same texts.
        query: a sentence or some words.
        vector: (D,) float32, of the query, from the model that embedded the texts.
        count: the number of texts in each ranking; with fewer texts, all of them.
        exclude: a row to leave out, such as that of the query itself.

    Raises:
        InputError: as `nearest` does.
    """
    left_out = [] if exclude is None else [exclude]
    meaning = nearest(texts, vector, count, exclude=left_out)
    scores = index.scores(query)
    scores[left_out] = 0
    order = np.argsort(-scores, kind="stable")[:count]
    rows = order[scores[order] > 0]
    near = meaning.indices.tolist()
    return TextSearch(
        meaning,
        TextRanking(rows, scores[rows]),
        tuple(row for row in near if row in rows),
        tuple(row for row in near if not scores[row]),
        tuple(rank(texts, vector, row, exclude=left_out) for row in rows.tolist()),
    )
