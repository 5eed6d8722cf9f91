"""Layouts compared with umap-learn, openTSNE and scikit-learn in the same process.

- `umap`: 10,000 words, compared with `umap.UMAP()`.
- `tsne`: 10,000 words, compared with `openTSNE.TSNE()`.
- `pca`: three components of all words, compared with `sklearn.decomposition.PCA(3)`.
"""

import time
import warnings
from collections.abc import Callable

import numpy as np
import openTSNE
import umap as umap_learn
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

from benchmarks.report import Pair, in_turn, report
from core.catalog import load
from core.geometry.projection import pca
from core.layouts.tsne import tsne
from core.layouts.umap import umap

COUNT = 10_000
WARM_UP = 500  # words of a first call, which compiles both implementations
ROUNDS = 5
NEIGHBORS = 15  # for the trustworthiness

Layouts = list[NDArray[np.float32]]


def main() -> None:
    """Measure and report."""
    warnings.simplefilter("ignore")  # umap-learn warns about its default arguments
    embeddings = load("glove-6b-50d")
    some = np.ascontiguousarray(embeddings.vectors[:COUNT])
    methods: list[Callable[..., object]] = [
        _umap, umap_learn.UMAP().fit_transform, tsne, openTSNE.TSNE().fit,
    ]  # fmt: skip
    for method in methods:
        method(some[:WARM_UP])
    umaps, umap_pair = _layouts(lambda: _umap(some), umap_learn.UMAP().fit_transform, some)
    tsnes, tsne_pair = _layouts(lambda: tsne(some), openTSNE.TSNE().fit, some, rounds=1)
    ours, peer = pca(embeddings.vectors, 3), PCA(3).fit(embeddings.vectors)
    pca_pair = in_turn(
        [lambda: pca(embeddings.vectors, 3)] * 3 * ROUNDS,
        [lambda: PCA(3).fit(embeddings.vectors)] * 3 * ROUNDS,
    )
    signs = np.sign((ours.axes * peer.components_).sum(axis=1, keepdims=True))
    report(
        f"UMAP and t-SNE of {COUNT:,} words, PCA of {len(embeddings):,}",
        {"umap": umap_pair, "tsne": tsne_pair, "pca": pca_pair},
        {
            f"umap trustworthiness({NEIGHBORS}), ours and theirs": _trust(some, umaps),
            f"tsne trustworthiness({NEIGHBORS}), ours and theirs": _trust(some, tsnes),
            "pca, largest difference of a component": float(
                np.abs(ours.axes * signs - peer.components_).max()
            ),
        },
    )


def _umap(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return our UMAP layout with the settings of umap-learn."""
    return umap(vectors, neighbors=15, min_distance=0.1)


def _layouts(
    ours: Callable[[], NDArray[np.float32]],
    peer: Callable[[NDArray[np.float32]], NDArray[np.float32]],
    vectors: NDArray[np.float32],
    rounds: int = ROUNDS,
) -> tuple[tuple[Layouts, Layouts], Pair]:
    """Return the layouts of both implementations, computed in turn, and their times."""
    made: tuple[Layouts, Layouts] = ([], [])
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        both: tuple[Callable[[], object], ...] = (ours, lambda: peer(vectors))
        for layouts, taken, make in zip(made, times, both, strict=True):
            start = time.perf_counter()
            layouts.append(np.asarray(make()))
            taken.append(time.perf_counter() - start)
    return made, Pair(tuple(times[0]), tuple(times[1]))


def _trust(vectors: NDArray[np.float32], layouts: tuple[Layouts, Layouts]) -> list[float]:
    """Return the mean trustworthiness of our layouts and of the peer's."""
    return [
        round(
            float(
                np.mean([trustworthiness(vectors, each, n_neighbors=NEIGHBORS) for each in some])
            ),
            4,
        )
        for some in layouts
    ]


if __name__ == "__main__":
    main()
