"""How far a picture of vectors can be believed: who is drawn near whom, and who truly is."""

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.layouts.neighbor_graph import processors, smallest

NEIGHBORS = 10
SAMPLE = 1_000  # words whose neighbours are looked at, in pictures of more
BLOCK_NUMBERS = 1 << 21  # distances worked on at a time
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class LayoutQuality:
    """How well a picture keeps neighbours, over all its words.

    Args:
        trustworthiness: near 1 when words drawn as neighbours are neighbours, or nearly.
        continuity: near 1 when neighbours are drawn as neighbours, or nearly.
        kept: of a word's neighbours, how many are among those drawn nearest to it; the mean.
        neighbors: how many neighbours a word has here, K.
        compared: of how many words the neighbours were compared.
    """

    trustworthiness: float
    continuity: float
    kept: float
    neighbors: int
    compared: int


@dataclass(frozen=True)
class NeighborsKept:
    """What a picture makes of one word's neighbours, the nearest first.

    Args:
        true: rows of its K nearest words in all dimensions, (K,) intp.
        drawn: rows of those drawn nearest to it, (K,) intp.
        kept: rows in both, (0 to K,) intp.
        lost: rows of true neighbours that are drawn farther off, (0 to K,) intp.
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
    """Return how well a picture keeps neighbours, by Euclidean distance.

    Trustworthiness and continuity are those of Venna and Kaski 2001: of every word that is a
    neighbour on one side only, how far behind the neighbours it stands on the other. Every word of
    the sample is compared with all N.

    Args:
        vectors: (N, D) float32; of length one, if near is to mean a small angle.
        coordinates: (N, K) float32, where they are drawn.
        neighbors: how many neighbours a word has, 1 to (N - 1) / 2.
        sample: of how many words to compare the neighbours; of all, when there are fewer.
        seed: of the sample.

    Raises:
        InputError: too few words for so many neighbours, or other shapes.
    """
    total = len(vectors)
    if len(coordinates) != total:
        raise InputError(f"{total:,} vectors came with {len(coordinates):,} places.")
    if not 1 <= neighbors < total / 2:
        raise InputError(
            f"{neighbors} neighbours were asked for among {total:,} words; for that it takes more "
            f"than {2 * neighbors:,} words."
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
    """Return what a picture makes of the neighbours of one word, by Euclidean distance.

    Args:
        vectors: (N, D) float32; of length one, if near is to mean a small angle.
        coordinates: (N, K) float32, where they are drawn.
        row: which word.
        neighbors: how many neighbours it has, K; all others, when there are fewer.

    >>> corners = np.array([[0, 0], [1, 0], [0, 2], [3, 0]], dtype=np.float32)
    >>> flat = corners[:, 1:]  # seen from the side
    >>> neighbors_kept(corners, flat, row=0, neighbors=2).lost
    array([2])
    """
    true, drawn = _nearest(vectors, row, neighbors), _nearest(coordinates, row, neighbors)
    kept = np.isin(true, drawn)
    return NeighborsKept(true, drawn, true[kept], true[~kept])


def _nearest(points: NDArray[np.float32], row: int, count: int) -> Rows:
    apart = np.square(points - points[row]).sum(axis=1)
    apart[row] = np.inf
    count = min(count, len(points) - 1)
    near = np.argpartition(apart, max(count - 1, 0))[:count]
    found: Rows = near[np.lexsort((near, apart[near]))]
    return found


def _centered(points: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = points.astype(np.float64)
    centered: NDArray[np.float64] = wide - wide.mean(axis=0)
    return centered


def _squared_distances(points: NDArray[np.float64], rows: Rows) -> NDArray[np.float64]:
    """Return the squared distances from some rows to all, (R, N); to a row itself, below all."""
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
    """Write for each row: intruders' ranks, lost ones' ranks, both beyond `count`; words kept."""
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
    """Return by how much the ranks of some columns exceed their number, summed over those beyond.

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
    for place in range(count):
        rank += nearer[place]
        total += max(0, rank - count)
    return total
