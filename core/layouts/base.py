"""The common parts of all layouts: steps, checks of the input and the initial coordinates."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.projection import pca
from core.layouts.neighbor_graph import NeighborGraph, neighbor_graph_steps


@dataclass(frozen=True)
class LayoutStep:
    """The progress of a layout.

    Args:
        share: of the work that is done, 0 to 1.
        doing: the current task, for people.
        coordinates: the current ones, (N, K) float32, or None at first.
    """

    share: float
    doing: str
    coordinates: NDArray[np.float32] | None = None


def finished(steps: Iterator[LayoutStep]) -> NDArray[np.float32]:
    """Run all steps and return the last coordinates, (N, K) float32."""
    last = None
    for step in steps:
        last = step.coordinates
    if last is None:
        raise ValueError("The steps ended before there were coordinates.")
    return last


def upright(coordinates: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a layout turned so that it is longest along the first axis, (N, K) float32.

    It is turned as little as possible, not mirrored, and its mean is 0.

    >>> diagonal = np.array([[-2, -2], [2, 2], [-1, 1], [1, -1]], dtype=np.float32)
    >>> upright(diagonal).std(axis=0).round(2)
    array([2., 1.], dtype=float32)
    """
    centered = coordinates - coordinates.mean(axis=0)
    axes = np.linalg.eigh(np.cov(centered.T))[1][:, ::-1]
    axes = axes * np.where(np.diag(axes) < 0, -1, 1)
    if np.linalg.det(axes) < 0:
        axes[:, -1] *= -1
    turned: NDArray[np.float32] = (centered @ axes).astype(np.float32)
    return turned


def graph_steps(
    vectors: NDArray[np.float32], count: int, share: float
) -> Generator[LayoutStep, None, NeighborGraph]:
    """Yield the progress of the search for neighbours, and return their graph.

    Args:
        vectors: (N, D) float32.
        count: number of neighbours of each vector.
        share: of the whole work, 0 to 1.
    """
    steps = neighbor_graph_steps(vectors, count)
    while True:
        try:
            yield LayoutStep(share * next(steps), "finding the neighbours of every word")
        except StopIteration as done:
            yield LayoutStep(share, "weighing the neighbours")
            graph: NeighborGraph = done.value
            return graph


def check_layout(
    vectors: NDArray[np.float32], components: int, neighbors: float, what: str
) -> None:
    """Raise `InputError` unless vectors can be laid out with so many neighbours.

    Args:
        vectors: (N, D) float32.
        components: number of coordinates of a word.
        neighbors: number of neighbours that each word needs.
        what: the name of the setting that decides it, for the message.
    """
    count = len(vectors)
    if components not in (2, 3):
        raise InputError(f"A layout has 2 or 3 dimensions, not {components}.")
    if count < components + 2:
        raise InputError(
            f"A layout in {components} dimensions needs {components + 2} words or more; these are "
            f"{count}. Take more words."
        )
    if not 2 <= neighbors < count:
        raise InputError(
            f"{what} {neighbors:g} does not go with {count:,} words; it can be 2 to {count - 1:,}. "
            "Take more words or a smaller number."
        )
    if not np.isfinite(vectors).all():
        raise InputError("A vector holds NaN or infinity; such words cannot be laid out.")
    if not np.ptp(vectors, axis=0).any():
        raise InputError("All vectors are the same, so there is nothing to lay out.")


def spread_start(vectors: NDArray[np.float32], components: int, seed: int) -> NDArray[np.float32]:
    """Return the principal components as initial coordinates, (N, K) float32, up to +-10.

    They keep the global structure of the space (Kobak and Linderman 2021, Nature Biotechnology
    39). A little noise separates words with the same vector.
    """
    usable = min(components, vectors.shape[1])
    drawn = pca(vectors, usable).project(vectors)
    start = np.zeros((len(vectors), components), dtype=np.float32)
    start[:, :usable] = 10 * drawn / np.abs(drawn).max()
    noise = np.random.default_rng(seed).normal(scale=1e-4, size=start.shape)
    return start + noise.astype(np.float32)
