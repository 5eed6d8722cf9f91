"""The cosines of all pairs of many words, compared with those of a few pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.dot_product import dot_product
from core.geometry.units import unit_rows

BLOCK_ROWS = 128  # rows processed at a time, few enough for the processor's cache
BINS = 20_000  # of the histogram, each 0.0001 wide


@dataclass(frozen=True)
class CosineCounts:
    """A histogram of the cosines of all pairs among some vectors.

    Args:
        pairs: number of pairs.
        negative: exact number of pairs with a cosine below zero.
        counts: (BINS,) int64, number of pairs in each of the equal bins from -1 to 1.
    """

    pairs: int
    negative: int
    counts: NDArray[np.int64]

    def below(self, cosine: float) -> float:
        """Return the share of pairs with a smaller cosine, 0 to 1, exact to the width of a bin."""
        bins = round((min(max(cosine, -1), 1) + 1) / 2 * BINS)
        return float(self.counts[:bins].sum() / self.pairs)

    def histogram(self, bars: int) -> NDArray[np.int64]:
        """Return the counts in `bars` equal bins from -1 to 1; `bars` divides `BINS`."""
        coarse: NDArray[np.int64] = self.counts.reshape(bars, -1).sum(axis=1)
        return coarse


def count_cosines(vectors: ArrayLike) -> CosineCounts:
    """Return the histogram of the cosines of all N (N - 1) / 2 pairs of N vectors.

    Args:
        vectors: (N, D) numbers; a vector of length zero has cosine 0 with everything.

    Raises:
        InputError: there are fewer than two vectors, or they hold NaN or infinity.

    >>> count_cosines([[1, 0], [0, 1], [-1, 1]]).negative
    1
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if rows.ndim != 2 or len(rows) < 2 or not np.isfinite(rows).all():
        raise InputError(
            f"The vectors have the shape {rows.shape}; expected two rows of finite numbers or more."
        )
    units, negative = unit_rows(rows), 0
    counts = np.zeros(BINS + 1, dtype=np.int64)  # the last bin is for the cosine 1 itself
    for start in range(0, len(units), BLOCK_ROWS):
        block = units[start : start + BLOCK_ROWS]
        # Each pair once: those within the block, and the block with all later rows.
        within = (block @ block.T)[np.triu_indices(len(block), 1)]
        after = (block @ units[start + BLOCK_ROWS :].T).ravel()
        for cosines in (within, after):
            negative += int(np.count_nonzero(cosines < 0))
            bins = np.multiply(cosines, BINS / 2, out=cosines)
            bins += BINS / 2
            counts += np.bincount(bins.astype(np.intp).clip(max=BINS), minlength=BINS + 1)
    counts[-2] += counts[-1]
    return CosineCounts(len(rows) * (len(rows) - 1) // 2, negative, counts[:-1])


@dataclass(frozen=True)
class PairCosine:
    """The similarity of two words compared with all other pairs.

    Args:
        first: a word.
        second: another word.
        dot: the dot product of their vectors.
        cosine: their cosine similarity.
        share_below: the share of all pairs with a smaller cosine, 0 to 1.
    """

    first: str
    second: str
    dot: float
    cosine: float
    share_below: float

    @property
    def name(self) -> str:
        """Both words as a label."""
        return f"{self.first} – {self.second}"


def compare_pairs(
    embeddings: Embeddings, pairs: Sequence[tuple[str, str]], all_pairs: CosineCounts
) -> tuple[PairCosine, ...]:
    """Return the similarity of each pair compared with all pairs.

    Args:
        embeddings: the embeddings of the words.
        pairs: pairs of words.
        all_pairs: the cosines of all pairs.

    Raises:
        UnknownWordError: a word is not in the embeddings.
    """
    compared = []
    for first, second in pairs:
        product = dot_product(embeddings.vector(first), embeddings.vector(second))
        below = all_pairs.below(product.cosine)
        compared.append(PairCosine(first, second, product.total, product.cosine, below))
    return tuple(compared)
