"""The sentence above the vectors of a word and its neighbours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pages.shared.page_frame import plain
from viz.numbers import fixed


def shared_dimension(words: Sequence[str], vectors: NDArray[np.float32]) -> str:
    """Return, in Markdown, the dimension in which words have large numbers of the same sign.

    Args:
        words: N words.
        vectors: their vectors, (N, D) float32.

    >>> shared_dimension(["a", "b"], np.array([[1, -3, 2], [2, -2, -2]], dtype=np.float32))
    'Look at dimension 2: all 2 words have a number below zero there, −3.0, −2.0.'
    """
    signs = np.sign(vectors)
    shared = np.abs(vectors).min(axis=0) * (signs == signs[0]).all(axis=0)
    dimension = int(shared.argmax())
    column = vectors[:, dimension]
    if not shared[dimension]:
        return f"**{plain(words[0])}** has no dimension in common with the rows below it."
    side = "above" if column[0] > 0 else "below"
    values = ", ".join(fixed(value, 1) for value in column.tolist())
    return (
        f"Look at dimension {dimension + 1}: all {len(words)} words have a number {side} zero "
        f"there, {values}."
    )
