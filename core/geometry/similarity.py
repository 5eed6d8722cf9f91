"""How alike vectors are: the dot product of two, and of each two of many."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError
from core.geometry.neighbors import METRICS, Metric
from core.geometry.units import unit_rows

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class DotProduct:
    """The dot product of two vectors, term by term, and what it says of their angle.

    Args:
        first: (D,) float64.
        second: (D,) float64.
        terms: the products of the coordinates, (D,) float64.
        total: their sum, which is the dot product.
        first_length: the Euclidean length of the first vector.
        second_length: that of the second.
        angle: between the two, 0 to 180 degrees; NaN if one of them has length zero.
        cosine: of the angle; 0 if one of them has length zero.
    """

    first: Numbers
    second: Numbers
    terms: Numbers
    total: float
    first_length: float
    second_length: float
    angle: float
    cosine: float

    @property
    def so_far(self) -> Numbers:
        """The sum of the terms up to each one, (D,) float64; the last is the total."""
        return np.append(np.cumsum(self.terms)[:-1], self.total)


def dot_product(first: ArrayLike, second: ArrayLike) -> DotProduct:
    """Return the dot product of two vectors, the sum of the products of their coordinates.

    What is left of terms that cancel is rounding: a total of 1e-14 of what went in is zero.

    Args:
        first: (D,) numbers.
        second: (D,) numbers.

    Raises:
        InputError: they have different shapes, or hold NaN or infinity.

    >>> product = dot_product([9, -5, 6], [8, -4, 6])
    >>> product.terms
    array([72., 20., 36.])
    >>> product.total
    128.0
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.ndim != 1 or one.shape != other.shape:
        raise InputError(
            f"Vectors of shape {one.shape} and {other.shape} came; a dot product needs two rows of "
            "as many numbers each."
        )
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        raise InputError("A vector holds a coordinate that is no finite number; type another one.")
    terms = one * other
    total = float(terms.sum())
    if abs(total) <= 1e-14 * np.abs(terms).sum():
        total = 0.0
    lengths = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    angle, cosine = np.nan, 0.0
    if all(lengths):
        angle = _angle(one / lengths[0], other / lengths[1]) if total else 90.0
        cosine = float(np.clip(total / lengths[0] / lengths[1], -1, 1))
    return DotProduct(one, other, terms, total, *lengths, angle, cosine)


def similarities(vectors: ArrayLike, metric: Metric = "cosine") -> Numbers:
    """Return how alike each of N vectors is to each, (N, N) float64, in double precision.

    Args:
        vectors: (N, D) numbers.
        metric: `cosine`, where a vector of length zero has cosine 0 with everything; `dot`; or
            `euclidean`, the distance, where less is more alike.

    Raises:
        InputError: no such metric, or the vectors hold NaN or infinity.

    >>> similarities([[1, 0], [3, 4]]).round(2)
    array([[1. , 0.6],
           [0.6, 1. ]])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if metric not in METRICS:
        raise InputError(f"'{metric}' is no measure; use one of {', '.join(METRICS)}.")
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise InputError(
            f"Vectors of shape {rows.shape} came; expected rows of finite numbers, one a vector."
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
    """Return an order in which like vectors stand beside one another, (N,) intp.

    Average linkage (Sokal and Michener 1958) on the cosine distance, 1 - cosine, or for
    `euclidean` on the distance; of all orders that the tree of clusters allows, the one in which
    neighbours are nearest to each other (Bar-Joseph, Gifford and Jaakkola 2001).

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
    # A tree can be read from either end; begin where the list began.
    return order if order.argmin() < len(order) / 2 else order[::-1]


def _angle(one: Numbers, other: Numbers) -> float:
    """Return the angle between vectors of length one in degrees, exact for small angles too.

    From the diagonals of the rhombus they span (Kahan 2006): an arc cosine loses half the digits
    near 0 and 180 degrees.
    """
    diagonals = np.linalg.norm(one - other), np.linalg.norm(one + other)
    return float(np.degrees(2 * np.arctan2(*diagonals)))
