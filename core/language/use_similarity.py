"""How similar the uses of a word are to one another, layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.geometry.units import unit_rows
from core.language.context import Uses


@dataclass(frozen=True, eq=False)
class UseSimilarity:
    """How similar the uses of a word are at each layer, as mean cosines.

    Args:
        same: (L + 1,) float64, of pairs of the same sense; NaN where there are none.
        different: (L + 1,) float64, of pairs of different senses; likewise.
        all_pairs: (L + 1,) float64, of all pairs.
        nearest: (L + 1,) int64, the number of uses whose most similar other one has the same sense.
        comparable: the number of uses whose sense another one shares.
    """

    same: NDArray[np.float64]
    different: NDArray[np.float64]
    all_pairs: NDArray[np.float64]
    nearest: NDArray[np.int64]
    comparable: int


def use_similarity(uses: Uses) -> UseSimilarity:
    """Return how similar the uses are at each layer: within a sense, between senses, over all."""
    cosines = cosines_by_layer(uses)
    senses = [sentence.sense for sentence in uses.sentences]
    pairs = list(combinations(range(len(senses)), 2))
    named = [(one, other) for one, other in pairs if senses[one] and senses[other]]
    same = [pair for pair in named if senses[pair[0]] == senses[pair[1]]]
    different = [pair for pair in named if senses[pair[0]] != senses[pair[1]]]
    comparable = sorted({row for pair in same for row in pair}) if different else []
    others = cosines.copy()
    others[:, np.arange(len(senses)), np.arange(len(senses))] = -np.inf
    others[:, :, [row for row, sense in enumerate(senses) if not sense]] = -np.inf
    best = others.argmax(axis=2)
    nearest = [sum(senses[layer[row]] == senses[row] for row in comparable) for layer in best]
    return UseSimilarity(
        _mean(cosines, same),
        _mean(cosines, different),
        _mean(cosines, pairs),
        np.array(nearest, dtype=np.int64),
        len(comparable),
    )


def cosines_by_layer(uses: Uses) -> NDArray[np.float64]:
    """Return the cosine of each two uses at each layer, (L + 1, N, N), -1 to 1."""
    vectors: NDArray[np.float64] = unit_rows(uses.vectors)
    return np.clip(vectors @ vectors.swapaxes(1, 2), -1, 1)


def _mean(cosines: NDArray[np.float64], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    if not pairs:
        return np.full(len(cosines), np.nan)
    one, other = zip(*pairs, strict=True)
    mean: NDArray[np.float64] = cosines[:, one, other].mean(axis=1)
    return mean
