"""Words along one direction: labels on stems above a line, over a histogram of common words.

Three vertical lines mark the coordinates with which those of words can be compared; their labels
have rows of their own above those of the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.directions import Direction
from core.geometry.middles import Middles
from viz.directions.stem_labels import LabelRows, StemLabels, stem_labels
from viz.figure import Figure
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

LOW_COLOR: Final = BLUE
HIGH_COLOR: Final = VERMILLION
ABOVE: Final = LabelRows(size=TEXT_SIZE, first=22, step=21, room=184)
BELOW: Final = LabelRows(size=TEXT_SIZE - 2, first=-20, step=-18, room=166)
MIDDLES: Final = LabelRows(size=TEXT_SIZE - 3, first=ABOVE.room + 10, step=17, room=ABOVE.room + 36)
RIGHT_ANGLE, ALL_WORDS, HALFWAY = "right angle", "middle of all words", "halfway"
FOOT: Final = 9  # pixels that their lines reach below the line, short of the labels there
DASHES: Final = {RIGHT_ANGLE: "dot", ALL_WORDS: "solid", HALFWAY: "dash"}
AXIS: Final = 66  # pixels below, for the axis labels and the title
MIN_WIDTH: Final = 350  # pixels, the width on a phone, for which labels are placed
MIN_SIDE: Final = 8  # pixels left and right
MIN_BELOW: Final = 40  # pixels below the line
MAX_LAYOUTS: Final = 20  # the line is made shorter for long labels at its ends at most so often
HILL: Final = 0.75  # height of the histogram as a share of the space above the line
BINS: Final = 80

Numbers = NDArray[np.float64]
Mark = dict[str, Any]


@dataclass(frozen=True)
class LineWords:
    """Words of one kind on a line.

    Args:
        words: N words, the most important first.
        coordinates: (N,) float64.
        color: the colour of their dots.
    """

    words: Sequence[str]
    coordinates: Numbers
    color: str = INK


def number_line_figure(
    direction: Direction,
    words: LineWords,
    makers: Sequence[LineWords],
    common: Numbers,
    middles: Middles | None = None,
) -> go.Figure:
    """Return the picture of words along a direction.

    Args:
        direction: the direction, with its name and its ends.
        words: the words above the line, labelled as far as there is room.
        makers: the words that the direction is made from, below the line.
        common: (M,) coordinates of the most frequent words, for the histogram.
        middles: the middles that are marked beside the right angle at 0.
    """
    compared = _compared(middles)
    low, high = _range([words, *makers, compared], common)
    groups = {ABOVE: [words], BELOW: list(makers), MIDDLES: [compared]}
    labels, sides = _fitted(groups, low, high)
    # The line is as low as the labels below it allow.
    below = max(-BELOW.height(int(labels[BELOW].rows.max(initial=0))) + BELOW.size, MIN_BELOW)
    lift = BELOW.room - below  # the room that is free below the line is added above it
    above = MIDDLES.room + lift
    marks = [_hill(common, low, high, HILL * (ABOVE.room + lift))] if len(common) else []
    for row, group in ((ABOVE, [words]), (BELOW, makers)):
        marks += _marks(group, labels[row], row)
    layout = _layout(direction, (low, high), (-below, above))
    heights = [MIDDLES.height(int(row)) + lift for row in labels[MIDDLES].rows]
    shapes, layout["annotations"] = _middle_marks(compared, labels[MIDDLES], heights)
    layout["shapes"] += shapes
    layout["margin"] |= {"l": sides[0], "r": sides[1]}
    return Figure(data=marks, layout=layout)


def _compared(middles: Middles | None) -> LineWords:
    """Return the labels of the marked coordinates, and the coordinates."""
    known = {RIGHT_ANGLE: 0.0}
    if middles is not None:
        known[ALL_WORDS] = middles.words
        if middles.halfway is not None:
            known[HALFWAY] = middles.halfway
    return LineWords(list(known), np.array(list(known.values())), GREY)


def _range(groups: Sequence[LineWords], common: Numbers) -> tuple[float, float]:
    """Return the ends of the line: it includes zero, all words and nearly all common words."""
    wide = np.quantile(common, [0.002, 0.998]) if len(common) else np.zeros(1)
    known = np.concatenate([*(some.coordinates for some in groups), wide, np.zeros(1)])
    room = 0.03 * float(np.ptp(known)) or 1.0
    return float(known.min()) - room, float(known.max()) + room


def _fitted(
    groups: Mapping[LabelRows, Sequence[LineWords]], low: float, high: float
) -> tuple[dict[LabelRows, StemLabels], tuple[int, int]]:
    """Return the labels on both sides of the line, and the space that they need at its ends."""
    sides = (MIN_SIDE, MIN_SIDE)
    labels, needed = _laid_out(groups, low, high, sides)
    for _ in range(MAX_LAYOUTS):
        wider = (max(sides[0], needed[0]), max(sides[1], needed[1]))
        if wider == sides:
            break
        # Labels that extend beyond the line make it shorter, so they are laid out again.
        sides = wider
        labels, needed = _laid_out(groups, low, high, sides)
    return labels, sides


def _laid_out(
    groups: Mapping[LabelRows, Sequence[LineWords]], low: float, high: float, sides: tuple[int, int]
) -> tuple[dict[LabelRows, StemLabels], tuple[int, int]]:
    """Return the labels, and the space that they need at both ends, in pixels on a phone.

    Args:
        groups: the words by the rows of labels that they share.
        low: the left end of the line.
        high: the right end of the line.
        sides: pixels left and right of the line.
    """
    width = MIN_WIDTH - sum(sides)
    labels = {}
    for row, group in groups.items():
        words = [word for some in group for word in some.words]
        stems = [x for some in group for x in some.coordinates.tolist()]
        labels[row] = stem_labels((np.array(stems) - low) * width / (high - low), words, row)
    return labels, _sides(list(labels.values()), width)


def _sides(laid_out: Sequence[StemLabels], width: float) -> tuple[int, int]:
    """Return the pixels that the labels need left and right of the line."""
    left = max((-labels.left.min(initial=0) for labels in laid_out), default=0)
    right = max((labels.right.max(initial=0) - width for labels in laid_out), default=0)
    return ceil(max(MIN_SIDE, left)), ceil(max(MIN_SIDE, right))


def _hill(common: Numbers, low: float, high: float, height: float) -> Mark:
    """Return a smoothed histogram of the common words."""
    counts, edges = np.histogram(common, bins=BINS, range=(low, high))
    window = np.exp(-0.5 * (np.arange(-4, 5) / 1.5) ** 2)
    smooth = np.convolve(counts, window / window.sum(), mode="same")
    heights = height * smooth / max(float(smooth.max()), 1.0)
    return {
        "type": "scatter",
        "x": ((edges[:-1] + edges[1:]) / 2).tolist(),
        "y": heights.tolist(),
        "mode": "lines",
        "line": {"width": 0},
        "fill": "tozeroy",
        "fillcolor": LINE,
        "hoverinfo": "skip",
        "name": "usual words",
    }


def _marks(groups: Sequence[LineWords], labels: StemLabels, row: LabelRows) -> list[Mark]:
    """Return the stems, labels and dots on one side of the line."""
    marks: list[Mark] = []
    start = 0
    for some in groups:
        own = range(start, start + len(some.words))
        start += len(some.words)
        xs = some.coordinates.tolist()
        named = [(index, index - own.start) for index in own if labels.rows[index] >= 0]
        tops = [row.height(int(labels.rows[index])) for index, _ in named]
        stems = [(xs[n], top) for (_, n), top in zip(named, tops, strict=True)]
        marks.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [x for at, _ in stems for x in (at, at, None)],
                "y": [y for _, top in stems for y in (0, top, None)],
                "line": {"color": GREY if some.color == INK else some.color, "width": 1},
                "hoverinfo": "skip",
            }
        )
        marks.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [x for x, _ in stems],
                "y": tops,
                # A space separates a label from its stem, and the labels of neighbouring stems.
                "text": [
                    f"\u00a0{word}" if labels.to_right[index] else f"{word}\u00a0"
                    for index, word in ((p, plotly_text(some.words[n])) for p, n in named)
                ],
                "textposition": [
                    "middle right" if labels.to_right[index] else "middle left"
                    for index, _ in named
                ],
                "textfont": {"size": row.size, "color": INK},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )
        marks.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": xs,
                "y": [0] * len(xs),
                "text": [plotly_text(word) for word in some.words],
                "marker": {"size": 9 if some.color == INK else 8, "color": some.color},
                "hovertemplate": "%{text}<br>%{x:.2f}<extra></extra>",
                "cliponaxis": False,
            }
        )
    return marks


def _layout(direction: Direction, ends: tuple[float, float], heights: tuple[int, int]) -> Mark:
    """Return the axes and the line.

    Args:
        direction: the direction in the title.
        ends: the ends of the line.
        heights: the lowest and the highest point of the picture, in pixels from the line.
    """
    (low, high), (below, above) = ends, heights
    line = {"type": "line", "x0": low, "x1": high, "y0": 0, "y1": 0, "layer": "below"}
    axis = {
        "range": [low, high],
        "zeroline": False,
        "gridcolor": LINE,
        "tickfont": {"size": TEXT_SIZE - 2, "color": INK},
        "nticks": 9,
        "title": {"text": axis_title(direction), "font": {"size": TEXT_SIZE + 2, "color": INK}},
    }
    return quiet(above - below + AXIS) | {
        "margin": {"l": MIN_SIDE, "r": MIN_SIDE, "t": 8, "b": AXIS - 8},
        "xaxis": axis,
        "yaxis": {"range": [below, above], "visible": False, "fixedrange": True},
        "shapes": [line | {"line": {"color": GREY, "width": 2}}],
    }


def _middle_marks(
    compared: LineWords, labels: StemLabels, heights: Sequence[int]
) -> tuple[list[Mark], list[Mark]]:
    """Return the marked coordinates, as shapes and as annotations.

    Args:
        compared: the labels and the coordinates.
        labels: the positions of the labels.
        heights: of the labels, in pixels above the line.
    """
    shapes, annotations = [], []
    marked = zip(
        compared.words, compared.coordinates.tolist(), labels.to_right, heights, strict=True
    )
    for name, x, to_right, height in marked:
        stroke = {"color": GREY, "width": 1.5, "dash": DASHES[name]}
        ends = {"x0": x, "x1": x, "y0": -FOOT, "y1": height + MIDDLES.size / 2}
        shapes.append({"type": "line", "layer": "below", "line": stroke, **ends})
        annotations.append(
            {
                "x": x,
                "y": height,
                "text": f"\u00a0{name}" if to_right else f"{name}\u00a0",
                "xanchor": "left" if to_right else "right",
                "yanchor": "middle",
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": MIDDLES.size, "color": INK},
            }
        )
    return shapes, annotations


def axis_title(direction: Direction, *, colored: bool = True) -> str:
    """Return the name of a direction between its two ends.

    Args:
        direction: the direction.
        colored: whether the ends have their colours.

    >>> axis_title(Direction("gender", "man", "woman", np.ones(2)), colored=False)
    '← man    gender    woman →'
    """
    named_by_ends = direction.name == f"{direction.low_end} → {direction.high_end}"
    name = "" if named_by_ends else plotly_text(direction.name)
    low, high = f"← {plotly_text(direction.low_end)}", f"{plotly_text(direction.high_end)} →"
    if colored:
        low = f'<b style="color:{LOW_COLOR}">{low}</b>'
        high = f'<b style="color:{HIGH_COLOR}">{high}</b>'
    return f"{low}    {name}    {high}"
