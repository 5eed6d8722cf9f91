"""One set of axes for all snapshots of a run, so that in its picture only words move."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Axes:
    """The axes of a picture and its center.

    Args:
        axes: (K, D) float64, orthonormal; zeros if there are fewer than K.
        center: (D,) float64.
    """

    axes: Numbers
    center: Numbers

    def project(self, vectors: NDArray[np.floating]) -> Numbers:
        """Return the coordinates of vectors (..., D) on the axes, (..., K) float64."""
        coordinates: Numbers = (vectors - self.center) @ self.axes.T
        return coordinates

    def kept_share(self, vectors: NDArray[np.floating]) -> Numbers:
        """Return the share of the squared distances between words that their picture keeps.

        Args:
            vectors: (..., N, D), pictures of N words.

        Returns:
            (...), 0 to 1; NaN where all words are at one point.

        >>> axes = principal_axes(np.array([[3, 0, 0], [0, 2, 0], [-3, 0, 0], [0, -2, 0]]))
        >>> axes.kept_share(np.array([[1, 0, 1], [-1, 0, -1]])).item()
        0.5
        """
        rows = np.asarray(vectors, dtype=np.float64)
        rows = rows - rows.mean(axis=-2, keepdims=True)
        whole = np.square(rows).sum(axis=(-2, -1))
        drawn = np.square(rows @ self.axes.T).sum(axis=(-2, -1))
        share: Numbers = np.divide(drawn, whole, out=np.full_like(whole, np.nan), where=whole > 0)
        return share


def principal_axes(
    vectors: NDArray[np.floating], before: Axes | None = None, components: int = 2
) -> Axes:
    """Return the principal axes of vectors, aligned with those of the previous picture.

    The axes are rotated and flipped within their plane (orthogonal Procrustes, Schönemann 1966), so
    that a picture that is updated while a run goes on does not jump.

    Args:
        vectors: (N, D) of the words shown.
        before: the axes of the previous picture.
        components: K.

    >>> cross = np.array([[0, 0, 1], [0, 0, -1], [0, 0.5, 0], [0, -0.5, 0]])
    >>> abs(principal_axes(cross).axes.round(3))
    array([[0., 0., 1.],
           [0., 1., 0.]])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    center = rows.mean(axis=0)
    _, _, components_of_rows = np.linalg.svd(rows - center, full_matrices=False)
    axes = np.zeros((components, rows.shape[1]))
    axes[: len(components_of_rows)] = components_of_rows[:components]
    largest = axes[np.arange(components), np.abs(axes).argmax(axis=1)]
    axes *= np.where(largest < 0, -1, 1)[:, None]
    if before is None or before.axes.shape != axes.shape:
        return Axes(axes, center)
    drawn, wanted = (rows - center) @ axes.T, before.project(rows)
    left, _, right = np.linalg.svd(drawn.T @ (wanted - wanted.mean(axis=0)))
    return Axes((left @ right).T @ axes, center)
