"""Whether words of a group are beside each other in a picture."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def nearest_in_group(points: NDArray[np.floating], groups: Sequence[int]) -> NDArray[np.bool_]:
    """Return for each word of a group with others whether its nearest point is one of them.

    Args:
        points: (N, K), the words in a picture, two or more.
        groups: for each word the number of its group.

    Returns:
        (M,) bool, for the M words that have another word in their group.

    >>> points = np.array([[0, 0], [0, 1], [5, 0], [5, 3], [0, 1.5]])
    >>> nearest_in_group(points, [0, 0, 1, 1, 2]).tolist()
    [True, False, True, True]
    """
    rows, group = np.asarray(points, dtype=np.float64), np.asarray(groups)
    distances = np.square(rows[:, None] - rows[None]).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    same: NDArray[np.bool_] = group[distances.argmin(axis=1)] == group
    has_others = (group[:, None] == group[None]).sum(axis=1) > 1
    found: NDArray[np.bool_] = same[has_others]
    return found
