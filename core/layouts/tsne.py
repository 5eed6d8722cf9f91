"""t-SNE (van der Maaten and Hinton 2008, JMLR 9), with the gradient of openTSNE.

The gradient is approximated with a tree for few words (van der Maaten 2014, JMLR 15) and on a grid
for many (Linderman et al. 2019, Nature Methods 16). The neighbours are exact, and the layout is
initialised with the principal components (Kobak and Berens 2019, Nature Communications 10).
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
NEIGHBORS_PER_PERPLEXITY = 3  # further neighbours have weights near zero
# Of the attraction in the early iterations: twelve is usual for many words, but contracts few words
# to a point; for these it is four, as in the paper of 2008.
EXAGGERATION, EXAGGERATION_OF_FEW = 12.0, 4.0
EARLY, LATE = 250, 500  # iterations
START_SPREAD = 1e-4  # standard deviation of the first coordinate
SHOWN_EVERY = 25  # iterations
MIN_WORDS_ON_GRID = 5_000  # a grid takes as long for 50 words, a tree a fortieth of that
GRAPH_SHARE = 0.05  # of the work, approximately


def tsne(
    vectors: NDArray[np.float32], perplexity: float = PERPLEXITY, seed: int = 0
) -> NDArray[np.float32]:
    """Return the t-SNE layout of vectors, (N, 2) float32; see `tsne_steps`."""
    return finished(tsne_steps(vectors, perplexity, seed))


def tsne_steps(
    vectors: NDArray[np.float32], perplexity: float = PERPLEXITY, seed: int = 0
) -> Iterator[LayoutStep]:
    """Yield the steps of a t-SNE layout, the last one complete. To stop it, stop iterating.

    Args:
        vectors: (N, D) float32; neighbours are near by Euclidean distance; for the cosine, pass
            vectors of length one.
        perplexity: the effective number of neighbours of a word, 2 to (N - 1) / 3.
        seed: of the initial noise.

    Raises:
        InputError: there are too few words for the perplexity, or the vectors cannot be laid out.
    """
    check_layout(vectors, 2, perplexity, "Perplexity")
    others = int(NEIGHBORS_PER_PERPLEXITY * perplexity)
    check_layout(vectors, 2, others, f"{NEIGHBORS_PER_PERPLEXITY} times the perplexity,")
    graph = yield from graph_steps(vectors, others, GRAPH_SHARE)
    embedding = _beginning(vectors, graph, perplexity, seed)
    exaggeration = EXAGGERATION if len(vectors) >= MIN_WORDS_ON_GRID else EXAGGERATION_OF_FEW
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
    method = "fft" if len(vectors) >= MIN_WORDS_ON_GRID else "bh"
    return TSNEEmbedding(
        start, affinities, random_state=seed, n_jobs=jobs, negative_gradient_method=method
    )
