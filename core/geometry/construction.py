"""An expression drawn: its arrows head to tail, in the plane that shows them best.

`a - b + c` is a parallelogram, which is flat: its plane holds b, a, c and the tip of the sum as
they truly lie. A third axis, where there is one, leads from that plane to the best answer, so that
the distance between the tip and the answer is true as well.
Any other sum is a chain of arrows from the origin, drawn along its principal directions.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer, Sum
from core.geometry.projection import Projection, perpendicular

Point = NDArray[np.float64]
Role = Literal["input", "answer", "near"]


@dataclass(frozen=True)
class Arrow:
    """One step of the sum, as drawn.

    Args:
        label: what the step adds, such as `+ woman` or `king - man`.
        start: where it begins, (K,) float64.
        end: where it ends, (K,) float64.
    """

    label: str
    start: Point
    end: Point


@dataclass(frozen=True)
class Place:
    """A word as drawn.

    Args:
        word: the word.
        position: where it is drawn, (K,) float64.
        off: how far it lies from the picture's plane or space, a Euclidean distance.
        role: `input`, `answer` (the nearest word that is no input) or `near`.
    """

    word: str
    position: Point
    off: float
    role: Role


@dataclass(frozen=True)
class Construction:
    """The picture of an expression in K dimensions, 2 or 3.

    Args:
        parallelogram: whether it is `a - b + c`; the arrows then are b to a, and c to the tip.
        arrows: the steps in the order in which they are taken.
        places: the words: inputs, answer, others near.
        tip: where the sum ends, (K,) float64.
        gap: the Euclidean distance from the tip to the answer in all D dimensions.
        angle: the angle between the sum and the answer, seen from the origin, in degrees.
        kept: the share of the arrows' squared length that the picture shows, 0 to 1.
        own_axes: whether it is drawn on the vectors' own two coordinates, around zero.
    """

    parallelogram: bool
    arrows: tuple[Arrow, ...]
    places: tuple[Place, ...]
    tip: Point
    gap: float
    angle: float
    kept: float
    own_axes: bool


def construct(
    embeddings: Embeddings, answer: Answer, components: int = 2, near: int = 6
) -> Construction:
    """Return how to draw an answer.

    Args:
        embeddings: what the answer was found in.
        answer: what `solve` returned.
        components: K, 2 or 3.
        near: how many of the words nearest to the tip are placed, the answer among them.
    """
    total = answer.sum
    found = answer.without_inputs.indices[:near]
    others = embeddings.vectors[found].astype(np.float64)
    corners = _parallelogram(total)
    own_axes = embeddings.dimensions == 2
    center = np.zeros(embeddings.dimensions)
    if corners is not None and not own_axes:
        center = total.vectors[corners.b]
    if corners is None:
        steps = total.weights[:, None] * total.vectors
    else:
        steps = total.vectors[[corners.c, corners.a]] - total.vectors[corners.b]
    axes = _axes(steps, others - center, components)
    picture = Projection(axes, center, np.zeros(len(axes)))

    rows = list(dict.fromkeys([*total.rows.tolist(), *found.tolist()]))
    vectors = embeddings.vectors[rows].astype(np.float64)
    positions = picture.project(vectors).astype(np.float64)
    off = np.linalg.norm(vectors - center - positions @ axes, axis=1)
    inputs, best = set(total.rows.tolist()), found[:1].tolist()
    places = tuple(
        Place(
            embeddings.words[row],
            position,
            float(distance),
            "input" if row in inputs else "answer" if row in best else "near",
        )
        for row, position, distance in zip(rows, positions, off, strict=True)
    )
    return Construction(
        parallelogram=corners is not None,
        arrows=_chain(total, picture) if corners is None else _sides(total, corners, picture),
        places=places,
        tip=picture.project(total.vector[None])[0].astype(np.float64),
        gap=float(np.linalg.norm(others[0] - total.vector)) if len(found) else np.nan,
        angle=_angle(total.vector, others[0]) if len(found) else np.nan,
        kept=_share(np.square(steps @ axes.T).sum(), np.square(steps).sum()),
        own_axes=own_axes,
    )


@dataclass(frozen=True)
class Likeness:
    """How alike the step from a to some word is to the step from b to c.

    Args:
        a: the word that the step starts from.
        b: the word that the other step starts from.
        c: the word that the other step leads to.
        cosine: of the two steps: 1 for the same direction.
    """

    a: str
    b: str
    c: str
    cosine: float


def step_similarity(total: Sum, vector: Point) -> Likeness | None:
    """Return how alike two steps are: from a to a word, and from b to c of `a - b + c`.

    Args:
        total: the sum.
        vector: the word's, (D,) float64.

    Returns:
        The cosine similarity of `vector - a` and `c - b`, with the names; None for another sum,
        or a step of length zero.
    """
    corners = _parallelogram(total)
    if corners is None:
        return None
    a, b, c = total.vectors[list(corners)]
    step, other = vector - a, c - b
    lengths = float(np.linalg.norm(step) * np.linalg.norm(other))
    if not lengths:
        return None
    names = total.words
    cosine = float(step @ other / lengths)
    return Likeness(names[corners.a], names[corners.b], names[corners.c], cosine)


class _Corners(NamedTuple):
    """Which terms are a, b and c of `a - b + c`."""

    a: int
    b: int
    c: int


def _parallelogram(total: Sum) -> _Corners | None:
    """Return the corners of `a - b + c`, in any order of writing, or None if it is another sum."""
    plus = np.flatnonzero(total.weights == 1).tolist()
    minus = np.flatnonzero(total.weights == -1).tolist()
    if (len(plus), len(minus)) != (2, 1) or len(set(total.rows.tolist())) != 3:
        return None
    return _Corners(plus[0], minus[0], plus[1])


def _axes(
    steps: NDArray[np.float64], others: NDArray[np.float64], components: int
) -> NDArray[np.float64]:
    """Return K orthonormal axes (K, D): those of the steps first, then towards the others.

    Two steps keep their order, so that the first lies along the first axis. More than K are
    replaced by their K principal directions, through the origin.
    """
    dimensions = steps.shape[1]
    if dimensions <= components:
        return np.eye(dimensions)
    if len(steps) > components:
        steps = np.linalg.svd(steps, full_matrices=False)[2][:components]
    axes: list[NDArray[np.float64]] = []
    for vector in [*steps, *others, *np.eye(dimensions)]:
        left = perpendicular(vector, axes)
        length = np.linalg.norm(left)
        if length > 1e-6 * max(1.0, float(np.linalg.norm(vector))):
            axes.append(left / length)
        if len(axes) == components:
            break
    return np.array(axes)


def _sides(total: Sum, corners: _Corners, picture: Projection) -> tuple[Arrow, ...]:
    """Return the difference a - b where it lies, and the same carried over to c."""
    points = np.vstack([total.vectors[list(corners)], total.vector])
    a, b, c, tip = picture.project(points).astype(np.float64)
    label = f"{total.words[corners.a]} − {total.words[corners.b]}"
    return (Arrow(label, b, a), Arrow(f"the same from {total.words[corners.c]}", c, tip))


def _chain(total: Sum, picture: Projection) -> tuple[Arrow, ...]:
    """Return the terms as arrows head to tail, from the origin."""
    steps = total.weights[:, None] * total.vectors
    joints = np.vstack([np.zeros((1, steps.shape[1])), np.cumsum(steps, axis=0)])
    drawn = picture.project(joints).astype(np.float64)
    return tuple(
        Arrow(_label(word, weight, first=place == 0), drawn[place], drawn[place + 1])
        for place, (word, weight) in enumerate(zip(total.words, total.weights, strict=True))
    )


def _label(word: str, weight: float, first: bool) -> str:
    sign = "− " if weight < 0 else "" if first else "+ "
    factor = "" if abs(weight) == 1 else f"{abs(weight):.3g} "
    return f"{sign}{factor}{word}"


def _angle(left: Point, right: Point) -> float:
    """Return the angle between two vectors, seen from the origin, in degrees."""
    lengths = float(np.linalg.norm(left) * np.linalg.norm(right))
    return (
        float(np.degrees(np.arccos(np.clip(left @ right / lengths, -1, 1)))) if lengths else np.nan
    )


def _share(part: float, whole: float) -> float:
    """Return part / whole within 0 to 1, and 1 of nothing."""
    return min(float(part / whole), 1.0) if whole > 0 else 1.0
