"""UMAP: neighbours attract each other, other words repel each other.

McInnes, Healy and Melville 2018, arXiv:1802.03426. The graph of neighbours is exact; its weights
and the shape of the forces are those of umap-learn. The forces of an epoch are computed from the
positions at its start. So the work can be divided among processors, the same seed gives the same
layout on any number of them, and a server can answer other visitors between two epochs.
"""

from collections.abc import Iterator

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit

from core.layouts.base import LayoutStep, check_layout, finished, graph_steps, spread_start
from core.layouts.fuzzy_graph import fuzzy_graph
from core.layouts.neighbor_graph import NeighborGraph, processors

# Fewer and nearer than umap-learn's 15 and 0.1: they keep 2.7 of ten neighbours of 20,000 words of
# GloVe instead of 2.2. With 7 neighbours it is 3.0, but the word groups mix more.
NEIGHBORS = 12
MIN_DISTANCE = 0.01
EPOCHS = 500  # umap-learn takes as many up to 10,000 words; beyond them, they are cheap enough here
NEGATIVE_SAMPLES = 5  # words that repel for each neighbour that attracts
MAX_MOVE = 4.0  # of one force in one coordinate
SHOWN_EVERY = 10  # epochs
GRAPH_SHARE = 0.3  # of the work, approximately

# The forces depend on the squared distance only, so they are looked up: by its exponent, from
# 2^LOWEST to 2^HIGHEST, and by the first BITS bits of its fraction; within half a percent.
LOWEST, HIGHEST, BITS = -24, 24, 8
CELLS = (HIGHEST - LOWEST) << BITS
FIRST_CELL = (127 + LOWEST) << BITS
Forces = NDArray[np.float32]


def umap(
    vectors: NDArray[np.float32],
    components: int = 2,
    neighbors: int = NEIGHBORS,
    min_distance: float = MIN_DISTANCE,
    seed: int = 0,
) -> NDArray[np.float32]:
    """Return the UMAP layout of vectors, (N, K) float32; see `umap_steps`."""
    return finished(umap_steps(vectors, components, neighbors, min_distance, seed))


def umap_steps(
    vectors: NDArray[np.float32],
    components: int = 2,
    neighbors: int = NEIGHBORS,
    min_distance: float = MIN_DISTANCE,
    seed: int = 0,
) -> Iterator[LayoutStep]:
    """Yield the steps of a UMAP layout, the last one complete. To stop it, stop iterating.

    Args:
        vectors: (N, D) float32; neighbours are near by Euclidean distance; for the cosine, pass
            vectors of length one.
        components: K, 2 or 3.
        neighbors: number of neighbours of a word, itself included: few show fine detail, many
            show the global structure.
        min_distance: minimum distance of two words in the layout, above 0.
        seed: of the negative samples and of the initial noise.

    Raises:
        InputError: there are too few words for so many neighbours, or the vectors cannot be laid
            out.
    """
    check_layout(vectors, components, neighbors, "Neighbours")
    graph = yield from graph_steps(vectors, neighbors - 1, GRAPH_SHARE)
    starts, targets, rates = _edges(graph)
    pull, push = _forces(min_distance)
    here = np.zeros((len(vectors), 3), dtype=np.float32)  # a flat picture stays at 0 in the third
    here[:, :components] = spread_start(vectors, components, seed)
    there = here.copy()
    for epoch in range(EPOCHS):
        step_size = np.float32(1 - epoch / EPOCHS)
        with processors():
            _move(here, there, starts, targets, rates, pull, push, epoch, step_size, seed)
        here, there = there, here
        if (epoch + 1) % SHOWN_EVERY == 0:
            share = GRAPH_SHARE + (1 - GRAPH_SHARE) * (epoch + 1) / EPOCHS
            yield LayoutStep(share, "pulling and pushing", here[:, :components].copy())


