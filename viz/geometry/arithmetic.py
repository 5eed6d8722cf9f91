"""The figure of an expression: its arrows, its tip and the words near the tip, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.construction import Arrow, Construction, Role
from viz.figure import Figure
from viz.labels import place_labels
from viz.slider import play_button, stop_slider
from viz.style import BLUE, GREY, INK, LINE, SKY, TEXT_SIZE, VERMILLION, plotly_text, quiet

HEIGHT: Final = 520
FRAMES: Final = 8  # while an arrow is moved or grows
MILLISECONDS: Final = 70  # for each frame
ARROW_COLOR: Final = BLUE

Points = NDArray[np.float64]
Mark = dict[str, Any]


@dataclass(frozen=True)
class _Stop:
    """A stop of the slider, at which a step of the construction is complete.

    Args:
        name: the name of the step.
        arrows: number of complete arrows.
        answered: whether the words near the tip are shown.
    """

    name: str
    arrows: int
    answered: bool = False


def arithmetic_figure(drawing: Construction, height: int = HEIGHT) -> go.Figure:
    """Return the figure of an expression, with a button that builds it up term by term.

    Args:
        drawing: from `core.geometry.construction.construct`, in two or three dimensions.
        height: in pixels.
    """
    stops = [
        _Stop("the words of the expression", 0),
        *(_Stop(arrow.label, number) for number, arrow in enumerate(drawing.arrows, 1)),
        _Stop("the words nearest to the tip", len(drawing.arrows), answered=True),
    ]
    names = [
        f"{number} of {len(stops)}: {plotly_text(stop.name)}"
        for number, stop in enumerate(stops, 1)
    ]
    styles, positions = _styles(drawing), _positions(drawing, stops[-1])
    axes = _plane(drawing) if len(drawing.tip) == 2 else _space()
    # In one call: each later update would validate the whole figure again.
    return Figure(
        data=[style | position for style, position in zip(styles, positions, strict=True)],
        layout=quiet(height)
        | axes
        | {
            "updatemenus": [play_button("Build up", MILLISECONDS, gliding=False)],
            "sliders": [stop_slider(names, 0.36, gliding=False)],
        },
        frames=[
            frame for number, stop in enumerate(stops) for frame in _frames(drawing, number, stop)
        ],
    )


def _frames(drawing: Construction, number: int, stop: _Stop) -> list[Mark]:
    """Return the frames in which an arrow moves, if the stop has one, and the frame of the stop.

    Of a parallelogram, the first arrow grows and the second is the first one moved over; in a
    chain, each arrow grows. The frames in between have the moving arrow only: figures with many
    frames are slow to make and to send.
    """
    frames: list[Mark] = []
    if stop.arrows and not stop.answered:
        index = stop.arrows - 1
        arrow = drawing.arrows[index]
        carried = drawing.parallelogram and index == 1
        origin = drawing.arrows[0] if carried else Arrow("", arrow.start, arrow.start)
        for share in np.linspace(0, 1, FRAMES + 1)[1:-1]:
            start = origin.start + share * (arrow.start - origin.start)
            end = origin.end + share * (arrow.end - origin.end)
            frames.append({"data": [_at([start, end], drawing)], "traces": [1 + index]})
    return [*frames, {"name": str(number), "data": _positions(drawing, stop)}]


def _positions(drawing: Construction, stop: _Stop) -> list[Mark]:
    """Return the coordinates of each trace of `_styles` at a stop."""
    carried = drawing.parallelogram and stop.arrows == 2
    gap = np.full_like(drawing.tip, np.nan)
    parallels = [point for side in _parallels(drawing) for point in (*side, gap)] if carried else []
    arrows = [
        [arrow.start, arrow.end] if index < stop.arrows else []
        for index, arrow in enumerate(drawing.arrows)
    ]
    words = {
        role: [point.position for point in drawing.points if point.role == role]
        for role in ("input", "near", "answer")
    }
    near, answer = (words["near"], words["answer"]) if stop.answered else ([], [])
    missed = [drawing.tip, *answer] if answer else []
    tip = [drawing.tip] if stop.arrows == len(drawing.arrows) else []
    points = [parallels, *arrows, missed, tip, words["input"], near, answer]
    return [_at(some, drawing) for some in points]


def _at(points: list[Points], drawing: Construction) -> Mark:
    """Return the coordinates of a trace in two or three dimensions."""
    # As lists: plotly validates arrays far more slowly.
    columns = np.array(points, dtype=float).reshape(-1, len(drawing.tip)).T.tolist()
    kind = "scatter" if len(columns) == 2 else "scatter3d"
    return {"type": kind, **dict(zip("xyz", columns, strict=False))}


def _styles(drawing: Construction) -> list[Mark]:
    """Return the style of each trace: sides, arrows, gap, tip, then the words by role."""
    flat = len(drawing.tip) == 2
    sides = _label_sides(drawing)
    head: Mark = {"symbol": "arrow", "angleref": "previous", "size": [0, 16]}
    if not flat:
        head = {"symbol": "diamond", "size": [0, 6]}
    tip = {"symbol": "circle-open", "size": 16 if flat else 9, "line": {"width": 3}}
    return [
        {"mode": "lines", "line": {"color": LINE, "width": 2}, "hoverinfo": "skip"},
        *(
            {
                "mode": "lines+markers",
                "line": {"color": ARROW_COLOR, "width": 4 if flat else 7},
                "marker": {**head, "color": ARROW_COLOR},
                "hovertemplate": f"{plotly_text(arrow.label)}<extra></extra>",
            }
            for arrow in drawing.arrows
        ),
        {
            "mode": "lines",
            "line": {"color": VERMILLION, "width": 2} | ({"dash": "dot"} if flat else {}),
            "hovertemplate": f"{drawing.gap:.2f} from tip to answer<extra></extra>",
        },
        {
            "mode": "markers",
            "marker": {**tip, "color": ARROW_COLOR},
            "hovertemplate": "tip of the arrow<extra></extra>",
        },
        _words(drawing, sides, "input", GREY, TEXT_SIZE + 2),
        _words(drawing, sides, "near", SKY, TEXT_SIZE - 2),
        _words(drawing, sides, "answer", VERMILLION, TEXT_SIZE + 2),
    ]


def _words(
    drawing: Construction, sides: Mapping[str, str], role: Role, color: str, size: int
) -> Mark:
    flat = len(drawing.tip) == 2
    points = [point for point in drawing.points if point.role == role]
    return {
        "mode": "markers+text",
        "text": [plotly_text(point.word) for point in points],
        "textposition": [sides[point.word] for point in points] or "top center",
        "textfont": {"size": size, "color": INK},
        "marker": {"size": 10 if flat else 5, "color": color},
        "customdata": [point.distance for point in points],
        "hovertemplate": f"%{{text}}<br>%{{customdata:.2f}} off this {'plane' if flat else 'space'}"
        "<extra></extra>",
        **({"cliponaxis": False} if flat else {}),
    }


def _label_sides(drawing: Construction) -> dict[str, str]:
    """Return the side of the label of each word, as seen along the third axis."""
    order = {"answer": 0, "input": 1, "near": 2}
    points = sorted(drawing.points, key=lambda point: order[point.role])
    positions = np.array([point.position[:2] for point in points])
    lines = [*((arrow.start, arrow.end) for arrow in drawing.arrows), *_parallels(drawing)]
    lines += [(drawing.tip, point.position) for point in points if point.role == "answer"]
    on_lines = [
        (start + share * (end - start))[:2]
        for start, end in lines
        for share in np.linspace(0, 1, 60)
    ]
    low, high = _extent(drawing)
    height = float((high - low).max()) * TEXT_SIZE / HEIGHT
    sides = place_labels(positions, [point.word for point in points], height, on_lines)
    return {point.word: side for point, side in zip(points, sides, strict=True)}


def _parallels(drawing: Construction) -> list[tuple[Points, Points]]:
    """Return the two sides along which a parallelogram's arrow moves; none for a chain."""
    if not drawing.parallelogram:
        return []
    first, second = drawing.arrows
    return [(first.start, second.start), (first.end, second.end)]


