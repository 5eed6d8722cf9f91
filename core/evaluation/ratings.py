"""Agreement of cosine similarities with human ratings of the same pairs of words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.embeddings import Embeddings
from core.evaluation.vocabulary import (
    MOST_FREQUENT,
    Numbers,
    columns,
    most_frequent_words,
    unit_vectors,
)
from core.formats.rated_pairs import RatedPair


@dataclass(frozen=True)
class Agreement:
    """The agreement of cosine similarities with people's ratings of the same pairs.

    Args:
        pairs: the K pairs whose two words take part.
        cosines: (K,) float64, -1 to 1.
        unknown: the other pairs.
        spearman: Spearman's rank correlation of ratings and cosines, -1 to 1; None if it is
            undefined: with fewer than two pairs, or if all ratings or all cosines are equal.
        pearson: Pearson's linear correlation of ratings and cosines; None as for `spearman`.
        spearman_of_all: the rank correlation with a cosine of 0 for each unknown pair.
    """

    pairs: tuple[RatedPair, ...]
    cosines: Numbers
    unknown: tuple[RatedPair, ...]
    spearman: float | None
    pearson: float | None
    spearman_of_all: float | None

    @cached_property
    def ratings(self) -> Numbers:
        """People's ratings of the pairs, (K,) float64."""
        return np.array([pair.rating for pair in self.pairs], dtype=np.float64)

    def ranks(self) -> tuple[Numbers, Numbers]:
        """Return the rank of each pair by rating and by cosine, (K,) float64 each.

        The most similar pair has rank 1; ties get the mean of their ranks.
        """
        from scipy import stats  # takes half a second, and analogies do not need it

        return stats.rankdata(-self.ratings), stats.rankdata(-self.cosines)

    def differences(self) -> Numbers:
        """Return how far the two ranks of each pair are apart, (K,) float64, 0 or more."""
        by_people, by_vectors = self.ranks()
        return np.abs(by_people - by_vectors)

    def rising_curve(self) -> Numbers:
        """Return the non-decreasing curve of the rating that fits the cosines best, (K,) float64.

        It is the least-squares fit of isotonic regression (Barlow et al. 1972).
        """
        from scipy import optimize

        _, index = np.unique(self.ratings, return_inverse=True)
        counts = np.bincount(index)
        means = np.bincount(index, weights=self.cosines) / counts
        curve: Numbers = optimize.isotonic_regression(means, weights=counts).x
        return curve[index]


def agreement(
    embeddings: Embeddings, pairs: Sequence[RatedPair], most_frequent: int = MOST_FREQUENT
) -> Agreement:
    """Return the agreement of cosine similarities with people's ratings of the same pairs.

    Args:
        embeddings: V words, the most frequent first, or the tokens of a language model.
        pairs: words and ratings.
        most_frequent: number of words that take part, the most frequent ones; 1 or more.

    >>> toy = Embeddings("toy", ["east", "northeast", "north"],
    ...                  np.array([[1, 0], [1, 1], [0, 1]], dtype=np.float32))
    >>> rated = [RatedPair("east", "northeast", 7), RatedPair("east", "north", 2)]
    >>> round(agreement(toy, rated).spearman, 3)
    1.0
    """
    from scipy import stats

    vocabulary = most_frequent_words(embeddings, most_frequent)
    taking_part = vocabulary.embeddings
    rows = [vocabulary.rows((one.first, one.second)) for one in pairs]
    known = [pair for pair, row in zip(pairs, rows, strict=True) if min(row) >= 0]
    unknown = [pair for pair, row in zip(pairs, rows, strict=True) if min(row) < 0]
    first, second = columns([row for row in rows if min(row) >= 0], 2)
    cosines = (unit_vectors(taking_part, first) * unit_vectors(taking_part, second)).sum(axis=1)
    cosines.flags.writeable = False
    ratings = [pair.rating for pair in known]
    return Agreement(
        tuple(known),
        cosines,
        tuple(unknown),
        spearman=_correlation(stats.spearmanr, ratings, cosines),
        pearson=_correlation(stats.pearsonr, ratings, cosines),
        spearman_of_all=_correlation(
            stats.spearmanr,
            ratings + [pair.rating for pair in unknown],
            np.concatenate([cosines, np.zeros(len(unknown))]),
        ),
    )


def _correlation(
    measure: Callable[..., Any], ratings: Sequence[float], cosines: Numbers
) -> float | None:
    """Return a correlation, or None if it is undefined."""
    if len(ratings) < 2 or np.ptp(ratings) == 0 or np.ptp(cosines) == 0:
        return None
    return float(measure(ratings, cosines).statistic)
