"""Linear pictures of a space: principal components, and slices through chosen directions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.device import device
from core.errors import InputError, NoDirectionError

BLOCK = 1 << 12  # rows worked on at a time: few enough to stay in the cache


@dataclass(frozen=True)
class Projection:
    """A flat picture of a space: where each axis points, and where its middle is.

    Args:
        axes: (K, D) float64, of length one and at right angles to one another.
        center: (D,) float64, the point that is drawn at the origin.
        explained: (K,) float64, the share of the vectors' variance that each axis keeps, 0 to 1.
    """

    axes: NDArray[np.float64]
    center: NDArray[np.float64]
    explained: NDArray[np.float64]

    def project(self, vectors: ArrayLike) -> NDArray[np.float32]:
        """Return where vectors (N, D) are drawn, (N, K) float32."""
        rows = np.asarray(vectors)
        drawn = np.empty((len(rows), len(self.axes)), dtype=np.float32)
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK] - self.center
            drawn[start : start + BLOCK] = block @ self.axes.T
        return drawn


def pca(vectors: NDArray[np.float32], components: int = 2) -> Projection:
    """Return the principal components of vectors: the axes that keep the most variance.

    Exact, from the covariance matrix in float64 on `core.device.device()` (Pearson 1901). The sign
    of an axis is chosen so that its largest coordinate is positive.

    Args:
        vectors: (N, D) float32.
        components: how many axes, 1 to D.

    Raises:
        InputError: fewer than two vectors, or more components than dimensions.

    >>> line = np.array([[0, 0], [3, 4]], dtype=np.float32)
    >>> pca(line, 1).axes.round(3)
    array([[0.6, 0.8]])
    """
    count, dimensions = vectors.shape
    if count < 2:
        raise InputError(f"{count} words came; principal components need at least two.")
    if not 1 <= components <= dimensions:
        raise InputError(
            f"{components} principal components were asked for; there are 1 to {dimensions}."
        )
    center, covariance = _moments(vectors)
    variances, directions = torch.linalg.eigh(covariance)
    order = torch.arange(dimensions - 1, dimensions - 1 - components, -1)
    axes = directions.T.cpu()[order].numpy()
    signs = np.sign(axes[np.arange(components), np.abs(axes).argmax(axis=1)])
    total = max(float(variances.sum()), np.finfo(np.float64).tiny)
    explained = variances.cpu()[order].clamp(min=0).numpy() / total
    return Projection(axes * signs[:, None], center, explained)


def slice_through(
    vectors: NDArray[np.float32], directions: Sequence[ArrayLike], names: Sequence[str] = ()
) -> Projection:
    """Return the slice whose axes are chosen directions: a coordinate is a dot product.

    The first axis is the first direction; of each further one, the part at right angles to those
    before it (Gram and Schmidt).

    Args:
        vectors: (N, D) float32, for the share of variance that is kept.
        directions: K vectors, (D,) each.
        names: K names for messages.

    Raises:
        NoDirectionError: a direction is zero.
        InputError: a direction lies in the span of those before it.
    """
    axes: list[NDArray[np.float64]] = []
    for place, direction in enumerate(directions):
        name = names[place] if names else f"direction {place + 1}"
        vector = np.asarray(direction, dtype=np.float64)
        length = np.linalg.norm(vector)
        if length == 0:
            raise NoDirectionError(f"'{name}' is the zero vector, which points nowhere.")
        left = perpendicular(vector / length, axes)
        if np.linalg.norm(left) < 1e-6:
            raise InputError(
                f"'{name}' points where the axes before it point already; choose another direction."
            )
        axes.append(left / np.linalg.norm(left))
    basis = np.array(axes)
    _, covariance = _moments(vectors)
    matrix = covariance.cpu().numpy()
    total = max(float(np.trace(matrix)), np.finfo(np.float64).tiny)
    explained = np.einsum("kd,de,ke->k", basis, matrix, basis) / total
    return Projection(basis, np.zeros(basis.shape[1]), explained)


def perpendicular(
    vector: NDArray[np.float64], axes: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return the part of a vector (D,) at right angles to orthonormal axes, (D,) each."""
    for _ in range(2):  # once more, since the first pass leaves some rounding along the axes
        for axis in axes:
            vector = vector - (vector @ axis) * axis
    return vector


def _moments(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float64], torch.Tensor]:
    """Return the mean (D,) and the covariance (D, D), both float64."""
    where = device()
    precise = torch.float32 if where.type == "mps" else torch.float64  # MPS has no float64
    total = torch.zeros(vectors.shape[1], dtype=precise, device=where)
    products = torch.zeros(vectors.shape[1], vectors.shape[1], dtype=precise, device=where)
    for start in range(0, len(vectors), BLOCK):
        rows = torch.tensor(vectors[start : start + BLOCK]).to(where, precise)
        total += rows.sum(0)
        products += rows.T @ rows
    mean = total / len(vectors)
    covariance = products / len(vectors) - torch.outer(mean, mean)
    return mean.cpu().to(torch.float64).numpy(), covariance
