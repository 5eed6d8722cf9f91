"""The words of a text that are trained, and how often each is kept and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words with their counts; a word's id is its place.

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
        return {word: place for place, word in enumerate(self.words)}

    def kept(self, threshold: float) -> NDArray[np.float32]:
        """Return with which probability an occurrence of each word is kept, (V,) float32.

        As word2vec's program does it: sqrt(t/f) + t/f for a word with the share f of all words.
        That keeps a little more than the formula in the paper (Mikolov et al. 2013, section 2.3),
        which has the first term only.

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
        """Return the distribution of noise words: counts to the power of `exponent`."""
        return alias_table(self.counts.astype(np.float64) ** exponent)


@dataclass(frozen=True, eq=False)
class Noise:
    """A distribution to draw from with one random number (Walker 1977, Vose 1991).

    A draw takes a slot, every one as likely, and then the slot's own word with `probability`, else
    its `alias`.

    Args:
        probability: (V,) float32.
        alias: (V,) int32.
    """

    probability: NDArray[np.float32]
    alias: NDArray[np.int32]


def alias_table(weights: Sequence[float] | NDArray[np.float64]) -> Noise:
    """Return what draws each index in proportion to its weight.

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
