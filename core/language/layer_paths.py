"""The path of a word from its static vector through the layers, projected onto a plane."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.geometry.projection import pca
from core.geometry.units import unit_rows
from core.language.context import Uses


@dataclass(frozen=True, eq=False)
class Paths:
    """The paths of a word through the layers, projected onto a plane.

    Args:
        positions: (L + 2, N, 2) float32; first the static vector, then layers 0 to L.
        explained: the share of the variance that the plane keeps, 0 to 1.
        differences: whether the mean of the uses was subtracted at each layer.
    """

    positions: NDArray[np.float32]
    explained: float
    differences: bool

    def __post_init__(self) -> None:
        self.positions.setflags(write=False)


def paths(uses: Uses, *, differences: bool = True) -> Paths:
    """Return the paths of the uses through the layers, on their two principal components.

    Vectors are scaled to length 1 first, since it is their directions that are compared.

    Args:
        uses: from `uses_of`.
        differences: whether the mean of the uses is subtracted at each layer. The layers differ
            from one another far more than the uses do; without it, one sees mostly that.
    """
    static = np.repeat(uses.static[None, None], uses.vectors.shape[1], axis=1)
    stops = unit_rows(np.concatenate([static, uses.vectors]))
    if differences:
        stops -= stops.mean(axis=1, keepdims=True)
    points = stops.reshape(-1, stops.shape[-1]).astype(np.float32)
    projection = pca(points)
    positions = projection.project(points).reshape(*stops.shape[:2], 2)
    return Paths(positions, float(projection.explained.sum()), differences)
