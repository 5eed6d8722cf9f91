"""The words that are trained, and the probabilities of keeping them and drawing them as noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words with their counts; the id of a word is its index.

    Args:
        words: V words, the most frequent first.
        counts: (V,) int64, how often each occurs.
    """

    words: tuple[str, ...]
    counts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def ids(self) -> dict[str, int]:
        """The id of each word."""
        return {word: index for index, word in enumerate(self.words)}

    def kept(self, threshold: float) -> NDArray[np.float32]:
        """Return the probability that an occurrence of each word is kept, (V,) float32.

        As in word2vec's program: sqrt(t/f) + t/f for a word with the share f of all words. The
        formula in the paper (Mikolov et al. 2013, section 2.3) has the first term only and keeps a
        little less.

        Args:
            threshold: t; 0 keeps everything.

        >>> rare = Vocabulary(("the", "owl"), np.array([99, 1]))
        >>> rare.kept(.01).round(2)
        array([0.11, 1.  ], dtype=float32)
        """
        if threshold == 0:
            return np.ones(len(self), dtype=np.float32)
        ratio = threshold * self.counts.sum() / self.counts
        kept: NDArray[np.float32] = np.minimum(1, np.sqrt(ratio) + ratio).astype(np.float32)
        return kept

    def noise(self, exponent: float) -> "Noise":
        """Return the distribution of noise words: counts to the power of `exponent`, normalised."""
        return alias_table(self.counts.astype(np.float64) ** exponent)


@dataclass(frozen=True, eq=False)
class Noise:
    """An alias table, to draw from a distribution in constant time (Walker 1977, Vose 1991).

    A draw picks a slot uniformly, then the slot's own word with `probability`, else its `alias`.

    Args:
        probability: (V,) float32.
        alias: (V,) int32.
    """

    probability: NDArray[np.float32]
    alias: NDArray[np.int32]


def alias_table(weights: Sequence[float] | NDArray[np.float64]) -> Noise:
    """Return the table that draws each index in proportion to its weight.

    >>> noise = alias_table([3, 1])
    >>> noise.probability.tolist(), noise.alias.tolist()
    ([1.0, 0.5], [0, 0])
    """
    scaled = np.asarray(weights, dtype=np.float64)
    left = (scaled / scaled.sum() * len(scaled)).tolist()
    probability = np.ones(len(left), dtype=np.float32)
    alias = np.arange(len(left), dtype=np.int32)
    small = [index for index, share in enumerate(left) if share < 1]
    large = [index for index, share in enumerate(left) if share >= 1]
    while small and large:
        poor, rich = small.pop(), large[-1]
        probability[poor], alias[poor] = left[poor], rich
        left[rich] -= 1 - left[poor]
        if left[rich] < 1:
            small.append(large.pop())
    return Noise(probability, alias)
