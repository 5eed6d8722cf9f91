"""Linear projections of a space: principal components, and slices along chosen directions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.device import device
from core.errors import InputError, NoDirectionError

BLOCK_ROWS = 1 << 14  # rows projected at a time: few enough for the cache, enough for all cores


@dataclass(frozen=True)
class Projection:
    """An orthogonal projection from D to K dimensions.

    Args:
        axes: (K, D) float64, orthonormal rows.
        center: (D,) float64, the point that is projected to the origin.
        explained: (K,) float64, the share of the vectors' variance along each axis, 0 to 1.
    """

    axes: NDArray[np.float64]
    center: NDArray[np.float64]
    explained: NDArray[np.float64]

    def project(self, vectors: ArrayLike) -> NDArray[np.float32]:
        """Return the coordinates of vectors (N, D) on the axes, (N, K) float32."""
        rows = np.asarray(vectors)
        dtype = rows.dtype if rows.dtype == np.float32 else np.float64
        center, axes = self.center.astype(dtype), self.axes.T.astype(dtype)
        coordinates = np.empty((len(rows), len(self.axes)), dtype=np.float32)
        for start in range(0, len(rows), BLOCK_ROWS):
            block = slice(start, start + BLOCK_ROWS)
            coordinates[block] = (rows[block] - center) @ axes
        return coordinates


def pca(vectors: NDArray[np.float32], components: int = 2) -> Projection:
    """Return the principal components of vectors: the axes with the largest variance.

    They are eigenvectors of the covariance matrix (Pearson 1901), which is computed on
    `core.device.device()`. The sign of each axis is chosen so that its largest coordinate is
    positive.

    Args:
        vectors: (N, D) float32.
        components: K, the number of axes, 1 to D.

    Raises:
        InputError: there are fewer than two vectors, or fewer dimensions than components.

    >>> line = np.array([[0, 0], [3, 4]], dtype=np.float32)
    >>> pca(line, 1).axes.round(3)
    array([[0.6, 0.8]])
    """
    count, dimensions = vectors.shape
    if count < 2:
        raise InputError(f"Principal components need at least two words, not {count}.")
    if not 1 <= components <= dimensions:
        raise InputError(f"There are 1 to {dimensions} principal components, not {components}.")
    center, covariance = _moments(vectors)
    variances, directions = np.linalg.eigh(covariance)
    axes = directions.T[::-1][:components]
    signs = np.sign(axes[np.arange(components), np.abs(axes).argmax(axis=1)])
    total = max(float(variances.sum()), np.finfo(np.float64).tiny)
    explained = variances[::-1][:components].clip(min=0) / total
    return Projection(axes * signs[:, None], center, explained)


def slice_through(
    vectors: NDArray[np.float32], directions: Sequence[ArrayLike], names: Sequence[str] = ()
) -> Projection:
    """Return the projection onto some directions, made orthonormal.

    The first axis is the first direction; each further axis is the part of its direction that is
    at right angles to the axes before it (Gram and Schmidt).

    Args:
        vectors: (N, D) float32, of which the explained variance is computed.
        directions: K vectors, (D,) each, of any length.
        names: K names for error messages.

    Raises:
        NoDirectionError: a direction is zero.
        InputError: a direction lies in the span of those before it.
    """
    axes: list[NDArray[np.float64]] = []
    for number, direction in enumerate(directions, 1):
        name = names[number - 1] if names else f"direction {number}"
        vector = np.asarray(direction, dtype=np.float64)
        length = np.linalg.norm(vector)
        if length == 0:
            raise NoDirectionError(
                f"'{name}' is the zero vector, which has no direction. Change a word."
            )
        rest = perpendicular(vector / length, axes)
        if np.linalg.norm(rest) < 1e-6:
            raise InputError(f"'{name}' lies within the axes before it. Choose another direction.")
        axes.append(rest / np.linalg.norm(rest))
    basis = np.array(axes)
    _, covariance = _moments(vectors)
    total = max(float(np.trace(covariance)), np.finfo(np.float64).tiny)
    explained = np.einsum("kd,de,ke->k", basis, covariance, basis) / total
    return Projection(basis, np.zeros(basis.shape[1]), explained)


def perpendicular(
    vector: NDArray[np.float64], axes: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return the part of a vector (D,) at right angles to orthonormal axes, (D,) each."""
    for _ in range(2):  # since the first pass leaves rounding errors along the axes
        for axis in axes:
            vector = vector - (vector @ axis) * axis
    return vector


def _moments(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean (D,) and the covariance (D, D), both float64.

    They are computed in one pass. Vectors that fit into one block are multiplied in float64.
    Otherwise each block is multiplied in float32, which is twice as fast, and the products are
    added in float64.
    """
    count, dimensions = vectors.shape
    where = device()
    shift = _shift(vectors)
    total, products = np.zeros(dimensions), np.zeros((dimensions, dimensions))
    for start in range(0, count, BLOCK_ROWS):
        rows = vectors[start : start + BLOCK_ROWS]
        if count <= BLOCK_ROWS:
            rows = rows.astype(np.float64)
        if shift is not None:
            rows = rows - shift
        total += np.ones(len(rows), dtype=rows.dtype) @ rows
        if where.type == "cpu":
            products += rows.T @ rows
        else:
            moved = torch.from_numpy(rows.astype(np.float32)).to(where)
            products += (moved.T @ moved).cpu().numpy()
    mean = total / count
    covariance = products / count - np.outer(mean, mean)
    return mean if shift is None else mean + shift, covariance


def _shift(vectors: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Return the approximate mean of the vectors if it is large compared with their variance.

    The squares of such vectors lose the digits in which they differ, so the mean is subtracted
    first. This copies each block, and most embeddings do not need it; for these, return None.
    """
    sample = vectors[:: max(1, len(vectors) // 1000)].astype(np.float64)
    mean, variance = sample.mean(axis=0), sample.var(axis=0)
    return mean.astype(np.float32) if (mean**2 > 100 * variance).any() else None
