"""The exact nearest neighbours of every vector."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numba
import numpy as np
import torch
from numpy.typing import NDArray

from core.device import device
from core.errors import InputError
from core.fair_lock import FairLock

BLOCK_NUMBERS = 1 << 23  # distances computed at a time
_workqueue_lock = FairLock()


@dataclass(frozen=True)
class NeighborGraph:
    """The nearest neighbours of each vector, nearest first.

    Args:
        indices: (N, K) int32, rows of the neighbours, without the vector itself.
        distances: (N, K) float32, Euclidean.
    """

    indices: NDArray[np.int32]
    distances: NDArray[np.float32]


def neighbor_graph(vectors: NDArray[np.float32], count: int) -> NeighborGraph:
    """Return the `count` nearest others of every vector, by Euclidean distance.

    All pairs are compared in float32, which is exact unless the distance of neighbours is below a
    thousandth of their distance from the mean.

    Args:
        vectors: (N, D) float32.
        count: K, 1 to N - 1.

    Raises:
        InputError: there are fewer others than `count`.

    >>> line = np.array([[0], [1], [3]], dtype=np.float32)
    >>> neighbor_graph(line, 1).indices.ravel()
    array([1, 0, 1], dtype=int32)
    """
    steps = neighbor_graph_steps(vectors, count)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            graph: NeighborGraph = done.value
            return graph


def neighbor_graph_steps(
    vectors: NDArray[np.float32], count: int
) -> Generator[float, None, NeighborGraph]:
    """Yield the share of work that is done, 0 to 1, and return what `neighbor_graph` returns."""
    total = len(vectors)
    if not 1 <= count < total:
        raise InputError(
            f"Of {total:,} words, each has 1 to {max(total - 1, 0):,} neighbours, not {count} "
            "neighbours. Take more words or fewer neighbours."
        )
    where = device()
    # From their mean, where the squares below lose the fewest digits.
    points = torch.from_numpy(vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32))
    points = points.to(where)
    squares = points.square().sum(1)
    indices = np.empty((total, count), dtype=np.int32)
    step = max(16, BLOCK_NUMBERS // total)
    for start in range(0, total, step):
        rows = slice(start, min(start + step, total))
        # |x - y|^2 less |x|^2, which keeps the order: one matrix product and a sum.
        scores = torch.addmm(
            squares.expand(rows.stop - start, -1), points[rows], points.T, alpha=-2
        )
        own = torch.arange(start, rows.stop, device=where)
        scores[own - start, own] = torch.inf
        if where.type == "cpu":
            with processors():
                _smallest_each(scores.numpy(), indices[rows])
        else:
            nearest = scores.topk(count, dim=1, largest=False).indices
            indices[rows] = nearest.cpu().numpy()
        yield rows.stop / total
    # From the differences of coordinates: a difference of squares loses the digits of short ones.
    distances = np.empty((total, count), dtype=np.float32)
    with processors():
        _distances(vectors, indices, distances)
    order = np.argsort(distances, axis=1, kind="stable")
    return NeighborGraph(
        np.take_along_axis(indices, order, axis=1), np.take_along_axis(distances, order, axis=1)
    )


@contextmanager
def processors() -> Iterator[None]:
    """Let only one thread at a time run numba's parallel functions, if numba requires it.

    Without OpenMP (mostly on macOS) numba uses its own threading layer, which ends the process if
    two threads use it at the same time.
    """
    if _serves_many():
        yield
        return
    with _workqueue_lock:
        yield


def _serves_many() -> bool:
    try:
        return bool(numba.threading_layer() != "workqueue")  # type: ignore[attr-defined]
    except ValueError:  # not known before the first parallel call
        return False


@numba.njit(nogil=True, cache=True)
def smallest(numbers: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """Return the indices of the `count` smallest numbers, (count,) intp, the smallest first.

    It is much faster than sorting, since few numbers are smaller than the smallest so far.
    """
    values = np.full(count, np.inf)
    indices = np.full(count, -1, dtype=np.intp)
    limit = np.inf
    for index in range(len(numbers)):
        number = numbers[index]
        if number < limit or indices[count - 1] < 0:
            slot = count - 1
            while slot > 0 and (values[slot - 1] > number or indices[slot - 1] < 0):
                values[slot] = values[slot - 1]
                indices[slot] = indices[slot - 1]
                slot -= 1
            values[slot] = number
            indices[slot] = index
            limit = values[count - 1]
    return indices


@numba.njit(parallel=True, nogil=True, cache=True)
def _smallest_each(scores: NDArray[np.float32], columns: NDArray[np.int32]) -> None:
    """Write the columns of each row's smallest scores into `columns`, the smallest first."""
    for row in numba.prange(scores.shape[0]):
        columns[row] = smallest(scores[row], columns.shape[1])


@numba.njit(parallel=True, nogil=True, cache=True)
def _distances(
    vectors: NDArray[np.float32], indices: NDArray[np.int32], distances: NDArray[np.float32]
) -> None:
    for row in numba.prange(indices.shape[0]):
        for column in range(indices.shape[1]):
            total = 0.0
            other = indices[row, column]
            for coordinate in range(vectors.shape[1]):
                apart = np.float64(vectors[row, coordinate]) - vectors[other, coordinate]
                total += apart * apart
            distances[row, column] = np.sqrt(total)
