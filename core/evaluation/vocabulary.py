"""The words that take part in an evaluation, by the rules of word2vec and gensim.

The rules are those of word2vec's `compute-accuracy` (Mikolov et al. 2013) and of gensim's
`evaluate_word_analogies` and `evaluate_word_pairs`, so that the results are comparable: only the
most frequent words take part, case is ignored (the most frequent form of a word is used), and
vectors are scaled to length one.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.units import unit_rows

MOST_FREQUENT = 300_000  # words that take part, as in word2vec and gensim
Numbers = NDArray[np.float64]


def columns(rows: Sequence[Sequence[int]], count: int) -> NDArray[np.intp]:
    """Return rows of `count` numbers as columns, (count, N) intp."""
    return np.array(rows, dtype=np.intp).reshape(-1, count).T


@lru_cache(maxsize=2)
def most_frequent_words(embeddings: Embeddings, count: int) -> Embeddings:
    """Return the embeddings of the most frequent words alone."""
    count = max(count, 0)
    if count >= len(embeddings):
        return embeddings
    return Embeddings(embeddings.name, embeddings.words[:count], embeddings.vectors[:count])


@lru_cache(maxsize=2)
def row_of_upper(embeddings: Embeddings) -> Mapping[str, int]:
    """Return the row of each upper-case word: the row of its most frequent form."""
    return {embeddings.words[row].upper(): row for row in reversed(range(len(embeddings)))}


def unit_vectors(embeddings: Embeddings, rows: NDArray[np.intp]) -> Numbers:
    """Return the vectors of some rows scaled to length one, (N, D); zero vectors stay zero."""
    return unit_rows(embeddings.vectors[rows])
