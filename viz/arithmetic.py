"""An expression as a picture: its arrows, its tip, and the words near the tip, step by step."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.construction import Arrow, Construction, Place
from viz.labels import place_labels
from viz.style import BLUE, GREY, INK, LINE, SKY, TEXT_SIZE, VERMILLION, quiet

HEIGHT: Final = 520
FLIGHT: Final = 8  # pictures while an arrow is carried over or grows
MILLISECONDS: Final = 70  # a picture of the flight
ARROW_COLOR: Final = BLUE
TIP: Final = "tip of the arrow"

Points = NDArray[np.float64]


@dataclass(frozen=True)
class _Moment:
    """What is drawn at one moment: arrows as (start, end), the tip, the words of the answer."""

    name: str
    arrows: tuple[tuple[Points, Points] | None, ...]
    answered: bool


def arithmetic_figure(drawing: Construction, height: int = HEIGHT) -> go.Figure:
    """Return the picture of an expression, with a button that builds it up term by term.

    Args:
        drawing: from `core.geometry.construction.construct`, in two or three dimensions.
        height: in pixels.
    """
    moments = _moments(drawing)
    figure = go.Figure(
        data=_traces(drawing, moments[-1]),
        frames=[
            go.Frame(data=_traces(drawing, moment), name=str(number))
            for number, moment in enumerate(moments)
        ],
    )
    figure.update_layout(updatemenus=[_play_button()], sliders=[_steps(moments)])
    if len(drawing.tip) == 2:
        _frame_plane(figure, drawing, height)
    else:
        _frame_space(figure, drawing)
    quiet(figure, height)
    return figure


def _moments(drawing: Construction) -> list[_Moment]:
    """Return what is seen, moment by moment: the words, each arrow, the answer."""
    count = len(drawing.arrows)
    done: list[tuple[Points, Points] | None] = [None] * count
    moments = [_Moment("the words of the expression", tuple(done), answered=False)]
    for place, arrow in enumerate(drawing.arrows):
        carried = drawing.parallelogram and place == 1
        origin = drawing.arrows[0] if carried else Arrow("", arrow.start, arrow.start)
        for share in np.linspace(0, 1, FLIGHT + 1)[1:]:
            done[place] = (
                origin.start + share * (arrow.start - origin.start),
                origin.end + share * (arrow.end - origin.end),
            )
            moments.append(_Moment(arrow.label, tuple(done), answered=False))
    moments.append(_Moment("the words nearest to the tip", tuple(done), answered=True))
    return moments


def _traces(drawing: Construction, moment: _Moment) -> list[go.Scatter | go.Scatter3d]:
    """Return the marks of one moment; every moment has the same number of them, in order."""
    arrows = [
        _arrow(drawing, arrow, ends)
        for arrow, ends in zip(drawing.arrows, moment.arrows, strict=True)
    ]
    inputs = [place for place in drawing.places if place.role == "input"]
    others = [place for place in drawing.places if place.role != "input"]
    shown = others if moment.answered else []
    return [
        *_carried_along(drawing, moment),
        *arrows,
        _gap(drawing, shown),
        _tip(drawing, moment),
        _words(drawing, inputs, GREY),
        _words(drawing, [place for place in shown if place.role == "near"], SKY),
        _words(drawing, [place for place in shown if place.role == "answer"], VERMILLION),
    ]


def _carried_along(drawing: Construction, moment: _Moment) -> list[go.Scatter | go.Scatter3d]:
    """Return the thin sides of the parallelogram, once the arrow is on its way."""
    if not drawing.parallelogram:
        return []
    sides = _parallels(drawing) if moment.arrows[1] is not None else []
    points = [point for side in sides for point in (*side, np.full_like(drawing.tip, np.nan))]
    return [_scatter(points, drawing, mode="lines", line={"color": LINE, "width": 2})]


def _arrow(
    drawing: Construction, arrow: Arrow, ends: tuple[Points, Points] | None
) -> go.Scatter | go.Scatter3d:
    line = {"color": ARROW_COLOR, "width": 4 if len(drawing.tip) == 2 else 7}
    points = [] if ends is None else list(ends)
    if len(drawing.tip) == 2:
        marker = {"symbol": "arrow", "angleref": "previous", "size": [0, 16], "color": ARROW_COLOR}
    else:
        marker = {"symbol": "diamond", "size": [0, 6], "color": ARROW_COLOR}
    return _scatter(
        points,
        drawing,
        mode="lines+markers",
        line=line,
        marker=marker,
        hovertemplate=f"{_text(arrow.label)}<extra></extra>",
    )


def _gap(drawing: Construction, shown: list[Place]) -> go.Scatter | go.Scatter3d:
    """Return the line from the tip to the answer."""
    ends = [place.position for place in shown if place.role == "answer"]
    points = [drawing.tip, *ends] if ends else []
    return _scatter(
        points,
        drawing,
        mode="lines",
        line={"color": VERMILLION, "width": 2, "dash": "dot"},
        hovertemplate=f"{drawing.gap:.2f} from the tip<extra></extra>",
    )


def _tip(drawing: Construction, moment: _Moment) -> go.Scatter | go.Scatter3d:
    last = moment.arrows[-1]
    arrived = last is not None and np.allclose(last[1], drawing.tip)
    return _scatter(
        [drawing.tip] if arrived else [],
        drawing,
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": 16 if len(drawing.tip) == 2 else 9,
            "color": ARROW_COLOR,
            "line": {"width": 3},
        },
        hovertemplate=f"{TIP}<extra></extra>",
    )


def _words(drawing: Construction, places: list[Place], color: str) -> go.Scatter | go.Scatter3d:
    sides = _label_sides(drawing)
    in_plane = "plane" if len(drawing.tip) == 2 else "space"
    return _scatter(
        [place.position for place in places],
        drawing,
        mode="markers+text",
        text=[_text(place.word) for place in places],
        textposition=[sides[place.word] for place in places] or None,
        textfont={"size": TEXT_SIZE + (2 if color != SKY else -2), "color": INK},
        marker={"size": 10 if len(drawing.tip) == 2 else 5, "color": color},
        customdata=[place.off for place in places],
        hovertemplate=f"%{{text}}<br>%{{customdata:.2f}} off this {in_plane}<extra></extra>",
    )


def _label_sides(drawing: Construction) -> dict[str, str]:
    """Return on which side of its point each word stands, seen along the third axis."""
    order = {"answer": 0, "input": 1, "near": 2}
    places = sorted(drawing.places, key=lambda place: order[place.role])
    positions = np.array([place.position[:2] for place in places])
    lines = [(arrow.start, arrow.end) for arrow in drawing.arrows]
    if drawing.parallelogram:
        lines += _parallels(drawing)
    lines += [(drawing.tip, place.position) for place in places if place.role == "answer"]
    on_lines = [
        (start + share * (end - start))[:2] for start, end in lines for share in np.linspace(0, 1, 60)
    ]
    low, high = _extent(drawing)
    height = float((high - low).max()) * TEXT_SIZE / HEIGHT
    sides = place_labels(positions, [place.word for place in places], height, on_lines)
    return {place.word: side for place, side in zip(places, sides, strict=True)}


def _parallels(drawing: Construction) -> list[tuple[Points, Points]]:
    """Return the two sides of the parallelogram along which the arrow is carried."""
    first, second = drawing.arrows
    return [(first.start, second.start), (first.end, second.end)]


def _extent(drawing: Construction) -> tuple[Points, Points]:
    """Return the lowest and highest coordinates of all that is drawn."""
    ends = [end for arrow in drawing.arrows for end in (arrow.start, arrow.end)]
    points = np.array([*(place.position for place in drawing.places), *ends, drawing.tip])
    return points.min(axis=0), points.max(axis=0)


def _scatter(
    points: list[Points], drawing: Construction, **marks: object
) -> go.Scatter | go.Scatter3d:
    """Return a trace in the picture's own number of dimensions."""
    columns = np.array(points, dtype=float).reshape(-1, len(drawing.tip)).T
    if len(columns) == 2:
        return go.Scatter(x=columns[0], y=columns[1], cliponaxis=False, **marks)
    return go.Scatter3d(x=columns[0], y=columns[1], z=columns[2], **marks)


