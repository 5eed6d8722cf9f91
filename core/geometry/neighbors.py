"""Exact nearest neighbours: the words closest to a vector."""

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from weakref import WeakKeyDictionary

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.device import device
from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.scan import DenseScan, QuantizedScan, Scan
from core.mapped_files import release_pages

Metric = Literal["cosine", "dot", "euclidean"]
METRICS: tuple[Metric, ...] = get_args(Metric)
Scores = NDArray[np.float64]

BLOCK_ROWS = 1 << 12  # rows processed at a time, few enough for the processor's cache
RELEASED_ROWS = BLOCK_ROWS * 128
MAX_COORDINATE = 1e12  # of a query, so that its squares and sums do not overflow float32
MAX_UNINDEXED_NUMBERS = 1 << 17  # of a matrix that is searched faster without an index


@dataclass(frozen=True)
class Neighbors:
    """The words nearest to a vector, nearest first.

    Args:
        words: K words.
        indices: their rows, (K,) intp.
        scores: (K,) float64: cosine similarities, dot products or Euclidean distances.
        metric: the metric of the scores.
    """

    words: tuple[str, ...]
    indices: NDArray[np.intp]
    scores: Scores
    metric: Metric

    def __len__(self) -> int:
        return len(self.words)

    def take(self, positions: ArrayLike) -> "Neighbors":
        """Return the neighbours at some indices of the ranking, (N,) integers."""
        chosen = np.asarray(positions, dtype=np.intp)
        words = tuple(self.words[position] for position in chosen.tolist())
        return Neighbors(words, self.indices[chosen], self.scores[chosen], self.metric)


