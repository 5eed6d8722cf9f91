"""Linear interpolation between two words, and the words nearest to it."""

from dataclasses import dataclass

import numpy as np

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.neighbors import Metric, nearest_each


@dataclass(frozen=True)
class Segment:
    """A part of the line between two words with the same nearest word.

    Args:
        word: the nearest word.
        index: its row.
        start: the share of the line at which it becomes the nearest, 0 to 1.
        end: the share of the line at which it was last the nearest, 0 to 1.
        score: its best score on the segment.
    """

    word: str
    index: int
    start: float
    end: float
    score: float


def interpolate(
    embeddings: Embeddings,
    start: str,
    end: str,
    metric: Metric = "cosine",
    include_ends: bool = False,
    samples: int = 101,
) -> tuple[Segment, ...]:
    """Return the words nearest to the straight line from one word to another.

    Args:
        embeddings: the embeddings of the words.
        start: the first word.
        end: the last word.
        metric: the metric of the search.
        include_ends: whether the two words themselves can be the nearest. If so, there is often no
            other nearest word, since in many dimensions the middle between two words is empty.
        samples: number of evenly spaced points at which the nearest word is searched.

    Returns:
        The segments in the order of the line; empty if there are no other words.

    Raises:
        UnknownWordError: a word is not in the embeddings.
        InputError: both words are the same.

    >>> toy = Embeddings("toy", ["east", "northeast", "north"],
    ...                  np.array([[1, 0], [1, 1], [0, 1]], dtype=np.float32))
    >>> [segment.word for segment in interpolate(toy, "east", "north", include_ends=True)]
    ['east', 'northeast', 'north']
    """
    rows = embeddings.indices((start, end))
    if rows[0] == rows[1]:
        raise InputError(f"The line from '{start}' to itself has no length; choose two words.")
    first, last = embeddings.vectors[rows].astype(np.float64)
    shares = np.linspace(0, 1, samples)
    points = first + shares[:, None] * (last - first)
    exclude = () if include_ends else rows.tolist()
    segments: list[Segment] = []
    for share, neighbors in zip(
        shares.tolist(), nearest_each(embeddings, points, 1, metric, exclude), strict=True
    ):
        if not len(neighbors):
            continue
        index, score = int(neighbors.indices[0]), float(neighbors.scores[0])
        if segments and segments[-1].index == index:
            same = segments.pop()
            better = min if metric == "euclidean" else max
            score = better(same.score, score)
            segments.append(Segment(same.word, index, same.start, share, score))
        else:
            segments.append(Segment(neighbors.words[0], index, share, share, score))
    return tuple(segments)
