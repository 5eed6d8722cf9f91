"""The scores of words for a sum whose tip is moved within the plane of its drawing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer
from core.geometry.construction import Construction
from core.geometry.neighbors import Metric


@dataclass(frozen=True)
class MovableTip:
    """What is needed to score N words for any tip in a plane, without their vectors.

    A tip with the coordinates t is the vector `base + t @ axes`. Its dot product with a word is
    `dots + along @ t`, and its squared length is `base_square + 2 * base_along @ t + t @ t`.

    Args:
        words: N words.
        dots: their dot products with the base, (N,) float64.
        along: their dot products with the axes, (N, 2) float64.
        squares: the squares of their lengths, (N,) float64.
        positions: their coordinates in the drawing, (N, 2) float64.
        base_square: the square of the base's length.
        base_along: the dot products of the base with the axes, (2,) float64.
    """

    words: tuple[str, ...]
    dots: NDArray[np.float64]
    along: NDArray[np.float64]
    squares: NDArray[np.float64]
    positions: NDArray[np.float64]
    base_square: float
    base_along: NDArray[np.float64]

    def scores(self, tip: NDArray[np.float64], metric: Metric) -> NDArray[np.float64]:
        """Return the scores of the words for a tip, (N,) float64; a distance for `euclidean`.

        Args:
            tip: its coordinates, (2,) float64.
            metric: how they are scored.
        """
        dots = self.dots + self.along @ tip
        square = self.base_square + 2 * self.base_along @ tip + tip @ tip
        if metric == "dot":
            return dots
        if metric == "euclidean":
            return np.sqrt(np.maximum(square - 2 * dots + self.squares, 0))
        return dots / np.sqrt(square * self.squares)


def movable_tip(embeddings: Embeddings, answer: Answer, drawing: Construction) -> MovableTip:
    """Return the words nearest to an answer with what scores them for other tips.

    Args:
        embeddings: the embeddings of the words.
        answer: its words without those of the expression are scored.
        drawing: the answer in two dimensions.
    """
    neighbors = answer.without_inputs
    vectors = embeddings.vectors[neighbors.indices].astype(np.float64)
    # What the sum has beside its coordinates in the plane: the base stays while the tip moves.
    base = answer.sum.vector - drawing.tip @ drawing.axes
    return MovableTip(
        words=neighbors.words,
        dots=vectors @ base,
        along=vectors @ drawing.axes.T,
        squares=np.square(vectors).sum(axis=1),
        positions=(vectors - drawing.center) @ drawing.axes.T,
        base_square=float(base @ base),
        base_along=drawing.axes @ base,
    )
