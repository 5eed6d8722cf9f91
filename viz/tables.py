"""The numbers behind the pictures, as tables."""

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


def both_rankings(answer: Answer) -> pd.DataFrame:
    """Return the two rankings of an answer side by side, a row a place.

    Words of the expression are marked, so that a glance tells which ones textbooks leave out.
    """
    score = SCORE_NAMES[answer.with_inputs.metric]
    left = _ranking(answer.with_inputs, answer.sum.words)
    right = _ranking(answer.without_inputs)
    return pd.concat(
        [
            left.set_axis(["all words", score], axis=1),
            right.set_axis(["inputs left out", f"{score} "], axis=1),
        ],
        axis=1,
    ).rename_axis("place")


def neighbor_table(neighbors: Neighbors) -> pd.DataFrame:
    """Return words and scores, a row a place."""
    names = ["word", SCORE_NAMES[neighbors.metric]]
    return _ranking(neighbors).set_axis(names, axis=1).rename_axis("place")


def walk_table(steps: Sequence[Segment], metric: Metric) -> pd.DataFrame:
    """Return the words met on a walk, from where to where each is the nearest."""
    return pd.DataFrame(
        {
            "word": [step.word for step in steps],
            "from (%)": [100 * step.start for step in steps],
            "to (%)": [100 * step.end for step in steps],
            SCORE_NAMES[metric]: [step.score for step in steps],
        }
    )


def _ranking(neighbors: Neighbors, marked: Collection[str] = ()) -> pd.DataFrame:
    words = [f"{word} (input)" if word in marked else word for word in neighbors.words]
    return pd.DataFrame(
        {"word": words, "score": neighbors.scores}, index=range(1, len(neighbors) + 1)
    )
