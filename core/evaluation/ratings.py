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
    row_of_upper,
    unit_vectors,
)
from core.formats.rated_pairs import RatedPair


@dataclass(frozen=True)
class Agreement:
    """How far cosines of word vectors agree with people's ratings of the same pairs.

    Args:
        pairs: the K pairs of which both words take part.
        cosines: (K,) float64, -1 to 1.
        unknown: the other pairs.
        spearman: the rank correlation of ratings and cosines, -1 to 1; None where there is no such
            number, since there are too few pairs, or all are alike.
        pearson: their linear correlation, in the same manner.
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

    def places(self) -> tuple[Numbers, Numbers]:
        """Return the place of each pair by rating and by cosine, (K,) float64 each.

        The most alike pair has place 1; pairs that are equal share the mean of their places.
        """
        from scipy import stats  # half a second: those who only ask for analogies do without

        return stats.rankdata(-self.ratings), stats.rankdata(-self.cosines)

    def rising_curve(self) -> Numbers:
        """Return the cosines of a curve that only rises with the rating, (K,) float64.

        Of all such curves it is the nearest to the pairs, in least squares (isotonic regression,
        Barlow et al. 1972). The rank correlation is 1 when the pairs lie on one.
        """
        from scipy import optimize

        _, place = np.unique(self.ratings, return_inverse=True)
        counts = np.bincount(place)
        means = np.bincount(place, weights=self.cosines) / counts
        curve: Numbers = optimize.isotonic_regression(means, weights=counts).x
        return curve[place]


def agreement(
    embeddings: Embeddings, pairs: Sequence[RatedPair], most_frequent: int = MOST_FREQUENT
) -> Agreement:
    """Return how far the cosines of pairs of words agree with people's ratings of them.

    Args:
        embeddings: V words, the most frequent first.
        pairs: words and ratings.
        most_frequent: how many words take part, 1 to V; more mean all.

    >>> toy = Embeddings("toy", ["east", "northeast", "north"],
    ...                  np.array([[1, 0], [1, 1], [0, 1]], dtype=np.float32))
    >>> rated = [RatedPair("east", "northeast", 7), RatedPair("east", "north", 2)]
    >>> round(agreement(toy, rated).spearman, 3)
    1.0
    """
    from scipy import stats

    taking_part = most_frequent_words(embeddings, most_frequent)
    row_of = row_of_upper(taking_part)
    rows = [[row_of.get(word.upper(), -1) for word in (one.first, one.second)] for one in pairs]
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
    """Return a correlation, or None where nothing varies."""
    if len(ratings) < 2 or np.ptp(ratings) == 0 or np.ptp(cosines) == 0:
        return None
    return float(measure(ratings, cosines).statistic)