def _text(word: str) -> str:
    """Return a word so that plotly, which reads a little HTML in texts, shows it as it is."""
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _frame_plane(figure: go.Figure, drawing: Construction, height: int) -> None:
    low, high = _extent(drawing)
    room = 0.12 * float((high - low).max())
    axis = {"showgrid": True, "gridcolor": LINE, "zeroline": False, "showticklabels": False}
    figure.update_xaxes(range=[low[0] - room, high[0] + room], **axis)
    figure.update_yaxes(
        range=[low[1] - room, high[1] + room], scaleanchor="x", scaleratio=1, **axis
    )


def _frame_space(figure: go.Figure, drawing: Construction) -> None:
    axis = {
        "showticklabels": False,
        "title": "",
        "backgroundcolor": "rgba(0,0,0,0)",
        "gridcolor": LINE,
        "zerolinecolor": LINE,
        "showspikes": False,
    }
    figure.update_scenes(
        aspectmode="data",
        xaxis=axis,
        yaxis=axis,
        zaxis=axis,
        dragmode="orbit",
        camera={"eye": {"x": 0.35, "y": -0.45, "z": 1.35}, "up": {"x": 0, "y": 1, "z": 0}},
    )


def _play_button() -> dict[str, object]:
    settings = {
        "frame": {"duration": MILLISECONDS, "redraw": True},
        "transition": {"duration": 0},
        "mode": "immediate",
    }
    return {
        "type": "buttons",
        "direction": "left",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": 10},
        "showactive": False,
        "buttons": [{"label": "▶ Build up", "method": "animate", "args": [None, settings]}],
    }


def _steps(moments: list[_Moment]) -> dict[str, object]:
    """Return a slider that stops where a step is complete, and names it."""
    last_of = {moment.name: str(number) for number, moment in enumerate(moments)}
    show = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}}
    return {
        "active": len(last_of) - 1,
        "currentvalue": {"xanchor": "left", "font": {"size": TEXT_SIZE, "color": INK}},
        "font": {"size": 1, "color": "rgba(0,0,0,0)"},  # room for the current step's name only
        "x": 0.36,
        "len": 0.62,
        "y": 0,
        "pad": {"t": 0, "b": 0},
        "ticklen": 0,
        "steps": [
            {
                "label": f"{place} of {len(last_of)}: {_text(name)}",
                "method": "animate",
                "args": [[number], show],
            }
            for place, (name, number) in enumerate(last_of.items(), 1)
        ],
    }
