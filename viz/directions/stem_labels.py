"""Names on stems: where names stand that are tied to places on a line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viz.labels import LETTER

MOST = 60  # names that are tried: no picture has room for more
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """The rows that names can stand in.

    Args:
        size: of the letters, in pixels.
        first: pixels from the line to the middle of the first row; below 0 it hangs.
        step: pixels from each row to the next.
        room: pixels that all rows may take.
    """

    size: int
    first: int
    step: int
    room: int

    @property
    def count(self) -> int:
        """How many rows there are."""
        return 1 + (self.room - abs(self.first) - self.size // 2) // abs(self.step)

    def height(self, row: int) -> int:
        """Return how far a row, counted from 0, is above the line, in pixels."""
        return self.first + self.step * row


@dataclass(frozen=True)
class Flags:
    """Where N names stand.

    Args:
        rows: (N,) intp, counted from the line; -1 for names that found no room.
        to_right: (N,) bool, whether a name begins at its stem or ends there.
        left: (N,) float64, where it begins, in pixels.
        right: (N,) float64, where it ends.
    """

    rows: NDArray[np.intp]
    to_right: NDArray[np.bool_]
    left: Numbers
    right: Numbers


def flag_rows(places: Numbers, names: Sequence[str], row: Row) -> Flags:
    """Return where names stand so that none overlaps another and no stem runs through one.

    Left of some place the names end at their stems, right of it they begin there, and the nearer
    to that place, the higher they stand; it is the place that needs the fewest rows. Where the
    rows do not suffice, the last names are left out.

    Args:
        places: (N,) of the stems, in pixels, in any order.
        names: N names, the most important first.
        row: the rows that there are.

    >>> flag_rows(np.array([0.0, 10.0, 200.0]), ["cat", "dog", "cow"], Row(16, 20, 20, 90)).rows
    array([0, 0, 0])
    """
    widths = np.array([(len(name) + 1) * LETTER * row.size for name in names])
    count = min(len(names), MOST)
    while True:
        rows, to_right = _laid_out(places[:count], widths[:count])
        if rows.max(initial=0) < row.count:
            break
        count -= 1
    missing = len(names) - count
    rows = np.concatenate([rows, np.full(missing, -1, dtype=np.intp)])
    to_right = np.concatenate([to_right, np.zeros(missing, dtype=np.bool_)])
    shown = np.where(rows >= 0, widths, 0.0)
    left = np.where(to_right, places, places - shown)
    return Flags(rows, to_right, left, left + shown)


def _laid_out(places: Numbers, widths: Numbers) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the rows of names, as many as they need, and whether each begins at its stem."""
    order = np.argsort(places, kind="stable")
    xs, sizes = places[order], widths[order]
    to_left = _climb(xs, sizes)
    to_right = _climb(-xs[::-1], sizes[::-1])[::-1]
    # For each split, the highest of the names left of it, and of those right of it.
    highest_left = np.concatenate([[-1], np.maximum.accumulate(to_left)])
    highest_right = np.concatenate([np.maximum.accumulate(to_right[::-1])[::-1], [-1]])
    split = int(np.argmin(np.maximum(highest_left, highest_right)))
    rows = np.concatenate([to_left[:split], to_right[split:]])
    begins = _turned_inwards(xs, sizes, rows, np.arange(len(xs)) >= split)
    back = np.argsort(order, kind="stable")
    return rows[back], begins[back]


def _climb(xs: Numbers, widths: Numbers) -> NDArray[np.intp]:
    """Return a row for each name that ends at its stem; stems come from left to right.

    A name reaches back over the stems before it, and stands above the highest of their names.
    """
    rows = np.zeros(len(xs), dtype=np.intp)
    for place in range(1, len(xs)):
        covered = xs[:place] >= xs[place] - widths[place]
        rows[place] = rows[:place].max(where=covered, initial=-1) + 1
    return rows


def _turned_inwards(
    xs: Numbers, widths: Numbers, rows: NDArray[np.intp], begins: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which names begin at their stems, those at both ends turned inwards if they can."""
    turned = begins.copy()
    for end, rest, inwards in ((0, slice(1, None), 1), (-1, slice(None, -1), -1)):
        if len(xs) > 1 and turned[end] != (inwards > 0) and not rows[end]:
            # What comes next: a stem, or a name of the same row that reaches out from its stem.
            outwards = (turned[rest] != (inwards > 0)) & (rows[rest] == 0)
            room = inwards * (xs[rest] - xs[end]) - np.where(outwards, widths[rest], 0.0)
            if room.min() > widths[end]:
                turned[end] = inwards > 0
    return turned
