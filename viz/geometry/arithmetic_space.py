"""The figure of an expression in space: its arrows, its tip and the words near the tip."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.construction import Construction, Role
from viz.figure import Figure
from viz.geometry.arithmetic import parallels, step_names
from viz.labels import place_labels
from viz.style import AZURE, BLUE, GREY, INK, TEXT_SIZE, VERMILLION, plotly_text, quiet

HEIGHT: Final = 440
HEAD: Final = 0.09  # of an arrow, as a share of the drawing

# Almost along the third axis, so that a parallelogram is seen in its true shape.
EYE: Final = {"x": 0.26, "y": -0.31, "z": 1.7}
UP: Final = {"x": 0, "y": 1, "z": 0}
DOT_WEIGHT: Final = 6  # of a dot under a label, in points of a line
FILLED: Final = 0.51  # share of the figure's height that the mean range takes, as measured
ROOM: Final = 0.12  # at both ends of a range, as a share of the longest extent

Points = NDArray[np.float64]
Mark = dict[str, Any]


def space_figure(drawing: Construction, step: int | None = None, height: int = HEIGHT) -> go.Figure:
    """Return the figure of an expression in three dimensions.

    Args:
        drawing: from `core.geometry.construction.construct`, in three dimensions.
        step: the number of the last step that is drawn, 1 to N for N `step_names`; all if None.
        height: in pixels.
    """
    last = len(step_names(drawing))
    step = last if step is None else step
    arrows = drawing.arrows[: step - 1]
    is_done, answered = len(arrows) == len(drawing.arrows), step == last
    low, high = _extent(drawing)
    head = HEAD * float((high - low).max())
    sides = _label_sides(drawing)
    marks = [
        *(_line(side, GREY, 3) for side in (parallels(drawing) if is_done else [])),
        *(_line((arrow.start, arrow.end), BLUE, 7, arrow.label) for arrow in arrows),
        *(_head(arrow.start, arrow.end, head) for arrow in arrows),
        _words(drawing, sides, "input", GREY, TEXT_SIZE + 2),
    ]
    if is_done:
        ring = {"symbol": "circle-open", "size": 9, "line": {"width": 3}, "color": BLUE}
        marks.append(
            _at([drawing.tip])
            | {
                "mode": "markers",
                "marker": ring,
                "hovertemplate": "tip of the arrow<extra></extra>",
            }
        )
    if answered:
        answers = [point.position for point in drawing.points if point.role == "answer"]
        gap = f"{drawing.gap:.2f} from tip to answer"
        marks += [_line((drawing.tip, answer), VERMILLION, 4, gap) for answer in answers]
        marks += [
            _words(drawing, sides, "near", AZURE, TEXT_SIZE - 2),
            _words(drawing, sides, "answer", VERMILLION, TEXT_SIZE + 2),
        ]
    return Figure(data=marks, layout=quiet(height) | _scene(low, high))


def _at(points: Any) -> Mark:  # noqa: ANN401
    """Return a trace at some points, as lists: plotly validates arrays far more slowly."""
    columns = np.array(points, dtype=float).reshape(-1, 3).T.tolist()
    return {"type": "scatter3d", **dict(zip("xyz", columns, strict=True))}


def _line(ends: tuple[Points, Points], color: str, width: int, label: str = "") -> Mark:
    hover = {"hovertemplate": f"{plotly_text(label)}<extra></extra>"} if label else {}
    line = {"color": color, "width": width}
    return _at(list(ends)) | {"mode": "lines", "line": line, "hoverinfo": "skip"} | hover


def _head(start: Points, end: Points, size: float) -> Mark:
    """Return the head of an arrow: a cone that ends at its tip."""
    step = end - start
    length = float(np.linalg.norm(step)) or 1.0
    along = (step / length * size).tolist()
    return {
        "type": "cone",
        **dict(zip("xyz", ([value] for value in end.tolist()), strict=True)),
        **dict(zip("uvw", ([value] for value in along), strict=True)),
        "anchor": "tip",
        "sizemode": "raw",
        "colorscale": [[0, BLUE], [1, BLUE]],
        "showscale": False,
        "hoverinfo": "skip",
    }


def _words(
    drawing: Construction, sides: Mapping[str, str], role: Role, color: str, size: int
) -> Mark:
    points = [point for point in drawing.points if point.role == role]
    labels = [sides[point.word] for point in points] or ["top center"]
    return _at([point.position for point in points]) | {
        "mode": "markers+text",
        "text": [plotly_text(point.word) for point in points],
        # Plotly reads a list of one position as "middle left" or the like.
        "textposition": labels if len(labels) > 1 else labels[0],
        "textfont": {"size": size, "color": INK},
        "marker": {"size": 5, "color": color},
        "customdata": [point.distance for point in points],
        "hovertemplate": "%{text}<br>%{customdata:.2f} off this space<extra></extra>",
    }


def _label_sides(drawing: Construction) -> dict[str, str]:
    """Return the side of the label of each word, as the camera sees them at first."""
    order = {"answer": 0, "input": 1, "near": 2}
    points = sorted(drawing.points, key=lambda point: order[point.role])
    view = _view()
    positions = np.array([view @ point.position for point in points])
    lines = [*((arrow.start, arrow.end) for arrow in drawing.arrows), *parallels(drawing)]
    lines += [(drawing.tip, point.position) for point in points if point.role == "answer"]
    on_lines = [
        view @ (start + share * (end - start))
        for start, end in lines
        for share in np.linspace(0, 1, 60)
    ]
    on_lines += [*positions] * DOT_WEIGHT  # rather across a line than over a dot
    low, high = _extent(drawing)
    ranges = high - low + 2 * ROOM * float((high - low).max())
    # Plotly scales a space by the geometric mean of its three ranges.
    height = float(np.prod(ranges)) ** (1 / 3) * (TEXT_SIZE + 2) / (FILLED * HEIGHT)
    sides = place_labels(positions, [point.word for point in points], height, on_lines)
    return {point.word: side for point, side in zip(points, sides, strict=True)}


def _view() -> Points:
    """Return the directions to the right and up in the picture, (2, 3)."""
    eye, up = (np.array(list(each.values())) for each in (EYE, UP))
    right = np.cross(up, eye)
    right /= np.linalg.norm(right)
    above = np.cross(eye, right)
    return np.array([right, above / np.linalg.norm(above)])


def _extent(drawing: Construction) -> tuple[Points, Points]:
    """Return the lowest and highest coordinates of the drawing."""
    ends = [end for arrow in drawing.arrows for end in (arrow.start, arrow.end)]
    points = np.array([*(point.position for point in drawing.points), *ends, drawing.tip])
    return points.min(axis=0), points.max(axis=0)


def _scene(low: Points, high: Points) -> Mark:
    room = ROOM * float((high - low).max())
    # Fixed ranges: a step that draws less is seen from the same place.
    ranges = np.column_stack([low - room, high + room]).tolist()
    axis = {
        "showticklabels": False,
        "title": {"text": ""},
        "backgroundcolor": "rgba(0,0,0,0)",
        "gridcolor": GREY,
        "zerolinecolor": GREY,
        "showspikes": False,
    }
    camera = {"projection": {"type": "orthographic"}, "eye": EYE, "up": UP}
    axes = {f"{name}axis": axis | {"range": each} for name, each in zip("xyz", ranges, strict=True)}
    return {"scene": {"aspectmode": "data", "dragmode": "orbit", "camera": camera, **axes}}
