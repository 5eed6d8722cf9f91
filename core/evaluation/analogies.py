"""How good word vectors are: analogy questions, and agreement with people's ratings.

The rules are those of word2vec's `compute-accuracy` (Mikolov et al. 2013) and of gensim's
`evaluate_word_analogies` and `evaluate_word_pairs`, so that figures can be compared: only the most
frequent words take part, upper and lower case are the same word (its most frequent form stands for
all), vectors have length one before they are added. What those rules leave out is counted here:
questions with an unknown word, and what comes out when a question's own words may answer too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.evaluation.scores import Answered, Answers
from core.formats.analogy_questions import Question, RatedPair, Section
from core.geometry.neighbors import Neighbors, nearest_each
from core.geometry.units import unit_rows

MOST_FREQUENT = 300_000  # words that take part, as in word2vec and gensim
BATCH = 1_024  # questions between two reports of progress: a fraction of a second
CANDIDATES = 5  # words looked at for an answer, beside the question's own
Numbers = NDArray[np.float64]


def answer(
    embeddings: Embeddings, sections: Sequence[Section], most_frequent: int = MOST_FREQUENT
) -> Iterator[Answers]:
    """Yield what the vectors answer to analogy questions, more of it each time; can be stopped.

    The answer to "a is to b as c is to ...?" is the word whose direction is nearest to that of
    b - a + c, found exactly (3CosAdd, Mikolov et al. 2013).

    Args:
        embeddings: V words, the most frequent first.
        sections: the questions.
        most_frequent: how many words take part, 1 to V; more mean all.

    >>> toy = Embeddings("toy", ["man", "king", "woman", "queen"],
    ...                  np.array([[9, 1], [9, 5], [1, 1], [2, 6]], dtype=np.float32))
    >>> royal = Section("royal", (Question("man", "king", "woman", "queen"),))
    >>> [answers.total.accuracy for answers in answer(toy, [royal])]
    [1.0]
    """
    taking_part = _most_frequent(embeddings, most_frequent)
    asked = [(section.name, question) for section in sections for question in section.questions]
    done: list[Answered] = []
    for start in range(0, len(asked), BATCH):
        done += _answer_some(taking_part, asked[start : start + BATCH])
        yield Answers(tuple(sections), tuple(done))


def _answer_some(embeddings: Embeddings, asked: Sequence[tuple[str, Question]]) -> list[Answered]:
    row_of = _row_of(embeddings)
    rows = [
        [row_of.get(word.upper(), -1) for word in (one.a, one.b, one.c, one.expected)]
        for _, one in asked
    ]
    a, b, c = _columns([row[:3] for row in rows if min(row) >= 0], 3)
    points = _units(embeddings, b) - _units(embeddings, a) + _units(embeddings, c)
    found = iter(nearest_each(embeddings, points, CANDIDATES + 3))
    return [
        _judged(section, question, row, next(found))
        if min(row) >= 0
        else Answered(section, question, unknown=_unknown(question, row_of))
        for (section, question), row in zip(asked, rows, strict=True)
    ]


def _judged(section: str, question: Question, row: Sequence[int], found: Neighbors) -> Answered:
    """Return the answer to a question with the rows `row`, from the words found near it."""
    own = {question.a.upper(), question.b.upper(), question.c.upper()}
    expected = question.expected.upper()
    others = [
        word
        for word, index in zip(found.words, found.indices.tolist(), strict=True)
        if index not in row[:3]
    ]
    # Of a question's own words other forms may be left, such as King beside king.
    given = next((word for word in others[:CANDIDATES] if word.upper() not in own), "")
    nearest = found.words[0]
    return Answered(
        section,
        question,
        given=given,
        given_with_inputs=nearest,
        right=given.upper() == expected,
        right_with_inputs=nearest.upper() == expected,
    )


def _unknown(question: Question, row_of: Mapping[str, int]) -> tuple[str, ...]:
    words = dict.fromkeys((question.a, question.b, question.c, question.expected))
    return tuple(word for word in words if word.upper() not in row_of)


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

    taking_part = _most_frequent(embeddings, most_frequent)
    row_of = _row_of(taking_part)
    rows = [[row_of.get(word.upper(), -1) for word in (one.first, one.second)] for one in pairs]
    known = [pair for pair, row in zip(pairs, rows, strict=True) if min(row) >= 0]
    unknown = [pair for pair, row in zip(pairs, rows, strict=True) if min(row) < 0]
    first, second = _columns([row for row in rows if min(row) >= 0], 2)
    cosines = (_units(taking_part, first) * _units(taking_part, second)).sum(axis=1)
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


def _columns(rows: Sequence[Sequence[int]], count: int) -> NDArray[np.intp]:
    """Return rows of `count` numbers as columns, (count, N) intp."""
    return np.array(rows, dtype=np.intp).reshape(-1, count).T


@lru_cache(maxsize=2)
def _most_frequent(embeddings: Embeddings, count: int) -> Embeddings:
    """Return the embeddings of the most frequent words alone."""
    count = max(count, 0)
    if count >= len(embeddings):
        return embeddings
    return Embeddings(embeddings.name, embeddings.words[:count], embeddings.vectors[:count])


@lru_cache(maxsize=2)
def _row_of(embeddings: Embeddings) -> Mapping[str, int]:
    """Return the row of each word in capitals: that of its most frequent form."""
    return {embeddings.words[row].upper(): row for row in reversed(range(len(embeddings)))}


def _units(embeddings: Embeddings, rows: NDArray[np.intp]) -> Numbers:
    """Return the vectors of some rows in length one, (N, D); those of length zero stay so."""
    return unit_rows(embeddings.vectors[rows])