def _extent(drawing: Construction) -> tuple[Points, Points]:
    """Return the lowest and highest coordinates of the drawing."""
    ends = [end for arrow in drawing.arrows for end in (arrow.start, arrow.end)]
    points = np.array([*(point.position for point in drawing.points), *ends, drawing.tip])
    return points.min(axis=0), points.max(axis=0)


def _plane(drawing: Construction) -> Mark:
    """Return axes with the same scale, so that angles are true."""
    low, high = _extent(drawing)
    room = 0.12 * float((high - low).max())
    # Ticks are for typed coordinates; on another plane they have no meaning.
    axis = {
        "showgrid": True,
        "gridcolor": LINE,
        "zeroline": drawing.own_axes,
        "zerolinecolor": GREY,
        "showticklabels": drawing.own_axes,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
    }
    return {
        "xaxis": {"range": [low[0] - room, high[0] + room], **axis},
        "yaxis": {"range": [low[1] - room, high[1] + room], "scaleanchor": "x", **axis},
    }


def _space() -> Mark:
    axis = {
        "showticklabels": False,
        "title": {"text": ""},
        "backgroundcolor": "rgba(0,0,0,0)",
        "gridcolor": LINE,
        "zerolinecolor": LINE,
        "showspikes": False,
    }
    # Almost along the third axis, since the labels are placed for that view.
    camera = {
        "projection": {"type": "orthographic"},
        "eye": {"x": 0.38, "y": -0.45, "z": 2.5},
        "up": {"x": 0, "y": 1, "z": 0},
    }
    axes = {"xaxis": axis, "yaxis": axis, "zaxis": axis}
    return {"scene": {"aspectmode": "data", "dragmode": "orbit", "camera": camera, **axes}}
