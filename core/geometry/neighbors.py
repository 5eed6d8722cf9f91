"""Nearest neighbours: which words are near a vector, exactly."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.device import device
from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.scan import DenseScan, QuantizedScan, Scan

Metric = Literal["cosine", "dot", "euclidean"]
METRICS: tuple[Metric, ...] = get_args(Metric)
Scores = NDArray[np.float64]

BLOCK = 1 << 12  # rows worked on at a time: few enough to stay in the cache
LARGEST = 1e12  # coordinate of a query: squares and sums of it stay well inside float32


@dataclass(frozen=True)
class Neighbors:
    """Words near a vector, the nearest first.

    Args:
        words: K words.
        indices: their rows, (K,) intp.
        scores: (K,) float64: cosine similarity, dot product, or Euclidean distance.
        metric: which of the three.
    """

    words: tuple[str, ...]
    indices: NDArray[np.intp]
    scores: Scores
    metric: Metric

    def __len__(self) -> int:
        return len(self.words)

    def places(self, chosen: ArrayLike) -> "Neighbors":
        """Return some of the neighbours, by their places, counted from 0."""
        places = np.asarray(chosen, dtype=np.intp)
        words = tuple(self.words[place] for place in places.tolist())
        return Neighbors(words, self.indices[places], self.scores[places], self.metric)


def nearest(
    embeddings: Embeddings,
    query: ArrayLike,
    count: int = 10,
    metric: Metric = "cosine",
    exclude: Collection[int] = (),
) -> Neighbors:
    """Return the `count` words nearest to a vector, exactly; ties go to the earlier word.

    Args:
        embeddings: V words.
        query: (D,) numbers.
        count: how many; all of them when there are fewer.
        metric: `cosine` and `dot` are larger for nearer words, `euclidean` smaller.
        exclude: rows to leave out.

    Raises:
        InputError: the query has another shape, or holds NaN or infinity; no such metric.

    >>> toy = Embeddings("toy", ["east", "north", "west"],
    ...                  np.array([[1, 0], [0, 1], [-1, 0]], dtype=np.float32))
    >>> nearest(toy, [2, 1], count=2).words
    ('east', 'north')
    """
    return nearest_each(embeddings, np.asarray(query)[None], count, metric, exclude)[0]


def nearest_each(
    embeddings: Embeddings,
    queries: ArrayLike,
    count: int = 10,
    metric: Metric = "cosine",
    exclude: Collection[int] = (),
) -> list[Neighbors]:
    """Return, for each of several vectors, what `nearest` returns for one; far faster together.

    Args:
        embeddings: V words.
        queries: (Q, D) numbers.
        count: how many words for each.
        metric: as for `nearest`.
        exclude: rows to leave out of every answer.
    """
    if not len(np.asarray(queries)):
        return []
    points, count = _checked(embeddings, queries, metric), max(count, 0)
    excluded = np.unique(np.fromiter(exclude, dtype=np.intp))
    wanted = min(max(count, 1) + len(excluded), len(embeddings))
    found = []
    for point, rows in zip(points, _candidates(embeddings, points, wanted, metric), strict=True):
        kept = rows[~np.isin(rows, excluded, assume_unique=True)] if len(excluded) else rows
        values = exact_scores(embeddings.vectors[kept], point, metric)
        order = np.argsort(values if metric == "euclidean" else -values, kind="stable")[:count]
        best = kept[order]
        words = tuple(embeddings.words[row] for row in best.tolist())
        found.append(Neighbors(words, best, values[order], metric))
    return found


def rank(
    embeddings: Embeddings,
    query: ArrayLike,
    index: int,
    metric: Metric = "cosine",
    exclude: Collection[int] = (),
) -> int:
    """Return the place of one word among the neighbours of a vector: 1 for the nearest.

    Args:
        embeddings: V words.
        query: (D,) numbers.
        index: the row of the word.
        metric: as for `nearest`.
        exclude: rows that take no place.
    """
    point = _checked(embeddings, np.asarray(query)[None], metric)[0]
    sign = -1.0 if metric == "euclidean" else 1.0
    target = sign * exact_scores(embeddings.vectors[[index]], point, metric)[0]
    better = np.zeros(len(embeddings), dtype=bool)
    for start in range(0, len(embeddings), BLOCK):
        block = embeddings.vectors[start : start + BLOCK]
        values = sign * exact_scores(block, point, metric)
        better[start : start + BLOCK] = values > target
        better[start : start + BLOCK][: max(0, index - start)] |= (values == target)[
            : max(0, index - start)
        ]
    better[list(exclude)] = False
    return int(better.sum()) + 1


def exact_scores(vectors: NDArray[np.float32], query: Scores, metric: Metric) -> Scores:
    """Return the scores of rows (N, D) against one query (D,), computed in float64.

    A vector of length zero has cosine 0 with everything.
    """
    rows = vectors.astype(np.float64)
    if metric == "euclidean":
        distances: Scores = np.linalg.norm(rows - query, axis=1)
        return distances
    # Row by row, unlike a matrix product: equal rows get equal scores wherever they stand.
    products: Scores = np.einsum("nd,d->n", rows, query)
    if metric == "dot":
        return products
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(query)
    cosines: Scores = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    return cosines


def _checked(embeddings: Embeddings, queries: ArrayLike, metric: Metric) -> Scores:
    """Return the queries as (Q, D) float64, or raise `InputError`."""
    if metric not in METRICS:
        raise InputError(f"'{metric}' is no way to rank; use one of {', '.join(METRICS)}.")
    points = np.asarray(queries, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != embeddings.dimensions:
        raise InputError(
            f"A query of shape {points.shape[1:]} came; {embeddings.name} has vectors of "
            f"{embeddings.dimensions} dimensions."
        )
    if not (np.abs(points) <= LARGEST).all():
        raise InputError(
            f"A query holds a coordinate that is no number or beyond {LARGEST:g}; scale it down."
        )
    return points


def _candidates(
    embeddings: Embeddings, points: Scores, count: int, metric: Metric
) -> Iterator[NDArray[np.intp]]:
    """Yield, for each query, rows that are certain to hold its `count` nearest."""
    scaled = points / _unit(embeddings) if metric == "euclidean" else _near_one(points)
    if np.abs(scaled).max() > LARGEST:  # seen from so far, all rows are at one distance
        return (np.arange(len(embeddings)) for _ in points)
    scan = _scan(embeddings, metric, device())
    return scan.candidates(torch.from_numpy(scaled.astype(np.float32)), count)


def _near_one(points: Scores) -> Scores:
    """Return queries (Q, D) scaled to a largest coordinate of one, which changes no order."""
    largest = np.abs(points).max(axis=1, keepdims=True)
    scaled: Scores = np.divide(points, largest, out=points.copy(), where=largest > 0)
    return scaled


@lru_cache(maxsize=6)
def _unit(embeddings: Embeddings) -> float:
    """Return a power of two near the largest coordinate.

    In this unit, squares and sums of coordinates stay well inside float32, and digits are kept.
    """
    largest = max(float(np.abs(block).max()) for block in _blocks(embeddings))
    return float(2.0 ** np.ceil(np.log2(largest))) if largest > 0 else 1.0


def _blocks(embeddings: Embeddings) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(embeddings), BLOCK):
        yield embeddings.vectors[start : start + BLOCK]


def _row_blocks(embeddings: Embeddings, metric: Metric) -> Iterator[NDArray[np.float32]]:
    """Yield the rows, (B, D) float32: of length one for the cosine, else in their unit."""
    for rows in _blocks(embeddings):
        if metric == "cosine":
            long = _lengths(rows)
            yield (rows / np.where(long > 0, long, 1)[:, None]).astype(np.float32)
        else:
            yield rows / np.float32(_unit(embeddings))


def _lengths(rows: NDArray[np.float32]) -> Scores:
    """Return the length of each row, (B,) float64: squares of float32 can leave its range."""
    squares: Scores = np.einsum("nd,nd->n", rows, rows, dtype=np.float64)
    return np.sqrt(squares)


@lru_cache(maxsize=6)
def _scan(embeddings: Embeddings, metric: Metric, where: torch.device) -> Scan:
    """Return the scan that orders words as the metric does, made once.

    The distance orders them as an inner product with an offset: -|x - q|^2 / 2 is
    x.q - |x|^2 / 2, less the same |q|^2 / 2 for every word.
    """

    def blocks() -> Iterator[NDArray[np.float32]]:
        return _row_blocks(embeddings, metric)

    offsets = None
    if metric == "euclidean":
        halves = np.concatenate([_lengths(rows) ** 2 / 2 for rows in blocks()])
        offsets = -halves.astype(np.float32)
    if where.type == "cpu":
        return QuantizedScan(blocks, offsets)
    return DenseScan(blocks, offsets, where)


def warm_up(embeddings: Embeddings, metrics: Sequence[Metric] = ("cosine",)) -> None:
    """Prepare the scans, so that the first question is answered as fast as the next."""
    for metric in metrics:
        _scan(embeddings, metric, device())
