"""The words that take part in an evaluation, by the rules of word2vec and gensim.

The rules are those of word2vec's `compute-accuracy` (Mikolov et al. 2013) and of gensim's
`evaluate_word_analogies` and `evaluate_word_pairs`, so that the results are comparable: only the
most frequent words take part, case is ignored (the most frequent form of a word is used), and
vectors are scaled to length one. In addition, a space may be an underscore in the vectors, accents
may be encoded in either way, and a prefix that nearly all words share is ignored.

The tokens of a language model are in no order of frequency. All of them take part, and a word is
the token as it is written, else the first of its other forms. If the model has tokens for words
after a space, such as `␣king`, only these are words; other tokens may be pieces of longer words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.units import unit_rows
from core.word_forms import composed

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

    def form(self, word: str) -> str:
        """Return what all forms of a word have in common: upper case, and no prefix."""
        for prefix in (self.embeddings.prefix, self.embeddings.shared_prefix):
            word = word.removeprefix(prefix)
        return _upper(word)

    @cached_property
    def rows_of_form(self) -> Mapping[str, list[int]]:
        """The rows of all forms of each word."""
        rows: dict[str, list[int]] = {}
        for row, word in enumerate(self.embeddings.words):
            rows.setdefault(self.form(word), []).append(row)
        return rows

    def rows(self, words: Iterable[str]) -> list[int]:
        """Return the row of each word, -1 where it does not take part."""
        return [self._row(word) for word in words]

    def _row(self, word: str) -> int:
        marked = self.embeddings.prefix + word.removeprefix(self.embeddings.prefix)
        if self.embeddings.order == "first" and marked in self.embeddings:
            return self.embeddings.index(marked)
        shared = self.embeddings.shared_prefix or self.embeddings.prefix
        found = (self.row_of_upper.get(_upper(form)) for form in (marked, shared + word))
        return next((row for row in found if row is not None), -1)


def _upper(word: str) -> str:
    """Return a word in upper case, its accents composed, and with underscores for spaces."""
    return composed(word).upper().replace(" ", "_")


_in_use: WeakKeyDictionary[Embeddings, WeakValueDictionary[int, EvaluationVocabulary]] = (
    WeakKeyDictionary()
)


def most_frequent_words(embeddings: Embeddings, count: int) -> EvaluationVocabulary:
    """Return the most frequent words, or all words if they are in no order of frequency.

    All who use the same ones at the same time share them; with the index of a search, 300,000 words
    take 60 MB, and are let go with the last who uses them.
    """
    count = min(max(count, 0), len(embeddings))
    if embeddings.order == "first":
        count = len(embeddings)
    of_embeddings = _in_use.setdefault(embeddings, WeakValueDictionary())
    vocabulary = of_embeddings.get(count)
    if vocabulary is None:
        taking_part = embeddings
        if count < len(embeddings):
            words, vectors = embeddings.words[:count], embeddings.vectors[:count]
            taking_part = replace(embeddings, words=words, vectors=vectors)
        rows = {_upper(taking_part.words[row]): row for row in reversed(range(count))}
        vocabulary = of_embeddings[count] = EvaluationVocabulary(taking_part, rows)
    return vocabulary


def unit_vectors(embeddings: Embeddings, rows: NDArray[np.intp]) -> Numbers:
    """Return the vectors of some rows scaled to length one, (N, D); zero vectors stay zero."""
    return unit_rows(embeddings.vectors[rows])
