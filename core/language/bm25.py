"""Texts ranked by the words that they share with a query: BM25.

S. Robertson and H. Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond. The
weight of a word is that of Lucene, which is never negative.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.language.text_embeddings import MAX_TEXTS
from core.language.tokenizer import MAX_CHARACTERS

K1: Final = 1.2  # how much more a word counts the second time; 0: not at all
B: Final = 0.75  # how much long texts are discounted, 0 to 1
WORD: Final = r"\w+"


@dataclass(frozen=True, eq=False)
class TextRanking:
    """Texts that share words with a query, the best first.

    Args:
        rows: (K,) intp, their rows; ties go to the earlier row.
        scores: (K,) float64, above 0.
    """

    rows: NDArray[np.intp]
    scores: NDArray[np.float64]


class WordIndex:
    """The words of texts, with the weight of each word in each text.

    Args:
        texts: 1 to `MAX_TEXTS`; the first `MAX_CHARACTERS` characters of a text are read. Capital
            letters make no difference.

    Raises:
        InputError: there are no texts or too many, or there is no word in them.

    >>> index = WordIndex(["the king of the hill", "a queen", "the queen of the king"])
    >>> index.search("Queen king").rows.tolist()
    [2, 1, 0]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        if not 1 <= len(texts) <= MAX_TEXTS:
            raise InputError(f"Expected 1 to {MAX_TEXTS:,} texts, not {len(texts):,}.")
        vectorizer = CountVectorizer(token_pattern=WORD, dtype=np.float32)
        self._words: Any = vectorizer.build_analyzer()
        try:
            counts = vectorizer.fit_transform(text[:MAX_CHARACTERS] for text in texts)
        except ValueError as error:  # its only one here: an empty vocabulary
            raise InputError(f"There is no word in the {len(texts):,} texts.") from error
        self._column_of: dict[str, int] = vectorizer.vocabulary_
        sizes = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
        discount = K1 * (1 - B + B * sizes / sizes.mean())
        weights = counts.tocsc()
        containing = np.diff(weights.indptr)  # texts, for each word
        rarity = np.log1p((len(texts) - containing + 0.5) / (containing + 0.5))
        frequencies = weights.data.astype(np.float64)
        weights.data = np.repeat(rarity, containing) * (
            frequencies / (frequencies + discount[weights.indices])
        )
        self._weights: Any = weights

    def __len__(self) -> int:
        return int(self._weights.shape[0])

    def scores(self, query: str) -> NDArray[np.float64]:
        """Return the score of each text, (N,) float64; 0 without a word of the query.

        Args:
            query: a text; a word that occurs twice in it counts twice.
        """
        totals = np.zeros(len(self))
        bounds = self._weights.indptr
        for column, times in self._columns(query):
            span = slice(bounds[column], bounds[column + 1])
            totals[self._weights.indices[span]] += times * self._weights.data[span]
        return totals

    def search(self, query: str, count: int = 10) -> TextRanking:
        """Return the texts of the highest scores, at most `count`; those of score 0 are left out.

        Raises:
            InputError: the query has no word.
        """
        if not self._words(query[:MAX_CHARACTERS]):
            raise InputError("There is no word to search for. Type one or more.")
        totals = self.scores(query)
        rows = np.flatnonzero(totals)
        count = max(count, 0)
        if 0 < count < len(rows):
            lowest = np.partition(totals[rows], -count)[-count]
            rows = rows[totals[rows] >= lowest]
        best = rows[np.argsort(-totals[rows], kind="stable")[:count]]
        return TextRanking(best, totals[best])

    def _columns(self, query: str) -> Iterator[tuple[int, int]]:
        """Yield the column of each word of a query that is known, and how often it occurs."""
        for word, times in Counter(self._words(query[:MAX_CHARACTERS])).items():
            if word in self._column_of:
                yield self._column_of[word], times
