"""The numbers behind the pictures of directions, as tables."""

from collections.abc import Sequence

import pandas as pd

from core.geometry.direction_checks import DirectionCheck
from core.geometry.directions import Direction, Extremes
from core.geometry.offsets import Offset
from viz.directions.plane import Cloud


def coordinate_table(directions: Sequence[Direction], cloud: Cloud) -> pd.DataFrame:
    """Return each word's coordinates, a column a direction, the highest on the first on top."""
    table = pd.DataFrame({"word": list(cloud.words)})
    for place, name in enumerate(_told_apart([direction.name for direction in directions])):
        table[name] = cloud.coordinates[:, place]
    return table.sort_values(table.columns[1], ascending=False, kind="stable", ignore_index=True)


def extremes_table(direction: Direction, found: Extremes) -> pd.DataFrame:
    """Return the words furthest out at the low end and at the high end, side by side."""
    ends = (
        (f"← {direction.low_end}", "at", found.low),
        (f"{direction.high_end} →", "at ", found.high),
    )
    return pd.concat(
        [
            pd.DataFrame({words: list(end.words), numbers: end.coordinates})
            for words, numbers, end in ends
        ],
        axis=1,
    )


def offset_table(offsets: Sequence[Offset]) -> pd.DataFrame:
    """Return where a direction leads from each word, and for pairs, where it should lead."""
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


def check_table(found: DirectionCheck) -> pd.DataFrame:
    """Return how each pair, or word, agrees with the direction, with and without it."""
    return pd.DataFrame(
        {
            "own difference": list(found.labels),
            "cosine": found.cosines,
            "cosine without it": found.held_out_cosines,
            "margin without it": found.margins,
        }
    )


def _first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def _told_apart(names: Sequence[str]) -> list[str]:
    """Return names that differ: a name that came before gets its place."""
    return [
        name if name not in ("word", *names[:place]) else f"{name} ({place + 1})"
        for place, name in enumerate(names)
    ]
