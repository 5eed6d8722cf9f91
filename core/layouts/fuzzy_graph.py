"""The fuzzy graph of UMAP: each vector's neighbours, weighted on a scale of its own."""

import numba
import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from core.layouts.neighbor_graph import NeighborGraph, processors

ITERATIONS = 64
TOLERANCE = 1e-5  # of the sum of a vector's weights
MIN_SCALE = 1e-3  # of a vector's mean distance
MAX_FLOAT32 = float(np.finfo(np.float32).max)


def fuzzy_graph(graph: NeighborGraph) -> scipy.sparse.csr_array:
    """Return the symmetric (N, N) float32 weights of the neighbours, above 0 and up to 1.

    The nearest of the K - 1 neighbours of a vector has weight 1, and the weights fall off
    exponentially so that their sum is log2(K). A pair that is connected in both directions with
    weights a and b gets a + b - ab. The weights are those of umap-learn's `fuzzy_simplicial_set`,
    which needs ten seconds of compilation in each process.

    Args:
        graph: the nearest neighbours of each vector.

    >>> line = NeighborGraph(np.array([[1], [0], [1]], np.int32), np.ones((3, 1), np.float32))
    >>> fuzzy_graph(line).toarray()
    array([[0., 1., 0.],
           [1., 0., 1.],
           [0., 1., 0.]], dtype=float32)
    """
    count, others = graph.indices.shape
    distances = np.ascontiguousarray(graph.distances, dtype=np.float32)
    # A vector is the first of its own neighbours, at distance 0.
    mean = np.float32(distances.sum(dtype=np.float64) / (count * (others + 1)))
    weights = np.empty_like(distances)
    with processors():
        _weigh(distances, np.log2(others + 1.0), mean, weights)
    starts = np.arange(0, count * others + 1, others)
    directed = scipy.sparse.csr_array(
        (weights.ravel(), graph.indices.ravel(), starts), shape=(count, count)
    )
    reverse = directed.T.tocsr()
    both: scipy.sparse.csr_array = (directed + reverse - directed * reverse).tocsr()
    both.eliminate_zeros()
    both.sort_indices()
    return both


@numba.njit(
    locals={
        "nearest": numba.float32,
        "total": numba.float32,
        "low": numba.float32,
        "scale": numba.float32,
        "high": numba.float32,
    },
    parallel=True,
    nogil=True,
    cache=True,
)
def _weigh(
    distances: NDArray[np.float32],
    target: float,
    mean: np.float32,
    weights: NDArray[np.float32],
) -> None:
    """Write each vector's weights: find by bisection the scale at which their sum is the target."""
    for row in numba.prange(len(distances)):
        near = distances[row]
        nearest = 0.0
        for distance in near:
            if distance > 0:
                nearest = float(distance)
                break
        low, high, scale = 0.0, MAX_FLOAT32, 1.0
        for _ in range(ITERATIONS):
            total = 0.0
            for distance in near:
                beyond = distance - nearest
                total += np.exp(-(beyond / scale)) if beyond > 0 else 1.0
            if abs(total - target) < TOLERANCE:
                break
            if total > target:
                high = scale
                scale = (low + high) / 2.0
            else:
                low = scale
                scale = scale * 2.0 if high >= MAX_FLOAT32 else (low + high) / 2.0
        own_mean = near.sum() / (len(near) + 1)
        scale = max(scale, MIN_SCALE * float(own_mean if nearest > 0 else mean))
        for column in range(len(near)):
            beyond = near[column] - nearest
            weights[row, column] = np.exp(-(beyond / scale)) if beyond > 0 else 1.0
