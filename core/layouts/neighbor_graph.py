"""Who is nearest to whom, for every vector at once and exactly."""

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

BLOCK_NUMBERS = 1 << 23  # distances worked on at a time
_workqueue_lock = FairLock()


@dataclass(frozen=True)
class NeighborGraph:
    """For each vector, its nearest others, the nearest first.

    Args:
        indices: (N, K) int32, rows of the neighbours; the vector itself is none.
        distances: (N, K) float32, Euclidean.
    """

    indices: NDArray[np.int32]
    distances: NDArray[np.float32]


def neighbor_graph(vectors: NDArray[np.float32], count: int) -> NeighborGraph:
    """Return the `count` nearest others of every vector, by Euclidean distance.

    Every pair is compared, in float32: exactly, unless neighbours are nearer to one another than a
    thousandth of their distance from the middle.

    Args:
        vectors: (N, D) float32.
        count: K, 1 to N - 1.

    Raises:
        InputError: there are no `count` others.

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
    """Yield the share that is done, 0 to 1, and return what `neighbor_graph` returns."""
    total = len(vectors)
    if not 1 <= count < total:
        raise InputError(
            f"{total:,} words came and {count} neighbours of each were asked for; there are 1 to "
            f"{max(total - 1, 0):,}. Take more words or fewer neighbours."
        )
    where = device()
    # From their middle, where the squares below lose fewest digits.
    points = torch.from_numpy(vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32))
    points = points.to(where)
    squares = points.square().sum(1)
    indices = np.empty((total, count), dtype=np.int32)
    step = max(16, BLOCK_NUMBERS // total)
    for start in range(0, total, step):
        rows = slice(start, min(start + step, total))
        # |x - y|^2 less |x|^2, which changes no order: one matrix product and a sum.
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
    # The differences themselves: what a difference of squares leaves of a short distance is noise.
    distances = np.empty((total, count), dtype=np.float32)
    with processors():
        _distances(vectors, indices, distances)
    order = np.argsort(distances, axis=1, kind="stable")
    return NeighborGraph(
        np.take_along_axis(indices, order, axis=1), np.take_along_axis(distances, order, axis=1)
    )


@contextmanager
def processors() -> Iterator[None]:
    """Hold other threads back from dividing work among processors, where two may not at once.

    Without OpenMP (on macOS, mostly) numba has threads of its own, which end the whole process when
    two ask for them at the same time.
    """
    if _serves_many():
        yield
        return
    with _workqueue_lock:
        yield


def _serves_many() -> bool:
    try:
        return bool(numba.threading_layer() != "workqueue")  # type: ignore[attr-defined]
    except ValueError:  # nothing has been divided yet, so that it is not known
        return False


@numba.njit(nogil=True, cache=True)
def smallest(numbers: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """Return where the `count` smallest numbers are, (count,) intp, the smallest first.

    Far faster than sorting, since hardly any number is smaller than those found before it.
    """
    values = np.full(count, np.inf)
    places = np.full(count, -1, dtype=np.intp)
    limit = np.inf
    for place in range(len(numbers)):
        number = numbers[place]
        if number < limit or places[count - 1] < 0:
            slot = count - 1
            while slot > 0 and (values[slot - 1] > number or places[slot - 1] < 0):
                values[slot] = values[slot - 1]
                places[slot] = places[slot - 1]
                slot -= 1
            values[slot] = number
            places[slot] = place
            limit = values[count - 1]
    return places


@numba.njit(parallel=True, nogil=True, cache=True)
def _smallest_each(scores: NDArray[np.float32], found: NDArray[np.int32]) -> None:
    """Write the columns of each row's smallest scores into `found`, the smallest first."""
    for row in numba.prange(scores.shape[0]):
        found[row] = smallest(scores[row], found.shape[1])


@numba.njit(parallel=True, nogil=True, cache=True)
def _distances(
    vectors: NDArray[np.float32], indices: NDArray[np.int32], distances: NDArray[np.float32]
) -> None:
    for row in numba.prange(indices.shape[0]):
        for place in range(indices.shape[1]):
            total = 0.0
            other = indices[row, place]
            for coordinate in range(vectors.shape[1]):
                apart = np.float64(vectors[row, coordinate]) - vectors[other, coordinate]
                total += apart * apart
            distances[row, place] = np.sqrt(total)
