"""The words met on the way from one word to another."""

from dataclasses import dataclass

import numpy as np

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.neighbors import Metric, nearest_each


@dataclass(frozen=True)
class Step:
    """A stretch of the way on which one word is the nearest.

    Args:
        word: the nearest word there.
        index: its row.
        start: the share of the way at which it becomes the nearest, 0 to 1.
        end: the share of the way at which it last was.
        score: its score where it is best.
    """

    word: str
    index: int
    start: float
    end: float
    score: float


def walk(
    embeddings: Embeddings,
    start: str,
    end: str,
    metric: Metric = "cosine",
    ends_count: bool = False,
    stops: int = 101,
) -> tuple[Step, ...]:
    """Return the words that are nearest along the straight line between two words.

    Args:
        embeddings: where the words come from.
        start: the first word.
        end: the last word.
        metric: what "nearest" means.
        ends_count: whether the two words themselves may be the nearest. Where they may, there is
            often nobody else on the way: in many dimensions the middle between two words is empty.
        stops: at how many places, evenly spaced, the way is looked at.

    Raises:
        UnknownWordError: a word is not in the embeddings.
        InputError: both words are the same.

    >>> toy = Embeddings("toy", ["east", "northeast", "north"],
    ...                  np.array([[1, 0], [1, 1], [0, 1]], dtype=np.float32))
    >>> [step.word for step in walk(toy, "east", "north", ends_count=True)]
    ['east', 'northeast', 'north']
    """
    rows = embeddings.indices((start, end))
    if rows[0] == rows[1]:
        raise InputError(f"The way from '{start}' to itself has no length; choose two words.")
    first, last = embeddings.vectors[rows].astype(np.float64)
    shares = np.linspace(0, 1, stops)
    points = first + shares[:, None] * (last - first)
    exclude = () if ends_count else rows.tolist()
    steps: list[Step] = []
    for share, found in zip(
        shares.tolist(), nearest_each(embeddings, points, 1, metric, exclude), strict=True
    ):
        if not len(found):
            continue
        index, score = int(found.indices[0]), float(found.scores[0])
        if steps and steps[-1].index == index:
            same = steps.pop()
            better = min if metric == "euclidean" else max
            steps.append(Step(same.word, index, same.start, share, better(same.score, score)))
        else:
            steps.append(Step(found.words[0], index, share, share, score))
    return tuple(steps)
