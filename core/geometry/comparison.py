"""Two sets of vectors compared on the words that both have.

Neighbours are compared first: they need no common axes. Then one set is turned onto the other by
the rotation, reflections included, that brings all words closest together (orthogonal Procrustes,
Schönemann 1966), and each word's two vectors are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.units import unit_rows

NEIGHBORS = 10
MIN_COMMON = 12  # words; with fewer, nearly all are neighbours of all
MAX_COMMON = 5_000  # words that are compared with each other
BLOCK = 1_000  # rows of a block of dot products
Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two sets of vectors on their N common words, in the order of the first set.

    Args:
        words: as the first set writes them, without its mark of a space.
        neighbors: (2, N, K) intp, for each set the K nearest common words of each word by cosine,
            nearest first; indices of `words`.
        shared: (N,) float64, the share of these neighbours that both sets have.
        cosines: (N,) float64, of a word's two vectors after the first set was turned.
        common: the number of words that both sets have; only the first of them are compared.
    """

    words: tuple[str, ...]
    neighbors: Rows
    shared: NDArray[np.float64]
    cosines: NDArray[np.float64]
    common: int

    def __len__(self) -> int:
        return len(self.words)


def compare(one: Embeddings, other: Embeddings) -> Comparison:
    """Compare two sets of vectors; their numbers of dimensions may differ.

    Args:
        one: the set whose words are looked up in the other, and whose vectors are turned.
        other: the other set.

    Raises:
        InputError: they have too few words in common.
    """
    pairs = common_words(one, other)
    if len(pairs) < MIN_COMMON:
        raise InputError(
            f"{one.name} and {other.name} have {len(pairs)} words in common; at least {MIN_COMMON} "
            "are needed. Choose others."
        )
    some = pairs[:MAX_COMMON]
    first = unit_rows(one.vectors[[row for row, _ in some]]).astype(np.float32)
    second = unit_rows(other.vectors[[row for _, row in some]]).astype(np.float32)
    neighbors = np.stack([nearest_rows(first), nearest_rows(second)])
    return Comparison(
        words=tuple(one.words[row].removeprefix(one.prefix) for row, _ in some),
        neighbors=neighbors,
        shared=shared_shares(*neighbors),
        cosines=np.einsum("nd,nd->n", turned(first, second), padded(second, first.shape[1])),
        common=len(pairs),
    )


def common_words(one: Embeddings, other: Embeddings) -> list[tuple[int, int]]:
    """Return the rows of each word that both sets have, in the order of the first."""
    pairs: dict[str, tuple[int, int]] = {}
    taken: set[int] = set()
    for row, word in enumerate(one.words):
        bare = word.removeprefix(one.prefix)
        if bare in pairs or bare not in other:
            continue
        found = other.index(bare)
        if found not in taken and one.vectors[row].any() and other.vectors[found].any():
            taken.add(found)
            pairs[bare] = row, found
    return list(pairs.values())


def nearest_rows(units: NDArray[np.float32], count: int = NEIGHBORS) -> Rows:
    """Return the rows nearest to each row, without itself, (N, min(count, N - 1)) intp.

    Args:
        units: (N, D), rows of length one.
        count: of neighbours.
    """
    count = min(count, len(units) - 1)
    found = []
    for start in range(0, len(units), BLOCK):
        cosines = units[start : start + BLOCK] @ units.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -np.inf
        some = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(cosines, some, axis=1), axis=1, kind="stable")
        found.append(np.take_along_axis(some, order, axis=1))
    return np.concatenate(found)


def shared_shares(one: Rows, other: Rows) -> NDArray[np.float64]:
    """Return for each row the share of its entries that the other matrix has in that row, (N,)."""
    same = one[:, :, None] == other[:, None, :]
    shares: NDArray[np.float64] = same.any(axis=2).mean(axis=1)
    return shares


def turned(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows of the first matrix, turned as close to those of the second as possible.

    Args:
        first: (N, D).
        second: (N, E). The matrix with fewer columns is padded with zeros.

    Returns:
        (N, max(D, E)).
    """
    from scipy.linalg import orthogonal_procrustes

    first, second = padded(first, second.shape[1]), padded(second, first.shape[1])
    rotation, _ = orthogonal_procrustes(first, second)
    rows: NDArray[np.float32] = first @ rotation
    return rows


def padded(rows: NDArray[np.float32], columns: int) -> NDArray[np.float32]:
    """Return rows with at least so many columns; the further ones are zero."""
    return np.pad(rows, ((0, 0), (0, max(columns - rows.shape[1], 0))))


def most_different(comparison: Comparison, count: int) -> Sequence[int]:
    """Return the indices of the words that share the fewest neighbours; then by their cosine."""
    order = np.lexsort((comparison.cosines, comparison.shared))
    rows: list[int] = order[:count].tolist()
    return rows
