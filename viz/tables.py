"""Tables of neighbours and analogies."""

from collections.abc import Collection, Sequence

import pandas as pd

from core.geometry.arithmetic import Answer
from core.geometry.interpolation import Segment
from core.geometry.neighbors import Metric, Neighbors

SCORE_NAMES: dict[Metric, str] = {
    "cosine": "cosine",
    "dot": "dot product",
    "euclidean": "distance",
}


INPUT_MARK = " (typed)"  # after a word of the expression


def both_rankings(answer: Answer, count: int = 10) -> pd.DataFrame:
    """Return the two rankings of an answer side by side, a row for each of the first ranks.

    The words of the expression, which textbooks leave out, are marked.
    """
    score = SCORE_NAMES[answer.with_inputs.metric]
    left = _ranking(answer.with_inputs, answer.sum.words).iloc[:count]
    right = _ranking(answer.without_inputs).iloc[:count]
    return pd.concat(
        [
            left.set_axis(["all words", score], axis=1),
            right.set_axis(["other words", f"{score} "], axis=1),
        ],
        axis=1,
    ).rename_axis("rank")


def neighbor_table(neighbors: Neighbors) -> pd.DataFrame:
    """Return words and scores, a row for each rank."""
    names = ["word", SCORE_NAMES[neighbors.metric]]
    return _ranking(neighbors).set_axis(names, axis=1).rename_axis("rank")


def interpolation_table(segments: Sequence[Segment], metric: Metric) -> pd.DataFrame:
    """Return the words between two words, and the part of the line that each is nearest to."""
    return pd.DataFrame(
        {
            "word": [segment.word for segment in segments],
            "from (%)": [100 * segment.start for segment in segments],
            "to (%)": [100 * segment.end for segment in segments],
            SCORE_NAMES[metric]: [segment.score for segment in segments],
        }
    )


def _ranking(neighbors: Neighbors, marked: Collection[str] = ()) -> pd.DataFrame:
    words = [f"{word}{INPUT_MARK}" if word in marked else word for word in neighbors.words]
    return pd.DataFrame(
        {"word": words, "score": neighbors.scores}, index=range(1, len(neighbors) + 1)
    )
