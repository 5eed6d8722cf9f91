"""The dot product of two vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class DotProduct:
    """The dot product of two vectors, its terms, and the angle between the vectors.

    Args:
        first: (D,) float64.
        second: (D,) float64.
        terms: the products of their coordinates, (D,) float64.
        total: the sum of the terms, which is the dot product.
        first_length: the Euclidean length of the first vector.
        second_length: the Euclidean length of the second vector.
        angle: the angle between the two, 0 to 180 degrees; NaN if one of them has length zero.
        cosine: the cosine of the angle, -1 to 1; 0 if one of them has length zero.
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
    def running_totals(self) -> Numbers:
        """The sum of the terms up to each one, (D,) float64; the last is the total."""
        return np.append(np.cumsum(self.terms)[:-1], self.total)


def dot_product(first: ArrayLike, second: ArrayLike) -> DotProduct:
    """Return the dot product of two vectors, the sum of the products of their coordinates.

    Terms that cancel leave rounding errors, so a total below 1e-14 of the summed magnitudes is
    set to zero.

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
            f"The vectors have the shapes {one.shape} and {other.shape}; a dot product needs two "
            "vectors of the same length."
        )
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        raise InputError("A coordinate is not a finite number. Type another number.")
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


def _angle(one: Numbers, other: Numbers) -> float:
    """Return the angle between vectors of length one in degrees, accurate for small angles too.

    It is computed from the diagonals of the rhombus that they span (Kahan 2006); the arc cosine
    loses half of the digits near 0 and 180 degrees.
    """
    diagonals = np.linalg.norm(one - other), np.linalg.norm(one + other)
    return float(np.degrees(2 * np.arctan2(*diagonals)))
