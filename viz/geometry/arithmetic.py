"""The drawing of an expression in a plane, step by step."""

import numpy as np
from numpy.typing import NDArray

from core.geometry.construction import Construction
from viz.components.arrow_plane.drawing import Drawing, Line, Place, Word

Points = NDArray[np.float64]
ORDER = {"answer": 0, "input": 1, "near": 2}  # of the labels, the most important first


def step_names(drawing: Construction) -> tuple[str, ...]:
    """Return the names of the steps: the words, each arrow, and the words nearest to the tip."""
    return (
        "the words of the expression",
        *(arrow.label for arrow in drawing.arrows),
        "the words nearest to the tip",
    )


def parallels(drawing: Construction) -> list[tuple[Points, Points]]:
    """Return the two sides along which a parallelogram's arrow moves; none for a chain."""
    if not drawing.parallelogram:
        return []
    first, second = drawing.arrows
    return [(first.start, second.start), (first.end, second.end)]


def plane_drawing(drawing: Construction, step: int | None = None) -> Drawing:
    """Return what is drawn of an expression.

    Args:
        drawing: from `core.geometry.construction.construct`, in two dimensions.
        step: the number of the last step that is drawn, 1 to N for N `step_names`; all if None.
    """
    last = len(step_names(drawing))
    step = last if step is None else step
    arrows = drawing.arrows[: step - 1]
    is_done, answered = len(arrows) == len(drawing.arrows), step == last
    points = sorted(drawing.points, key=lambda point: ORDER[point.role])
    lines = [
        *(
            Line("side", _place(start), _place(end))
            for start, end in (parallels(drawing) if is_done else [])
        ),
        *(Line("arrow", _place(arrow.start), _place(arrow.end), arrow.label) for arrow in arrows),
    ]
    if answered:
        lines += [
            Line("gap", _place(drawing.tip), _place(point.position))
            for point in points
            if point.role == "answer"
        ]
    return Drawing(
        words=[
            Word(
                point.word,
                _place(point.position),
                point.role,
                f"{point.word}: {point.distance:.2f} off this plane",
            )
            for point in points
            if answered or point.role == "input"
        ],
        lines=lines,
        tips=[_place(drawing.tip)] if is_done else [],
        zero=_place(drawing.zero),
        zero_tip=f"The zero vector, where all arrows of words start: {drawing.zero_distance:.2f} "
        "off this plane",
        extent=[_place(point) for point in _extent(drawing)],
        has_axes=drawing.own_axes,
    )


def _extent(drawing: Construction) -> list[Points]:
    """Return all points of the complete drawing, so that no step changes the scale."""
    ends = [end for arrow in drawing.arrows for end in (arrow.start, arrow.end)]
    return [*(point.position for point in drawing.points), *ends, drawing.tip]


def _place(point: Points) -> Place:
    x, y = point.tolist()
    return (x, y)
