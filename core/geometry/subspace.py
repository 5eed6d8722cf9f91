"""The subspace that a few vectors span, and what of other vectors lies in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError, NoDirectionError

Numbers = NDArray[np.float64]

TOLERANCE = 1e-6  # of the largest singular value: what is smaller is rounding of float32 numbers


@dataclass(frozen=True)
class Subspace:
    """All weighted sums of some vectors.

    Args:
        basis: (K, D) float64, of length one and at right angles to one another.
    """

    basis: Numbers

    @property
    def rank(self) -> int:
        """K, the number of dimensions of the subspace."""
        return len(self.basis)

    def project(self, vectors: ArrayLike) -> Numbers:
        """Return the points of the subspace nearest to vectors (N, D), (N, D) float64.

        It is the orthogonal projection: what is taken away stands at right angles to the subspace.
        """
        rows = np.asarray(vectors, dtype=np.float64)
        shadows: Numbers = rows @ self.basis.T @ self.basis
        return shadows


def span(vectors: ArrayLike) -> Subspace:
    """Return the subspace that vectors span.

    The basis is that of the singular value decomposition: its right singular vectors, without
    those whose singular value is zero but for rounding. So a vector that is a sum of the others
    adds nothing (Golub and Van Loan, Matrix Computations, 2.4 and 5.5).

    Args:
        vectors: (N, D) numbers, N at least one.

    Raises:
        InputError: the vectors hold NaN or infinity, or are no rows.
        NoDirectionError: all of them are zero, or there are none.

    >>> plane = span([[1, 0, 0], [1, 1, 0], [0, 5, 0]])
    >>> plane.rank
    2
    >>> plane.project([[3, 4, 12]]).round(6)
    array([[3., 4., 0.]])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise InputError(
            f"Vectors of shape {rows.shape} came; expected rows of finite numbers, one a vector."
        )
    if not rows.any():
        raise NoDirectionError(
            "Nothing but zero vectors came, which span no subspace; name another word."
        )
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    return Subspace(directions[sizes > TOLERANCE * sizes[0]])


@dataclass(frozen=True)
class Squashed:
    """Vectors projected onto a subspace, and what the projection took away.

    Args:
        vectors: their projections, (N, D) float64.
        left: the share of each vector's length that is left, 0 to 1, (N,) float64.
        lost: the length of what was taken away as such a share; the squares of `left` and `lost`
            add up to one (Pythagoras). Of a zero vector all is left.
    """

    vectors: Numbers
    left: Numbers
    lost: Numbers


def squash(subspace: Subspace, vectors: ArrayLike) -> Squashed:
    """Return vectors (N, D) with only that part kept which lies in a subspace.

    >>> squash(span([[1, 0]]), [[3, 4], [0, 2]]).left
    array([0.6, 0. ])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    shadows = subspace.project(rows)
    lengths = np.linalg.norm(rows, axis=1)
    there = lengths > 0
    left, lost = np.ones_like(lengths), np.zeros_like(lengths)
    np.divide(np.linalg.norm(shadows, axis=1), lengths, out=left, where=there)
    np.divide(np.linalg.norm(rows - shadows, axis=1), lengths, out=lost, where=there)
    return Squashed(shadows, left.clip(0, 1), lost.clip(0, 1))
