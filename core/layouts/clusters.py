"""Clusters of words by k-means.

Every word gets a cluster; density-based clustering (HDBSCAN) labels most words of such a space as
noise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError

COUNT = 8
MAX_FITTED = 20_000  # most frequent words; the others join the nearest centre
BLOCK_ROWS = 1 << 14


@dataclass(frozen=True)
class Clusters:
    """The cluster of each word.

    Args:
        labels: (N,) int16, 0 to C - 1; cluster 0 is the largest.
        centers: (C, D) float32.
        central: for each cluster, the rows of the words nearest to its centre.
    """

    labels: NDArray[np.int16]
    centers: NDArray[np.float32]
    central: tuple[tuple[int, ...], ...]


def clusters(
    vectors: NDArray[np.float32], count: int = COUNT, named_by: int = 5, seed: int = 0
) -> Clusters:
    """Return clusters of vectors by k-means (Lloyd 1982), initialised by k-means++.

    Args:
        vectors: (N, D) float32, the most frequent words first; of length one if
            clusters are of words at small angles.
        count: C, the number of clusters.
        named_by: number of central words of each cluster.
        seed: of the initialisation.

    Raises:
        InputError: there are fewer distinct vectors than clusters.

    >>> corners = np.array([[0, 0], [9, 9], [0, 1], [0, 2]], dtype=np.float32)
    >>> clusters(corners, 2).labels
    array([0, 1, 0, 0], dtype=int16)
    """
    from sklearn.cluster import KMeans

    fitted = vectors[:MAX_FITTED]
    # The first words are nearly always enough, and sorting all takes long.
    if all(len(np.unique(few, axis=0)) < count for few in (fitted[: 50 * count], fitted)):
        raise InputError(
            f"{count} clusters need as many different words; these are {len(vectors):,}. Take more "
            "words."
        )
    centers = KMeans(count, n_init=1, random_state=seed).fit(fitted).cluster_centers_
    labels = _nearest_center(vectors, centers)
    order = np.argsort(-np.bincount(labels, minlength=count), kind="stable")
    rank = np.empty(count, dtype=np.int16)
    rank[order] = np.arange(count)
    ordered: NDArray[np.int16] = rank[labels]
    centers = centers[order].astype(np.float32)
    central = []
    for label, center in enumerate(centers):
        rows = np.flatnonzero(ordered == label)
        apart = np.square(vectors[rows] - center).sum(axis=1)
        central.append(tuple(rows[np.argsort(apart, kind="stable")[:named_by]].tolist()))
    return Clusters(ordered, centers, tuple(central))


def _nearest_center(vectors: NDArray[np.float32], centers: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the index of the nearest centre of each vector, (N,) intp."""
    squares = np.square(centers).sum(axis=1)
    nearest = np.empty(len(vectors), dtype=np.intp)
    for start in range(0, len(vectors), BLOCK_ROWS):
        rows = vectors[start : start + BLOCK_ROWS]
        nearest[start : start + BLOCK_ROWS] = (squares - 2 * rows @ centers.T).argmin(axis=1)
    return nearest