def nearest(
    embeddings: Embeddings,
    query: ArrayLike,
    count: int = 10,
    metric: Metric = "cosine",
    exclude: Collection[int] = (),
) -> Neighbors:
    """Return the `count` words nearest to a vector. Ties go to the earlier word.

    Args:
        embeddings: V words.
        query: (D,) numbers.
        count: number of words; with fewer in the embeddings, all of them.
        metric: `cosine` and `dot` are larger for nearer words, `euclidean` is smaller.
        exclude: rows to leave out.

    Raises:
        InputError: the query has the wrong shape or holds NaN, infinity or a coordinate beyond
            `MAX_COORDINATE`; the metric is unknown.

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
    """Return the neighbours of several vectors, much faster than one by one.

    Args:
        embeddings: V words.
        queries: (Q, D) numbers.
        count: number of words for each query.
        metric: as for `nearest`.
        exclude: rows to leave out of all answers.

    Raises:
        InputError: as `nearest` does.
    """
    if not len(np.asarray(queries)):
        return []
    points, count = _checked(embeddings, queries, metric), max(count, 0)
    excluded = np.unique(np.fromiter(exclude, dtype=np.intp))
    wanted = min(max(count, 1) + len(excluded), len(embeddings))
    answers = []
    for point, rows in zip(points, _candidates(embeddings, points, wanted, metric), strict=True):
        kept = rows[~np.isin(rows, excluded, assume_unique=True)] if len(excluded) else rows
        values = exact_scores(embeddings.vectors[kept], point, metric)
        order = np.argsort(values if metric == "euclidean" else -values, kind="stable")[:count]
        best = kept[order]
        words = tuple(embeddings.words[row] for row in best.tolist())
        answers.append(Neighbors(words, best, values[order], metric))
    return answers


def rank(
    embeddings: Embeddings,
    query: ArrayLike,
    index: int,
    metric: Metric = "cosine",
    exclude: Collection[int] = (),
) -> int:
    """Return the rank of one word among the neighbours of a vector, 1 for the nearest.

    Args:
        embeddings: V words.
        query: (D,) numbers.
        index: the row of the word.
        metric: as for `nearest`.
        exclude: rows that are not ranked.

    Raises:
        InputError: as `nearest` does.
    """
    point = _checked(embeddings, np.asarray(query)[None], metric)[0]
    sign = -1.0 if metric == "euclidean" else 1.0
    target = sign * exact_scores(embeddings.vectors[[index]], point, metric)[0]
    better = np.zeros(len(embeddings), dtype=bool)
    for start in range(0, len(embeddings), BLOCK_ROWS):
        block = embeddings.vectors[start : start + BLOCK_ROWS]
        values = sign * exact_scores(block, point, metric)
        better[start : start + BLOCK_ROWS] = values > target
        better[start : start + BLOCK_ROWS][: max(0, index - start)] |= (values == target)[
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
    # Unlike with a matrix product, equal rows get equal scores, whatever their index.
    products: Scores = np.einsum("nd,d->n", rows, query)
    if metric == "dot":
        return products
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(query)
    cosines: Scores = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    return cosines


def _checked(embeddings: Embeddings, queries: ArrayLike, metric: Metric) -> Scores:
    """Return the queries as (Q, D) float64, or raise `InputError`."""
    if metric not in METRICS:
        raise InputError(f"'{metric}' is not a metric; use one of {', '.join(METRICS)}.")
    points = np.asarray(queries, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != embeddings.dimensions:
        raise InputError(
            f"The query has the shape {points.shape[1:]}; the vectors of {embeddings.name} have "
            f"{embeddings.dimensions} dimensions."
        )
    if not (np.abs(points) <= MAX_COORDINATE).all():
        raise InputError(
            f"The query holds a coordinate that is not a number or is beyond {MAX_COORDINATE:g}; "
            "scale it down."
        )
    return points


def _candidates(
    embeddings: Embeddings, points: Scores, count: int, metric: Metric
) -> Iterator[NDArray[np.intp]]:
    """Yield, for each query, rows that are guaranteed to include its `count` nearest."""
    if embeddings.vectors.size <= MAX_UNINDEXED_NUMBERS:
        return _every_row(embeddings, points)
    index = _index(embeddings, metric, device())
    scaled = points / index.unit if metric == "euclidean" else _near_one(points)
    if np.abs(scaled).max() > MAX_COORDINATE:  # the filter cannot distinguish so large distances
        return _every_row(embeddings, points)
    return index.scan.candidates(torch.from_numpy(scaled.astype(np.float32)), count)


def _every_row(embeddings: Embeddings, points: Scores) -> Iterator[NDArray[np.intp]]:
    return (np.arange(len(embeddings)) for _ in points)


def _near_one(points: Scores) -> Scores:
    """Return queries (Q, D) scaled so that their largest coordinate is one; keeps the ranking."""
    largest = np.abs(points).max(axis=1, keepdims=True)
    scaled: Scores = np.divide(points, largest, out=points.copy(), where=largest > 0)
    return scaled


@dataclass(frozen=True)
class _Index:
    """The index of a matrix for a metric.

    Args:
        scan: the filter, which ranks rows as the metric does.
        unit: the divisor of the coordinates; not used for the cosine.
    """

    scan: Scan
    unit: float


# An index is kept as long as its embeddings. So the embeddings that visitors type or train cannot
# evict the indices of the shared ones; and an index is smaller than its vectors.
_indices: WeakKeyDictionary[Embeddings, dict[tuple[Metric, torch.device], _Index]] = (
    WeakKeyDictionary()
)
_building = threading.Lock()


def _index(embeddings: Embeddings, metric: Metric, where: torch.device) -> _Index:
    """Return the index of embeddings for a metric on a device, built at the first call."""
    index = _indices.get(embeddings, {}).get((metric, where))
    if index is None:
        with _building:  # one thread builds the index; others that need it wait
            of_embeddings = _indices.setdefault(embeddings, {})
            if (metric, where) not in of_embeddings:
                of_embeddings[metric, where] = _built(embeddings, metric, where)
            index = of_embeddings[metric, where]
    return index


def _built(embeddings: Embeddings, metric: Metric, where: torch.device) -> _Index:
    """Build an index.

    Distances rank words like inner products with an offset: -|x - q|^2 / 2 is x.q - |x|^2 / 2 minus
    |q|^2 / 2, and the last term is the same for all words.
    """
    unit = _unit(embeddings)

    def blocks() -> Iterator[NDArray[np.float32]]:
        return _row_blocks(embeddings, metric, unit)

    offsets = None
    if metric == "euclidean":
        halves = np.concatenate([_lengths(rows) ** 2 / 2 for rows in blocks()])
        offsets = -halves.astype(np.float32)
    on_cpu = where.type == "cpu"
    scan = QuantizedScan(blocks, offsets) if on_cpu else DenseScan(blocks, offsets, where)
    return _Index(scan, unit)


def _unit(embeddings: Embeddings) -> float:
    """Return a power of two near the largest coordinate.

    Division by it loses no digits, and the squares and sums of the results do not overflow float32.
    """
    largest = max(float(np.abs(block).max()) for block in _blocks(embeddings))
    return float(2.0 ** np.ceil(np.log2(largest))) if largest > 0 else 1.0


def _blocks(embeddings: Embeddings) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(embeddings), BLOCK_ROWS):
        if start and start % RELEASED_ROWS == 0:  # so that a mapped matrix is not in memory whole
            release_pages()
        yield embeddings.vectors[start : start + BLOCK_ROWS]


def _row_blocks(
    embeddings: Embeddings, metric: Metric, unit: float
) -> Iterator[NDArray[np.float32]]:
    """Yield the rows, (B, D) float32: of length one for the cosine, else divided by the unit."""
    for rows in _blocks(embeddings):
        if metric == "cosine":
            long = _lengths(rows)
            yield (rows / np.where(long > 0, long, 1)[:, None]).astype(np.float32)
        else:
            yield rows / np.float32(unit)


def _lengths(rows: NDArray[np.float32]) -> Scores:
    """Return the length of each row, (B,) float64, since squares can overflow float32."""
    squares: Scores = np.einsum("nd,nd->n", rows, rows, dtype=np.float64)
    return np.sqrt(squares)


def warm_up(embeddings: Embeddings, metrics: Sequence[Metric] = ("cosine",)) -> None:
    """Build the indices of embeddings, so that the first search is as fast as the next.

    Args:
        embeddings: the embeddings to search.
        metrics: the metrics for which an index is built.
    """
    if embeddings.vectors.size > MAX_UNINDEXED_NUMBERS:
        for metric in metrics:
            _index(embeddings, metric, device())