def _edges(
    graph: NeighborGraph,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return the graph in CSR form, and each edge's sampling rate, 0 to 1."""
    weights = fuzzy_graph(graph)
    weights.data[weights.data < weights.data.max() / EPOCHS] = 0  # would never be sampled
    weights.eliminate_zeros()
    rates = weights.data.astype(np.float64) / weights.data.max()
    return weights.indptr, weights.indices, rates


def _forces(min_distance: float) -> tuple[Forces, Forces]:
    """Return the tables of attraction and repulsion, (CELLS,) float32 each.

    Both are factors of the difference of two words. The attraction is doubled, because only one of
    the two words of an edge moves at a time.
    """
    a, b = _curve(min_distance)
    cells = np.arange(CELLS)
    fractions = 1 + ((cells & ((1 << BITS) - 1)) + 0.5) / (1 << BITS)
    squares = fractions * 2.0 ** (LOWEST + (cells >> BITS))
    pull = -4 * a * b * squares ** (b - 1) / (1 + a * squares**b)
    push = 2 * b / ((0.001 + squares) * (1 + a * squares**b))
    return pull.astype(np.float32), push.astype(np.float32)


def _curve(min_distance: float) -> tuple[float, float]:
    """Return a and b of the curve 1 / (1 + a d^2b) that fits the target weights best.

    The target is 1 up to the minimum distance d between words, and an exponential decay from there.
    """
    distances = np.linspace(0, 3, 300)
    wanted = np.exp(-np.maximum(distances - min_distance, 0))
    (a, b), _ = curve_fit(lambda d, a, b: 1 / (1 + a * d ** (2 * b)), distances, wanted)
    return float(a), float(b)


@numba.njit(inline="always")
def _force(table: Forces, square: np.float32) -> np.float32:
    """Return the force at a squared distance from its table."""
    bits = int(np.float32(square).view(np.int32))
    force: np.float32 = table[min(max((bits >> (23 - BITS)) - FIRST_CELL, 0), CELLS - 1)]
    return force


@numba.njit(inline="always")
def _within(move: np.float32) -> np.float32:
    return min(np.float32(MAX_MOVE), max(np.float32(-MAX_MOVE), move))


@numba.njit(parallel=True, nogil=True, fastmath=True, error_model="numpy", cache=True)
def _move(
    here: NDArray[np.float32],
    there: NDArray[np.float32],
    starts: NDArray[np.int32],
    targets: NDArray[np.int32],
    rates: NDArray[np.float64],
    pull: Forces,
    push: Forces,
    epoch: int,
    step_size: np.float32,
    seed: int,
) -> None:
    """Write the coordinates of all words after one epoch that starts at `here` into `there`."""
    count = np.uint64(len(here))
    for word in numba.prange(len(here)):
        x, y, z = here[word]
        # Every word and epoch has random numbers of its own: Marsaglia's xorshift (2003), begun
        # with the mixing step of Steele, Lea and Flood's splitmix (2014).
        random = np.uint64(seed + 1) * np.uint64(0x9E3779B97F4A7C15)
        random += np.uint64(word) * np.uint64(0xBF58476D1CE4E5B9)
        random += np.uint64(epoch) * np.uint64(0x94D049BB133111EB)
        random ^= random >> np.uint64(30)
        random *= np.uint64(0xBF58476D1CE4E5B9)
        random ^= random >> np.uint64(27)
        random |= np.uint64(1)
        for edge in range(starts[word], starts[word + 1]):
            if int((epoch + 1) * rates[edge]) == int(epoch * rates[edge]):
                continue  # an edge is sampled in a share of the epochs, at equal intervals
            other = here[targets[edge]]
            right, up, front = x - other[0], y - other[1], z - other[2]
            force = _force(pull, right * right + up * up + front * front)
            x += step_size * _within(force * right)
            y += step_size * _within(force * up)
            z += step_size * _within(force * front)
            for _ in range(NEGATIVE_SAMPLES):
                random ^= random << np.uint64(13)
                random ^= random >> np.uint64(7)
                random ^= random << np.uint64(17)
                other = here[np.int64(((random >> np.uint64(32)) * count) >> np.uint64(32))]
                right, up, front = x - other[0], y - other[1], z - other[2]
                force = _force(push, right * right + up * up + front * front)
                x += step_size * _within(force * right)
                y += step_size * _within(force * up)
                z += step_size * _within(force * front)
        there[word] = (x, y, z)
