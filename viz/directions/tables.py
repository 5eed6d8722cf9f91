"""Tables of directions."""

from collections.abc import Sequence

import pandas as pd

from core.geometry.direction_checks import DirectionCheck
from core.geometry.directions import Direction, Extremes
from core.geometry.offsets import Offset
from viz.directions.plane import PointWords


def coordinate_table(directions: Sequence[Direction], cloud: PointWords) -> pd.DataFrame:
    """Return the coordinates of words, a column for each direction, sorted by the first."""
    table = pd.DataFrame({"word": list(cloud.words)})
    for column, name in enumerate(_unique([direction.name for direction in directions])):
        table[name] = cloud.coordinates[:, column]
    return table.sort_values(table.columns[1], ascending=False, kind="stable", ignore_index=True)


def extremes_table(direction: Direction, extremes: Extremes) -> pd.DataFrame:
    """Return the words at the low end and at the high end, side by side."""
    ends = (
        (f"← {direction.low_end}", "at", extremes.low),
        (f"{direction.high_end} →", "at ", extremes.high),
    )
    return pd.concat(
        [
            pd.DataFrame({words: list(end.words), numbers: end.coordinates})
            for words, numbers, end in ends
        ],
        axis=1,
    )


def offset_table(offsets: Sequence[Offset]) -> pd.DataFrame:
    """Return the word nearest to each sum, and for pairs the expected word."""
    table = pd.DataFrame(
        {
            "from": [offset.start for offset in offsets],
            "leads to": [_first(offset.neighbors.words) for offset in offsets],
            "cosine": [float(offset.neighbors.scores.max(initial=0)) for offset in offsets],
        }
    )
    if any(offset.partner for offset in offsets):
        table["hoped for"] = [offset.partner for offset in offsets]
    else:
        table["then"] = [", ".join(offset.neighbors.words[1:4]) for offset in offsets]
    if any(offset.held_out for offset in offsets):
        table["made without it"] = [
            _first(offset.held_out.words) if offset.held_out else "" for offset in offsets
        ]
    return table


def check_table(check: DirectionCheck) -> pd.DataFrame:
    """Return how well each pair or word fits the directions made with and without it."""
    return pd.DataFrame(
        {
            "own difference": list(check.labels),
            "cosine": check.cosines,
            "cosine without it": check.held_out_cosines,
            "margin without it": check.margins,
        }
    )


def _first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def _unique(names: Sequence[str]) -> list[str]:
    """Return unique names: a repeated name gets its number."""
    return [
        name if name not in ("word", *names[:index]) else f"{name} ({index + 1})"
        for index, name in enumerate(names)
    ]
