"""Words along one direction: names on stems above a line, over the hill of the usual words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.geometry.directions import Direction
from viz.directions.stem_labels import Flags, Row, flag_rows
from viz.figure import Figure
from viz.style import BLUE, GREY, INK, LINE, TEXT_SIZE, VERMILLION, plotly_text, quiet

LOW_COLOR: Final = BLUE
HIGH_COLOR: Final = VERMILLION
ABOVE: Final = Row(size=TEXT_SIZE, first=22, step=21, room=220)
BELOW: Final = Row(size=TEXT_SIZE - 2, first=-20, step=-18, room=166)
AXIS: Final = 66  # pixels below all this, for the numbers and the title
NARROW: Final = 350  # pixels, the picture on a phone: even there no name may touch another
SIDE: Final = 8  # pixels left and right, where no name needs more
LEAST: Final = 40  # pixels below the line, when next to nothing hangs there
HILL: Final = 0.75  # of the room above the line
BINS: Final = 80

Numbers = NDArray[np.float64]
Mark = dict[str, Any]


@dataclass(frozen=True)
class Crowd:
    """Words of one kind on the line.

    Args:
        words: N words, the most important first.
        coordinates: (N,) float64.
        color: of their dots.
    """

    words: Sequence[str]
    coordinates: Numbers
    color: str = INK


def number_line_figure(
    direction: Direction, words: Crowd, makers: Sequence[Crowd], usual: Numbers
) -> go.Figure:
    """Return the picture of words along a direction.

    Args:
        direction: for its name and its ends.
        words: those that stand above the line, named as far as there is room.
        makers: those that the direction was made from; they hang below the line.
        usual: (M,) coordinates of the most frequent words, for the hill behind.
    """
    low, high = _range([words, *makers], usual)
    crowds = {ABOVE: [words], BELOW: list(makers)}
    flags, sides = _fitted(crowds, low, high)
    # What hangs below takes as much as it needs; the line lies as low as that allows.
    below = max(-BELOW.height(int(flags[BELOW].rows.max(initial=0))) + BELOW.size, LEAST)
    above = ABOVE.room + BELOW.room - below
    marks = [_hill(usual, low, high, HILL * above)] if len(usual) else []
    for row, group in crowds.items():
        marks += _marks(group, flags[row], row)
    layout = _layout(direction, (low, high), (-below, above))
    layout["margin"] |= {"l": sides[0], "r": sides[1]}
    return Figure(data=marks, layout=layout)


def _range(crowds: Sequence[Crowd], usual: Numbers) -> tuple[float, float]:
    """Return where the line begins and ends: zero, all words and nearly all usual ones are on."""
    wide = np.quantile(usual, [0.002, 0.998]) if len(usual) else np.zeros(1)
    known = np.concatenate([*(crowd.coordinates for crowd in crowds), wide, np.zeros(1)])
    room = 0.03 * float(np.ptp(known)) or 1.0
    return float(known.min()) - room, float(known.max()) + room


def _fitted(
    crowds: Mapping[Row, Sequence[Crowd]], low: float, high: float
) -> tuple[dict[Row, Flags], tuple[int, int]]:
    """Return where names stand on both sides of the line, and the room they need at its ends."""
    _, sides = _laid_out(crowds, low, high, (SIDE, SIDE))
    # Names that stick out make the line shorter, so once more.
    return _laid_out(crowds, low, high, sides)


def _laid_out(
    crowds: Mapping[Row, Sequence[Crowd]], low: float, high: float, sides: tuple[int, int]
) -> tuple[dict[Row, Flags], tuple[int, int]]:
    """Return where names stand, and the room that they need then, in pixels of a phone's picture.

    Args:
        crowds: those that share the rows on a side of the line.
        low: where the line begins.
        high: where it ends.
        sides: the pixels left and right of the line.
    """
    width = NARROW - sum(sides)
    flags = {}
    for row, group in crowds.items():
        words = [word for crowd in group for word in crowd.words]
        places = [x for crowd in group for x in crowd.coordinates.tolist()]
        flags[row] = flag_rows((np.array(places) - low) * width / (high - low), words, row)
    return flags, _sides(list(flags.values()), width)


def _sides(laid_out: Sequence[Flags], width: float) -> tuple[int, int]:
    """Return how many pixels the names need left and right of the line."""
    left = max((-flags.left.min(initial=0) for flags in laid_out), default=0)
    right = max((flags.right.max(initial=0) - width for flags in laid_out), default=0)
    return int(max(SIDE, left)), int(max(SIDE, right))


def _hill(usual: Numbers, low: float, high: float, height: float) -> Mark:
    """Return how many of the usual words lie where, as a smooth hill."""
    counts, edges = np.histogram(usual, bins=BINS, range=(low, high))
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


def _marks(crowds: Sequence[Crowd], flags: Flags, row: Row) -> list[Mark]:
    """Return the stems, the names and the dots of crowds on one side of the line."""
    marks: list[Mark] = []
    start = 0
    for crowd in crowds:
        own = range(start, start + len(crowd.words))
        start += len(crowd.words)
        xs = crowd.coordinates.tolist()
        named = [(place, place - own.start) for place in own if flags.rows[place] >= 0]
        tops = [row.height(int(flags.rows[place])) for place, _ in named]
        stems = [(xs[n], top) for (_, n), top in zip(named, tops, strict=True)]
        marks.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [x for at, _ in stems for x in (at, at, None)],
                "y": [y for _, top in stems for y in (0, top, None)],
                "line": {"color": GREY if crowd.color == INK else crowd.color, "width": 1},
                "hoverinfo": "skip",
            }
        )
        marks.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [x for x, _ in stems],
                "y": tops,
                # A blank keeps a name off its stem, and two names apart whose stems are neighbours.
                "text": [
                    f"\u00a0{word}" if flags.to_right[place] else f"{word}\u00a0"
                    for place, word in ((p, plotly_text(crowd.words[n])) for p, n in named)
                ],
                "textposition": [
                    "middle right" if flags.to_right[place] else "middle left" for place, _ in named
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
                "text": [plotly_text(word) for word in crowd.words],
                "marker": {"size": 9 if crowd.color == INK else 8, "color": crowd.color},
                "hovertemplate": "%{text}<br>%{x:.2f}<extra></extra>",
                "cliponaxis": False,
            }
        )
    return marks


def _layout(direction: Direction, ends: tuple[float, float], heights: tuple[int, int]) -> Mark:
    """Return the axes, the line and the mark at zero.

    Args:
        direction: for the title.
        ends: where the line begins and ends.
        heights: the lowest and the highest place of the picture, in pixels from the line.
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
        "margin": {"l": SIDE, "r": SIDE, "t": 8, "b": AXIS - 8},
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
        direction: of which.
        colored: whether the ends have their colours, which spaces cannot show.

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
