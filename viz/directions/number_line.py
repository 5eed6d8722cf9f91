"""Words along one direction: labels on stems above a line, over a histogram of common words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.directions import Direction
from viz.directions.stem_labels import LabelRows, StemLabels, stem_labels
from viz.figure import Figure
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

LOW_COLOR: Final = BLUE
HIGH_COLOR: Final = VERMILLION
ABOVE: Final = LabelRows(size=TEXT_SIZE, first=22, step=21, room=220)
BELOW: Final = LabelRows(size=TEXT_SIZE - 2, first=-20, step=-18, room=166)
AXIS: Final = 66  # pixels below, for the axis labels and the title
MIN_WIDTH: Final = 350  # pixels, the width on a phone, for which labels are placed
MIN_SIDE: Final = 8  # pixels left and right
MIN_BELOW: Final = 40  # pixels below the line
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
    direction: Direction, words: LineWords, makers: Sequence[LineWords], common: Numbers
) -> go.Figure:
    """Return the picture of words along a direction.

    Args:
        direction: the direction, with its name and its ends.
        words: the words above the line, labelled as far as there is room.
        makers: the words that the direction is made from, below the line.
        common: (M,) coordinates of the most frequent words, for the histogram.
    """
    low, high = _range([words, *makers], common)
    groups = {ABOVE: [words], BELOW: list(makers)}
    labels, sides = _fitted(groups, low, high)
    # The line is as low as the labels below it allow.
    below = max(-BELOW.height(int(labels[BELOW].rows.max(initial=0))) + BELOW.size, MIN_BELOW)
    above = ABOVE.room + BELOW.room - below
    marks = [_hill(common, low, high, HILL * above)] if len(common) else []
    for row, group in groups.items():
        marks += _marks(group, labels[row], row)
    layout = _layout(direction, (low, high), (-below, above))
    layout["margin"] |= {"l": sides[0], "r": sides[1]}
    return Figure(data=marks, layout=layout)


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
    _, sides = _laid_out(groups, low, high, (MIN_SIDE, MIN_SIDE))
    # Labels that extend beyond the line make it shorter, so lay them out again.
    return _laid_out(groups, low, high, sides)


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
    return int(max(MIN_SIDE, left)), int(max(MIN_SIDE, right))


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
    """Return the axes, the line and the mark at zero.

    Args:
        direction: the direction in the title.
        ends: the ends of the line.
        heights: the lowest and the highest point of the picture, in pixels from the line.
    """
    (low, high), (below, above) = ends, heights
    line = {"type": "line", "x0": low, "x1": high, "y0": 0, "y1": 0, "layer": "below"}
    zero = {"type": "line", "x0": 0, "x1": 0, "y0": below, "y1": above, "layer": "below"}
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
        "annotations": [
            {
                "x": 0,
                "y": above,
                "text": "neither",
                "xanchor": "left",
                "yanchor": "top",
                "showarrow": False,
                "font": {"size": TEXT_SIZE - 3, "color": GREY},
            }
        ],
        "yaxis": {"range": [below, above], "visible": False, "fixedrange": True},
        "shapes": [
            line | {"line": {"color": GREY, "width": 2}},
            zero | {"line": {"color": GREY, "width": 1, "dash": "dot"}},
        ],
    }


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
