"""The layout of labels on stems above or below a line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viz.labels import LETTER

MAX_LABELS = 60  # no picture has room for more
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class LabelRows:
    """The rows for labels on one side of the line.

    Args:
        size: the size of the letters in pixels.
        first: pixels from the line to the middle of the first row; negative below the line.
        step: pixels from each row to the next; negative below the line.
        room: pixels available for all rows.
    """

    size: int
    first: int
    step: int
    room: int

    @property
    def count(self) -> int:
        """The number of rows."""
        return 1 + (self.room - abs(self.first) - self.size // 2) // abs(self.step)

    def height(self, row: int) -> int:
        """Return the height of a row, counted from 0, in pixels above the line."""
        return self.first + self.step * row


@dataclass(frozen=True)
class StemLabels:
    """The positions of N labels.

    Args:
        rows: (N,) intp, counted from the line; -1 for labels that are left out.
        to_right: (N,) bool, whether a label starts at its stem; else it ends there.
        left: (N,) float64, the left end of each label, in pixels.
        right: (N,) float64, the right end of each label, in pixels.
    """

    rows: NDArray[np.intp]
    to_right: NDArray[np.bool_]
    left: Numbers
    right: Numbers


def stem_labels(stems: Numbers, names: Sequence[str], row: LabelRows) -> StemLabels:
    """Return positions in which no label overlaps another and no stem crosses a label.

    Left of a split point, labels end at their stems; right of it, they start there. The nearer to
    the split point, the higher they are. The split point is the one that needs the fewest rows.
    If there are too few rows, the last labels are left out.

    Args:
        stems: (N,) float64, the positions of the stems in any order, in pixels.
        names: N labels, the most important first.
        row: the available rows.

    >>> rows = LabelRows(size=16, first=20, step=20, room=90)
    >>> stem_labels(np.array([0.0, 10.0, 200.0]), ["cat", "dog", "cow"], rows).rows
    array([0, 0, 0])
    """
    widths = np.array([(len(name) + 1) * LETTER * row.size for name in names])
    count = min(len(names), MAX_LABELS)
    while True:
        rows, to_right = _laid_out(stems[:count], widths[:count])
        if rows.max(initial=0) < row.count:
            break
        count -= 1
    missing = len(names) - count
    rows = np.concatenate([rows, np.full(missing, -1, dtype=np.intp)])
    to_right = np.concatenate([to_right, np.zeros(missing, dtype=np.bool_)])
    shown = np.where(rows >= 0, widths, 0.0)
    left = np.where(to_right, stems, stems - shown)
    return StemLabels(rows, to_right, left, left + shown)


def _laid_out(stems: Numbers, widths: Numbers) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the row of each label, and whether it starts at its stem."""
    order = np.argsort(stems, kind="stable")
    xs, sizes = stems[order], widths[order]
    to_left = _climb(xs, sizes)
    to_right = _climb(-xs[::-1], sizes[::-1])[::-1]
    # The highest row left and right of each possible split point.
    highest_left = np.concatenate([[-1], np.maximum.accumulate(to_left)])
    highest_right = np.concatenate([np.maximum.accumulate(to_right[::-1])[::-1], [-1]])
    split = int(np.argmin(np.maximum(highest_left, highest_right)))
    rows = np.concatenate([to_left[:split], to_right[split:]])
    begins = _turned_inwards(xs, sizes, rows, np.arange(len(xs)) >= split)
    back = np.argsort(order, kind="stable")
    return rows[back], begins[back]


def _climb(xs: Numbers, widths: Numbers) -> NDArray[np.intp]:
    """Return a row for each label that ends at its stem, for stems from left to right.

    A label extends over the stems before it, and is one row above the highest of their labels.
    """
    rows = np.zeros(len(xs), dtype=np.intp)
    for stem in range(1, len(xs)):
        covered = xs[:stem] >= xs[stem] - widths[stem]
        rows[stem] = rows[:stem].max(where=covered, initial=-1) + 1
    return rows


def _turned_inwards(
    xs: Numbers, widths: Numbers, rows: NDArray[np.intp], begins: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which labels start at their stems; the outermost are turned inwards if they fit."""
    turned = begins.copy()
    for end, rest, inwards in ((0, slice(1, None), 1), (-1, slice(None, -1), -1)):
        if len(xs) > 1 and turned[end] != (inwards > 0) and not rows[end]:
            # The next obstacle: a stem, or a label of the same row that extends outwards.
            outwards = (turned[rest] != (inwards > 0)) & (rows[rest] == 0)
            room = inwards * (xs[rest] - xs[end]) - np.where(outwards, widths[rest], 0.0)
            if room.min() > widths[end]:
                turned[end] = inwards > 0
    return turned
