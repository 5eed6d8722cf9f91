"""Words that lie together, found without being told what they mean.

k-means, because every word gets a cluster: density (HDBSCAN) calls most words of such a space
noise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError

COUNT = 8
LEARNED_FROM = 20_000  # of the most frequent words; the others join the nearest centre
BLOCK = 1 << 14
SHORTEST = 3  # letters of a word in a name: shorter ones say little


@dataclass(frozen=True)
class Clusters:
    """Which cluster each word is in.

    Args:
        labels: (N,) int16, 0 to C - 1; cluster 0 is the largest.
        centers: (C, D) float32.
        central: for each cluster, the rows of the words nearest to its centre, nearest first.
    """

    labels: NDArray[np.int16]
    centers: NDArray[np.float32]
    central: tuple[tuple[int, ...], ...]


def clusters(
    vectors: NDArray[np.float32], count: int = COUNT, named_by: int = 5, seed: int = 0
) -> Clusters:
    """Return clusters of vectors by k-means (Lloyd 1982, started as k-means++ does).

    Args:
        vectors: (N, D) float32, the most frequent words first; of length one, if near is to mean
            a small angle.
        count: how many clusters, C.
        named_by: how many words nearest to the centre to name for each.
        seed: of the start.

    Raises:
        InputError: there are fewer different words than clusters.

    >>> corners = np.array([[0, 0], [9, 9], [0, 1], [0, 2]], dtype=np.float32)
    >>> clusters(corners, 2).labels
    array([0, 1, 0, 0], dtype=int16)
    """
    from sklearn.cluster import KMeans

    some = vectors[:LEARNED_FROM]
    # Nearly always the first few words tell, and sorting them all takes long.
    if all(len(np.unique(few, axis=0)) < count for few in (some[: 50 * count], some)):
        raise InputError(
            f"{len(vectors):,} words came for {count} clusters; there must be as many different "
            "ones. Take more words."
        )
    centers = KMeans(count, n_init=1, random_state=seed).fit(some).cluster_centers_
    labels = _nearest_center(vectors, centers)
    order = np.argsort(-np.bincount(labels, minlength=count), kind="stable")
    place = np.empty(count, dtype=np.int16)
    place[order] = np.arange(count)
    ordered: NDArray[np.int16] = place[labels]
    centers = centers[order].astype(np.float32)
    central = []
    for label, center in enumerate(centers):
        rows = np.flatnonzero(ordered == label)
        apart = np.square(vectors[rows] - center).sum(axis=1)
        central.append(tuple(rows[np.argsort(apart, kind="stable")[:named_by]].tolist()))
    return Clusters(ordered, centers, tuple(central))


def _nearest_center(vectors: NDArray[np.float32], centers: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the place of the nearest centre of each vector, (N,) intp."""
    squares = np.square(centers).sum(axis=1)
    found = np.empty(len(vectors), dtype=np.intp)
    for start in range(0, len(vectors), BLOCK):
        rows = vectors[start : start + BLOCK]
        found[start : start + BLOCK] = (squares - 2 * rows @ centers.T).argmin(axis=1)
    return found
