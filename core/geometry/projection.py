"""Linear pictures of a space: principal components, and slices through chosen directions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.device import device
from core.errors import InputError, NoDirectionError

BLOCK = 1 << 14  # rows worked on at a time: few enough for the cache, enough to be shared


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
        kind = rows.dtype if rows.dtype == np.float32 else np.float64
        center, axes = self.center.astype(kind), self.axes.T.astype(kind)
        drawn = np.empty((len(rows), len(self.axes)), dtype=np.float32)
        for start in range(0, len(rows), BLOCK):
            drawn[start : start + BLOCK] = (rows[start : start + BLOCK] - center) @ axes
        return drawn


def pca(vectors: NDArray[np.float32], components: int = 2) -> Projection:
    """Return the principal components of vectors: the axes that keep the most variance.

    From the covariance matrix (Pearson 1901), its products made on `core.device.device()`. The sign
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
    variances, directions = np.linalg.eigh(covariance)
    axes = directions.T[::-1][:components]
    signs = np.sign(axes[np.arange(components), np.abs(axes).argmax(axis=1)])
    total = max(float(variances.sum()), np.finfo(np.float64).tiny)
    explained = variances[::-1][:components].clip(min=0) / total
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
    total = max(float(np.trace(covariance)), np.finfo(np.float64).tiny)
    explained = np.einsum("kd,de,ke->k", basis, covariance, basis) / total
    return Projection(basis, np.zeros(basis.shape[1]), explained)


def perpendicular(
    vector: NDArray[np.float64], axes: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return the part of a vector (D,) at right angles to orthonormal axes, (D,) each."""
    for _ in range(2):  # once more, since the first pass leaves some rounding along the axes
        for axis in axes:
            vector = vector - (vector @ axis) * axis
    return vector


def _moments(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean (D,) and the covariance (D, D), both float64.

    One pass. What fits into one block is multiplied in float64; beyond, blocks are multiplied in
    float32, which is twice as fast, and added in float64.
    """
    count, dimensions = vectors.shape
    where = device()
    shift = _shift(vectors)
    total, products = np.zeros(dimensions), np.zeros((dimensions, dimensions))
    for start in range(0, count, BLOCK):
        rows = vectors[start : start + BLOCK]
        if count <= BLOCK:
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
    """Return about the middle of vectors that lie far from zero for their spread, else None.

    Squares of what lies far off lose the digits of what is near together; so the middle is taken
    off first. It costs a pass, and most embeddings do not need it.
    """
    some = vectors[:: max(1, len(vectors) // 1000)].astype(np.float64)
    middle, spread = some.mean(axis=0), some.var(axis=0)
    return middle.astype(np.float32) if (middle**2 > 100 * spread).any() else None
