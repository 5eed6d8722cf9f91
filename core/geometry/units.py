"""Vectors scaled to length one."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def unit_rows(vectors: NDArray[np.floating], dtype: DTypeLike = np.float64) -> NDArray[Any]:
    """Return vectors (..., D) scaled to length one; those of length zero stay zero.

    Args:
        vectors: an array of any shape and float type; the last axis has the coordinates.
        dtype: the dtype of the computation and of the result.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]]))
    array([[0.6, 0.8],
           [0. , 0. ]])
    """
    rows = np.asarray(vectors, dtype=dtype)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    units: NDArray[Any] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return units
