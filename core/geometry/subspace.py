"""The subspace spanned by some vectors, and orthogonal projections onto it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError, NoDirectionError

Numbers = NDArray[np.float64]

TOLERANCE = 1e-6  # of the largest singular value; smaller ones are rounding errors of float32


@dataclass(frozen=True)
class Subspace:
    """The subspace of all weighted sums of some vectors.

    Args:
        basis: (K, D) float64, orthonormal rows.
    """

    basis: Numbers

    @property
    def rank(self) -> int:
        """K, the number of dimensions of the subspace."""
        return len(self.basis)

    def project(self, vectors: ArrayLike) -> Numbers:
        """Return the orthogonal projections of vectors (N, D) onto the subspace, (N, D) float64.

        A projection is the point of the subspace nearest to a vector; the difference of the two is
        at right angles to the subspace.
        """
        rows = np.asarray(vectors, dtype=np.float64)
        projections: Numbers = rows @ self.basis.T @ self.basis
        return projections


def span(vectors: ArrayLike) -> Subspace:
    """Return the subspace that vectors span.

    The basis consists of the right singular vectors whose singular values are not zero up to
    rounding, so a vector that is a weighted sum of the others adds no dimension (Golub and Van
    Loan, Matrix Computations, 2.4 and 5.5).

    Args:
        vectors: (N, D) numbers, N at least one.

    Raises:
        InputError: the vectors hold NaN or infinity, or the shape is not (N, D).
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
            f"The vectors have the shape {rows.shape}; expected finite numbers, one row per vector."
        )
    if not rows.any():
        raise NoDirectionError(
            "All vectors are zero, so they span no subspace. Choose another word."
        )
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    return Subspace(directions[sizes > TOLERANCE * sizes[0]])


@dataclass(frozen=True)
class SubspaceProjection:
    """Vectors projected onto a subspace, and the shares of their lengths that remain.

    Args:
        vectors: the projections, (N, D) float64.
        kept: the length of each projection as a share of its vector's length, 0 to 1, (N,)
            float64; 1 for a zero vector.
        removed: the length of the removed part as a share of the vector's length, (N,) float64.
            The squares of `kept` and `removed` add up to one (Pythagoras).
    """

    vectors: Numbers
    kept: Numbers
    removed: Numbers


def project(subspace: Subspace, vectors: ArrayLike) -> SubspaceProjection:
    """Return the parts of vectors that lie in a subspace, and their shares of the length.

    Args:
        subspace: a subspace of the D-dimensional space.
        vectors: (N, D) numbers.

    >>> project(span([[1, 0]]), [[3, 4], [0, 2]]).kept
    array([0.6, 0. ])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    projections = subspace.project(rows)
    lengths = np.linalg.norm(rows, axis=1)
    kept, removed = np.ones_like(lengths), np.zeros_like(lengths)
    np.divide(np.linalg.norm(projections, axis=1), lengths, out=kept, where=lengths > 0)
    np.divide(np.linalg.norm(rows - projections, axis=1), lengths, out=removed, where=lengths > 0)
    return SubspaceProjection(projections, kept.clip(0, 1), removed.clip(0, 1))
