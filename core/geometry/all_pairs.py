"""The cosines of all pairs among many words, and where a few pairs stand among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.similarity import dot_product
from core.geometry.units import unit_rows

BLOCK = 128  # rows whose cosines are worked out at a time: few enough to stay in the cache
BINS = 20_000  # in which cosines are counted: each is 0.0001 wide


@dataclass(frozen=True)
class CosineCounts:
    """The cosines of all pairs among some vectors, counted.

    Args:
        pairs: how many pairs there are.
        negative: how many of them have a cosine below zero, exactly.
        counts: how many fall into each of `BINS` equal bins from -1 to 1, int64.
    """

    pairs: int
    negative: int
    counts: NDArray[np.int64]

    def below(self, cosine: float) -> float:
        """Return the share of pairs whose cosine is smaller, 0 to 1; right to a bin's width."""
        bins = round((min(max(cosine, -1), 1) + 1) / 2 * BINS)
        return float(self.counts[:bins].sum() / self.pairs)

    def histogram(self, bars: int) -> NDArray[np.int64]:
        """Return the counts in `bars` equal bins from -1 to 1; `bars` divides `BINS`."""
        coarse: NDArray[np.int64] = self.counts.reshape(bars, -1).sum(axis=1)
        return coarse


def count_cosines(vectors: ArrayLike) -> CosineCounts:
    """Return the cosines of all N (N - 1) / 2 pairs of N vectors, counted block by block.

    Args:
        vectors: (N, D) numbers; a vector of length zero has cosine 0 with everything.

    Raises:
        InputError: fewer than two vectors, or they hold NaN or infinity.

    >>> count_cosines([[1, 0], [0, 1], [-1, 1]]).negative
    1
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if rows.ndim != 2 or len(rows) < 2 or not np.isfinite(rows).all():
        raise InputError(
            f"Vectors of shape {rows.shape} came; expected two rows of finite numbers at least."
        )
    units, negative = unit_rows(rows), 0
    counts = np.zeros(BINS + 1, dtype=np.int64)  # the last one is for the cosine 1 itself
    for start in range(0, len(units), BLOCK):
        block = units[start : start + BLOCK]
        # Each pair once: those within the block, and the block with all that come after it.
        within = (block @ block.T)[np.triu_indices(len(block), 1)]
        after = (block @ units[start + BLOCK :].T).ravel()
        for cosines in (within, after):
            negative += int(np.count_nonzero(cosines < 0))
            places = np.multiply(cosines, BINS / 2, out=cosines)
            places += BINS / 2
            counts += np.bincount(places.astype(np.intp).clip(max=BINS), minlength=BINS + 1)
    counts[-2] += counts[-1]
    return CosineCounts(len(rows) * (len(rows) - 1) // 2, negative, counts[:-1])


@dataclass(frozen=True)
class PairAmongAll:
    """Two words, how alike their vectors are, and where that stands among other pairs.

    Args:
        first: a word.
        second: another.
        dot: the dot product of their vectors.
        cosine: that of their angle.
        above: the share of all pairs whose cosine is smaller, 0 to 1.
    """

    first: str
    second: str
    dot: float
    cosine: float
    above: float

    @property
    def name(self) -> str:
        """Both words."""
        return f"{self.first} – {self.second}"


def among_all(
    embeddings: Embeddings, pairs: Sequence[tuple[str, str]], everyone: CosineCounts
) -> tuple[PairAmongAll, ...]:
    """Return how alike the words of each pair are, and where that stands among all pairs.

    Args:
        embeddings: where the vectors come from.
        pairs: of words that the embeddings have.
        everyone: the pairs to hold them against.

    Raises:
        UnknownWordError: a word is not in the embeddings.
    """
    found = []
    for first, second in pairs:
        product = dot_product(embeddings.vector(first), embeddings.vector(second))
        above = everyone.below(product.cosine)
        found.append(PairAmongAll(first, second, product.total, product.cosine, above))
    return tuple(found)
