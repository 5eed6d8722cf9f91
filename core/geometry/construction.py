"""The drawing of an expression as arrows in two or three dimensions.

`a - b + c` is a parallelogram and so lies in a plane, in which b, a, c and the tip of the sum have
their true distances and angles. A third axis, if there is one, points from that plane to the best
answer, so that the distance between tip and answer is true as well.
Any other sum is a chain of arrows from the origin, projected onto their principal directions.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer, Corners, Sum, parallelogram
from core.geometry.dot_product import dot_product
from core.geometry.projection import Projection, perpendicular

Point = NDArray[np.float64]
Role = Literal["input", "answer", "near"]


@dataclass(frozen=True)
class Arrow:
    """One step of the sum.

    Args:
        label: the terms of the step, such as `+ woman` or `king - man`.
        start: the coordinates of its start, (K,) float64.
        end: the coordinates of its end, (K,) float64.
    """

    label: str
    start: Point
    end: Point


@dataclass(frozen=True)
class WordPoint:
    """A word in the drawing.

    Args:
        word: the word.
        position: its coordinates, (K,) float64.
        distance: the Euclidean distance from the drawing's plane or space to the word's vector.
        role: `input`, `answer` (the nearest word that is not an input) or `near`.
    """

    word: str
    position: Point
    distance: float
    role: Role


@dataclass(frozen=True)
class Construction:
    """The drawing of an expression in K dimensions, 2 or 3.

    Args:
        parallelogram: whether it is `a - b + c`; its arrows are b to a, and c to the tip.
        arrows: the steps in their order.
        points: the words: inputs, answer and other neighbours.
        tip: the coordinates of the sum, (K,) float64.
        gap: the Euclidean distance from the sum to the answer in all D dimensions.
        angle: between the vectors of the sum and the answer, in degrees.
        kept: the share of the arrows' squared length that the drawing shows, 0 to 1.
        own_axes: whether the axes are the two coordinates of the vectors themselves.
        axes: K orthonormal axes, (K, D) float64.
        center: the vector at the origin of the drawing, (D,) float64.
        zero: the coordinates of the zero vector, (K,) float64.
        zero_distance: the Euclidean distance from the drawing's plane or space to the zero vector.
    """

    parallelogram: bool
    arrows: tuple[Arrow, ...]
    points: tuple[WordPoint, ...]
    tip: Point
    gap: float
    angle: float
    kept: float
    own_axes: bool
    axes: NDArray[np.float64]
    center: NDArray[np.float64]
    zero: Point
    zero_distance: float


def construct(
    embeddings: Embeddings, answer: Answer, components: int = 2, near: int = 6
) -> Construction:
    """Return the drawing of an answer.

    Args:
        embeddings: the embeddings of the words.
        answer: from `core.geometry.arithmetic.solve`.
        components: K, 2 or 3.
        near: number of words nearest to the tip that are drawn, the answer included.
    """
    total = answer.sum
    neighbors = answer.without_inputs.indices[:near]
    others = embeddings.vectors[neighbors].astype(np.float64)
    corners = parallelogram(total)
    own_axes = embeddings.dimensions == 2
    center = np.zeros(embeddings.dimensions)
    if corners is not None and not own_axes:
        center = total.vectors[corners.b]
    if corners is None:
        steps = total.weights[:, None] * total.vectors
    else:
        steps = total.vectors[[corners.c, corners.a]] - total.vectors[corners.b]
    axes = _axes(steps, others - center, components)
    projection = Projection(axes, center, np.zeros(len(axes)))

    rows = list(dict.fromkeys([*total.rows.tolist(), *neighbors.tolist()]))
    vectors = embeddings.vectors[rows].astype(np.float64)
    positions = projection.project(vectors).astype(np.float64)
    distances = np.linalg.norm(vectors - center - positions @ axes, axis=1)
    zero = -(axes @ center)
    inputs, best = set(total.rows.tolist()), neighbors[:1].tolist()
    points = tuple(
        WordPoint(
            embeddings.words[row],
            position,
            float(distance),
            "input" if row in inputs else "answer" if row in best else "near",
        )
        for row, position, distance in zip(rows, positions, distances, strict=True)
    )
    return Construction(
        parallelogram=corners is not None,
        arrows=_chain(total, projection) if corners is None else _sides(total, corners, projection),
        points=points,
        tip=projection.project(total.vector[None])[0].astype(np.float64),
        gap=float(np.linalg.norm(others[0] - total.vector)) if len(others) else np.nan,
        angle=dot_product(total.vector, others[0]).angle if len(others) else np.nan,
        kept=_share(np.square(steps @ axes.T).sum(), np.square(steps).sum()),
        own_axes=own_axes,
        axes=axes,
        center=center,
        zero=zero,
        zero_distance=float(np.linalg.norm(center + zero @ axes)),
    )


def _axes(
    steps: NDArray[np.float64], others: NDArray[np.float64], components: int
) -> NDArray[np.float64]:
    """Return K orthonormal axes (K, D), from the steps first, then from the other vectors.

    Two steps keep their order, so that the first is along the first axis. More than K steps are
    replaced by their K principal directions through the origin.
    """
    dimensions = steps.shape[1]
    if dimensions <= components:
        return np.eye(dimensions)
    if len(steps) > components:
        steps = np.linalg.svd(steps, full_matrices=False)[2][:components]
    axes: list[NDArray[np.float64]] = []
    for vector in [*steps, *others, *np.eye(dimensions)]:
        rest = perpendicular(vector, axes)
        length = np.linalg.norm(rest)
        if length > 1e-6 * max(1.0, float(np.linalg.norm(vector))):
            axes.append(rest / length)
        if len(axes) == components:
            break
    return np.array(axes)


def _sides(total: Sum, corners: Corners, projection: Projection) -> tuple[Arrow, ...]:
    """Return the difference a - b as the arrow from b to a, and the same arrow starting at c."""
    points = np.vstack([total.vectors[list(corners)], total.vector])
    a, b, c, tip = projection.project(points).astype(np.float64)
    label = f"{total.words[corners.a]} − {total.words[corners.b]}"
    return (Arrow(label, b, a), Arrow(f"the same arrow, from {total.words[corners.c]}", c, tip))


def _chain(total: Sum, projection: Projection) -> tuple[Arrow, ...]:
    """Return the terms as arrows head to tail, from the origin."""
    steps = total.weights[:, None] * total.vectors
    joints = np.vstack([np.zeros((1, steps.shape[1])), np.cumsum(steps, axis=0)])
    ends = projection.project(joints).astype(np.float64)
    return tuple(
        Arrow(_label(word, weight, first=term == 0), ends[term], ends[term + 1])
        for term, (word, weight) in enumerate(zip(total.words, total.weights, strict=True))
    )


def _label(word: str, weight: float, first: bool) -> str:
    sign = "− " if weight < 0 else "" if first else "+ "
    factor = "" if abs(weight) == 1 else f"{abs(weight):.3g} "
    return f"{sign}{factor}{word}"


def _share(part: float, whole: float) -> float:
    """Return part / whole, at most 1; 1 if the whole is zero."""
    return min(float(part / whole), 1.0) if whole > 0 else 1.0
