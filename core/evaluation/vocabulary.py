"""The words that take part in an evaluation, by the rules of word2vec and gensim.

The rules are those of word2vec's `compute-accuracy` (Mikolov et al. 2013) and of gensim's
`evaluate_word_analogies` and `evaluate_word_pairs`, so that the results are comparable: only the
most frequent words take part, case is ignored (the most frequent form of a word is used), and
vectors are scaled to length one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.units import unit_rows

MOST_FREQUENT = 300_000  # words that take part, as in word2vec and gensim
Numbers = NDArray[np.float64]


def columns(rows: Sequence[Sequence[int]], count: int) -> NDArray[np.intp]:
    """Return rows of `count` numbers as columns, (count, N) intp."""
    return np.array(rows, dtype=np.intp).reshape(-1, count).T


@dataclass(frozen=True, eq=False)
class EvaluationVocabulary:
    """The words that take part.

    Args:
        embeddings: of these words alone, the most frequent first.
        row_of_upper: the row of each upper-case word: the row of its most frequent form.
    """

    embeddings: Embeddings
    row_of_upper: Mapping[str, int]

    def rows(self, words: Iterable[str]) -> list[int]:
        """Return the row of each word, -1 where it does not take part."""
        return [self.row_of_upper.get(word.upper(), -1) for word in words]


_in_use: WeakKeyDictionary[Embeddings, WeakValueDictionary[int, EvaluationVocabulary]] = (
    WeakKeyDictionary()
)


def most_frequent_words(embeddings: Embeddings, count: int) -> EvaluationVocabulary:
    """Return the most frequent words.

    All who use the same ones at the same time share them; with the index of a search, 300,000 words
    take 60 MB, and are let go with the last who uses them.
    """
    count = min(max(count, 0), len(embeddings))
    of_embeddings = _in_use.setdefault(embeddings, WeakValueDictionary())
    vocabulary = of_embeddings.get(count)
    if vocabulary is None:
        taking_part = embeddings
        if count < len(embeddings):
            name, words = embeddings.name, embeddings.words[:count]
            taking_part = Embeddings(name, words, embeddings.vectors[:count])
        rows = {taking_part.words[row].upper(): row for row in reversed(range(count))}
        vocabulary = of_embeddings[count] = EvaluationVocabulary(taking_part, rows)
    return vocabulary


def unit_vectors(embeddings: Embeddings, rows: NDArray[np.intp]) -> Numbers:
    """Return the vectors of some rows scaled to length one, (N, D); zero vectors stay zero."""
    return unit_rows(embeddings.vectors[rows])
