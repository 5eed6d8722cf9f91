"""What every method that lays words out in the plane or in space has in common."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.projection import pca
from core.layouts.neighbor_graph import NeighborGraph, neighbor_graph_steps


@dataclass(frozen=True)
class LayoutStep:
    """A layout on its way.

    Args:
        share: how much of the work is done, 0 to 1.
        doing: what is being done, for people.
        coordinates: where the words are by now, (N, K) float32, or None when they are nowhere yet.
    """

    share: float
    doing: str
    coordinates: NDArray[np.float32] | None = None


def finished(steps: Iterator[LayoutStep]) -> NDArray[np.float32]:
    """Run steps to their end and return the last coordinates, (N, K) float32."""
    last = None
    for step in steps:
        last = step.coordinates
    if last is None:
        raise ValueError("The steps ended before there were coordinates.")
    return last


def graph_steps(
    vectors: NDArray[np.float32], count: int, share: float
) -> Generator[LayoutStep, None, NeighborGraph]:
    """Yield how far the search for neighbours is, and return what it finds.

    Args:
        vectors: (N, D) float32.
        count: how many neighbours of each.
        share: how much of the whole work this is, 0 to 1.
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
        components: how many coordinates a word gets.
        neighbors: how many neighbours each word needs at least.
        what: the name of the setting that says so.
    """
    count = len(vectors)
    if components not in (2, 3):
        raise InputError(f"A picture in {components} dimensions was asked for; there are 2 and 3.")
    if count < components + 2:
        raise InputError(
            f"{count} words came; a picture in {components} dimensions needs at least "
            f"{components + 2}. Take more words."
        )
    if not 2 <= neighbors < count:
        raise InputError(
            f"{what} {neighbors:g} came with {count:,} words; it can be 2 to {count - 1:,}. Take "
            "more words or a smaller number."
        )
    if not np.isfinite(vectors).all():
        raise InputError("A vector holds something that is no number; such words cannot be placed.")
    if not np.ptp(vectors, axis=0).any():
        raise InputError("All vectors are the same, so there is nothing to tell apart.")


def spread_start(vectors: NDArray[np.float32], components: int, seed: int) -> NDArray[np.float32]:
    """Return the principal components as a start, (N, K) float32, the widest coordinate +-10.

    A little noise parts words with the same vector. That a start from principal components keeps
    the large shapes of a space: Kobak and Linderman 2021, Nature Biotechnology 39.
    """
    usable = min(components, vectors.shape[1])
    drawn = pca(vectors, usable).project(vectors)
    start = np.zeros((len(vectors), components), dtype=np.float32)
    start[:, :usable] = 10 * drawn / np.abs(drawn).max()
    noise = np.random.default_rng(seed).normal(scale=1e-4, size=start.shape)
    return start + noise.astype(np.float32)
