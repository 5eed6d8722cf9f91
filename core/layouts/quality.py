"""The quality of a layout: how well it keeps the neighbours of the vectors."""

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from core.errors import InputError
from core.layouts.neighbor_graph import processors, smallest

NEIGHBORS = 10
SAMPLE = 1_000  # words whose neighbours are compared, at most
BLOCK_NUMBERS = 1 << 21  # distances computed at a time
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class LayoutQuality:
    """How well a layout keeps neighbours, over all its words.

    Args:
        trustworthiness: 0 to 1; near 1 if words drawn close together are close.
        continuity: 0 to 1; near 1 if close words are drawn close together.
        kept: the mean number of a word's K neighbours that are among the K drawn nearest to it.
        neighbors: K, the number of neighbours of a word.
        compared: number of words whose neighbours were compared.
    """

    trustworthiness: float
    continuity: float
    kept: float
    neighbors: int
    compared: int


@dataclass(frozen=True)
class NeighborsKept:
    """The neighbours of one word that a layout keeps and loses, nearest first.

    Args:
        true: rows of its K nearest words in all dimensions, (K,) intp.
        drawn: rows of the K words drawn nearest to it, (K,) intp.
        kept: rows that are in both, (0 to K,) intp.
        lost: rows of true neighbours that are not drawn among the nearest, (0 to K,) intp.
    """

    true: Rows
    drawn: Rows
    kept: Rows
    lost: Rows


def layout_quality(
    vectors: NDArray[np.float32],
    coordinates: NDArray[np.float32],
    neighbors: int = NEIGHBORS,
    sample: int = SAMPLE,
    seed: int = 0,
) -> LayoutQuality:
    """Return how well a layout keeps neighbours, by Euclidean distance.

    Trustworthiness and continuity (Venna and Kaski 2001) sum, over all words that are neighbours in
    the layout only or in the vectors only, by how much their rank exceeds the number of neighbours.
    Every word of the sample is compared with all N words.

    Args:
        vectors: (N, D) float32; of length one if neighbours are words at a small angle.
        coordinates: (N, K) float32, of the layout.
        neighbors: number of neighbours of a word, 1 to (N - 1) / 2.
        sample: number of words whose neighbours are compared; all, if there are fewer.
        seed: of the sample.

    Raises:
        InputError: there are too few words for so many neighbours, or the shapes differ.
    """
    total = len(vectors)
    if len(coordinates) != total:
        raise InputError(
            f"There are {total:,} vectors but {len(coordinates):,} rows of coordinates."
        )
    if not 1 <= neighbors < total / 2:
        raise InputError(
            f"{neighbors} neighbours need more than {2 * neighbors:,} words; these are {total:,}."
        )
    rows = np.arange(total)
    if sample < total:
        rows = np.sort(np.random.default_rng(seed).choice(total, sample, replace=False))
    true, drawn = _centered(vectors), _centered(coordinates)
    sums = np.zeros((3, len(rows)))
    step = max(8, BLOCK_NUMBERS // total)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        apart = _squared_distances(true, some)
        apart_drawn = _squared_distances(drawn, some)
        with processors():
            _compare(apart, apart_drawn, neighbors, sums[:, start : start + step])
    worst = neighbors * (2 * total - 3 * neighbors - 1) / 2
    trust, continuity, kept = sums.mean(axis=1)
    return LayoutQuality(
        float(1 - trust / worst), float(1 - continuity / worst), float(kept), neighbors, len(rows)
    )


def neighbors_kept(
    vectors: NDArray[np.float32],
    coordinates: NDArray[np.float32],
    row: int,
    neighbors: int = NEIGHBORS,
) -> NeighborsKept:
    """Return the neighbours of one word that a layout keeps and loses, by Euclidean distance.

    Args:
        vectors: (N, D) float32; of length one if neighbours are words at a small angle.
        coordinates: (N, K) float32, of the layout.
        row: of the word.
        neighbors: number of its neighbours; all others, if there are fewer.

    >>> corners = np.array([[0, 0], [1, 0], [0, 2], [3, 0]], dtype=np.float32)
    >>> flat = corners[:, 1:]  # seen from the side
    >>> neighbors_kept(corners, flat, row=0, neighbors=2).lost
    array([2])
    """
    true, drawn = _nearest(vectors, row, neighbors), _nearest(coordinates, row, neighbors)
    kept = np.isin(true, drawn)
    return NeighborsKept(true, drawn, true[kept], true[~kept])


def closest_points(points: NDArray[np.float32]) -> Rows:
    """Return the row of the other point closest to each of N points, (N,) intp.

    Args:
        points: (N, K) float32, at least two.

    >>> closest_points(np.array([[0, 0], [1, 0], [5, 5]], dtype=np.float32)).tolist()
    [1, 0, 1]
    """
    closest: Rows = NearestNeighbors(n_neighbors=1).fit(points).kneighbors(return_distance=False)
    return closest[:, 0]


def _nearest(points: NDArray[np.float32], row: int, count: int) -> Rows:
    apart = np.square(points - points[row]).sum(axis=1)
    apart[row] = np.inf
    count = min(count, len(points) - 1)
    near = np.argpartition(apart, max(count - 1, 0))[:count]
    rows: Rows = near[np.lexsort((near, apart[near]))]
    return rows


def _centered(points: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = points.astype(np.float64)
    centered: NDArray[np.float64] = wide - wide.mean(axis=0)
    return centered


def _squared_distances(points: NDArray[np.float64], rows: Rows) -> NDArray[np.float64]:
    """Return the squared distances from some rows to all, (R, N); -inf to a row itself."""
    squares = np.einsum("nd,nd->n", points, points)
    apart: NDArray[np.float64] = squares + squares[rows, None] - 2 * points[rows] @ points.T
    apart[np.arange(len(rows)), rows] = -np.inf
    return apart


@numba.njit(parallel=True, nogil=True, cache=True)
def _compare(
    apart: NDArray[np.float64],
    apart_drawn: NDArray[np.float64],
    count: int,
    sums: NDArray[np.float64],
) -> None:
    """Write the excess ranks of false and of lost neighbours, and the number kept, for each row."""
    for row in numba.prange(apart.shape[0]):
        near = smallest(apart[row], count + 1)[1:]  # the first is the row itself
        near_drawn = smallest(apart_drawn[row], count + 1)[1:]
        sums[0, row] = _ranks_beyond(apart[row], near_drawn)
        sums[1, row] = _ranks_beyond(apart_drawn[row], near)
        for one in near:
            for other in near_drawn:
                sums[2, row] += one == other


@numba.njit(nogil=True, cache=True)
def _ranks_beyond(apart: NDArray[np.float64], chosen: NDArray[np.intp]) -> float:
    """Return by how much the ranks of some columns exceed their number, summed over the columns.

    The column of the row itself has rank 0.
    """
    limits = np.sort(apart[chosen])
    count = len(limits)
    nearer = np.zeros(count + 1, dtype=np.int64)
    for distance in apart:
        if distance < limits[count - 1]:
            nearer[np.searchsorted(limits, distance, side="right")] += 1
    total = 0.0
    rank = 0
    for index in range(count):
        rank += nearer[index]
        total += max(0, rank - count)
    return total
