"""t-SNE: each word is drawn beside those that it would pick as neighbours.

van der Maaten and Hinton 2008, JMLR 9; the gradient is openTSNE's: of few words by a tree of them
(van der Maaten 2014, JMLR 15), of many on a grid (Linderman et al. 2019, Nature Methods
16). The neighbours are exact, and the start is that of principal components (Kobak and Berens
2019, Nature Communications 10).
"""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.layouts.base import LayoutStep, check_layout, finished, graph_steps, spread_start
from core.layouts.neighbor_graph import NeighborGraph

if TYPE_CHECKING:
    from openTSNE import TSNEEmbedding

PERPLEXITY = 30.0
NEIGHBORS_PER_PERPLEXITY = 3  # beyond so many, a word is next to never picked
# Of the attraction, while the large shapes form: of many words as usual today, of few as in 2008,
# since twelve times as much draws them all to one point and the start is forgotten.
EXAGGERATION, EXAGGERATION_OF_FEW = 12.0, 4.0
EARLY, LATE = 250, 500  # iterations
START_SPREAD = 1e-4  # standard deviation of the first coordinate at the start: next to nothing
SHOWN_EVERY = 25  # iterations
MANY = 5_000  # words; a grid costs the same for 50, which a tree does forty times faster
GRAPH_SHARE = 0.05  # of the work, about


def tsne(
    vectors: NDArray[np.float32], perplexity: float = PERPLEXITY, seed: int = 0
) -> NDArray[np.float32]:
    """Return where t-SNE draws vectors, (N, 2) float32; arguments as for `tsne_steps`."""
    return finished(tsne_steps(vectors, perplexity, seed))


def tsne_steps(
    vectors: NDArray[np.float32], perplexity: float = PERPLEXITY, seed: int = 0
) -> Iterator[LayoutStep]:
    """Yield the layout as it forms; the last step is the whole one. Stop by taking no more.

    Args:
        vectors: (N, D) float32; near means a short Euclidean distance. For the cosine, give vectors
            of length one.
        perplexity: about how many neighbours a word picks from, 2 to (N - 1) / 3.
        seed: of the noise at the start.

    Raises:
        InputError: too few words for the perplexity, or vectors that cannot be placed.
    """
    check_layout(vectors, 2, perplexity, "Perplexity")
    others = int(NEIGHBORS_PER_PERPLEXITY * perplexity)
    check_layout(vectors, 2, others, f"{NEIGHBORS_PER_PERPLEXITY} times the perplexity,")
    graph = yield from graph_steps(vectors, others, GRAPH_SHARE)
    embedding = _beginning(vectors, graph, perplexity, seed)
    exaggeration = EXAGGERATION if len(vectors) >= MANY else EXAGGERATION_OF_FEW
    for iteration in range(0, EARLY + LATE, SHOWN_EVERY):
        early = iteration < EARLY
        embedding.optimize(
            SHOWN_EVERY,
            exaggeration=exaggeration if early else None,
            inplace=True,
            propagate_exception=True,
        )
        share = GRAPH_SHARE + (1 - GRAPH_SHARE) * (iteration + SHOWN_EVERY) / (EARLY + LATE)
        doing = "forming the large shapes" if early else "sorting the neighbours"
        yield LayoutStep(share, doing, np.array(embedding, dtype=np.float32))


def _beginning(
    vectors: NDArray[np.float32], graph: NeighborGraph, perplexity: float, seed: int
) -> "TSNEEmbedding":
    """Return openTSNE's layout before its first iteration."""
    from openTSNE import TSNEEmbedding
    from openTSNE.affinity import PerplexityBasedNN
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    jobs = os.cpu_count() or 1
    known = PrecomputedNeighbors(graph.indices, graph.distances.astype(np.float64))
    affinities = PerplexityBasedNN(knn_index=known, perplexity=perplexity, n_jobs=jobs)
    start = spread_start(vectors, 2, seed).astype(np.float64)
    start *= START_SPREAD / start[:, 0].std()
    method = "fft" if len(vectors) >= MANY else "bh"
    return TSNEEmbedding(
        start, affinities, random_state=seed, n_jobs=jobs, negative_gradient_method=method
    )
