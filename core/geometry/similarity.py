"""The similarities of all pairs of vectors, and an order by similarity."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError
from core.geometry.neighbors import METRICS, Metric
from core.geometry.units import unit_rows

Numbers = NDArray[np.float64]


def similarities(vectors: ArrayLike, metric: Metric = "cosine") -> Numbers:
    """Return the similarities of all pairs of N vectors, (N, N) float64.

    Args:
        vectors: (N, D) numbers.
        metric: `cosine`, which is 0 with a vector of length zero; `dot`; or `euclidean`, the
            distance, which is smaller for more similar vectors.

    Raises:
        InputError: the metric is unknown, or the vectors hold NaN or infinity.

    >>> similarities([[1, 0], [3, 4]]).round(2)
    array([[1. , 0.6],
           [0.6, 1. ]])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if metric not in METRICS:
        raise InputError(f"'{metric}' is not a metric; use one of {', '.join(METRICS)}.")
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise InputError(
            f"The vectors have the shape {rows.shape}; expected finite numbers, one row per vector."
        )
    if metric == "euclidean":
        from scipy.spatial.distance import cdist

        distances: Numbers = cdist(rows, rows)
        return distances
    if metric == "cosine":
        rows = unit_rows(rows)
    products: Numbers = rows @ rows.T
    return np.clip(products, -1, 1) if metric == "cosine" else products


def cluster_order(vectors: ArrayLike, metric: Metric = "cosine") -> NDArray[np.intp]:
    """Return an order that puts similar vectors next to each other, (N,) intp.

    The vectors are clustered by average linkage (Sokal and Michener 1958) of the cosine distance,
    1 - cosine, or of the Euclidean distance for `euclidean`. The leaves of the tree are ordered
    optimally: with the smallest sum of distances between adjacent leaves (Bar-Joseph, Gifford and
    Jaakkola 2001).

    Args:
        vectors: (N, D) numbers.
        metric: as for `similarities`.

    >>> cluster_order([[0, 1], [1, 0], [0.1, 1]]).tolist()
    [0, 2, 1]
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    rows = np.asarray(vectors, dtype=np.float64)
    if len(rows) < 3:
        return np.arange(len(rows))
    if metric == "euclidean":
        distances = similarities(rows, metric)
    else:
        distances = 1 - similarities(rows, "cosine")
    tree = linkage(squareform(distances, checks=False), "average", optimal_ordering=True)
    order: NDArray[np.intp] = leaves_list(tree).astype(np.intp)
    # The reverse order is equally good: start with the end that is nearer to the first vector.
    return order if order.argmin() < len(order) / 2 else order[::-1]
