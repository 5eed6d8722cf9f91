"""The numbers behind the pictures of directions, as tables."""

from collections.abc import Sequence

import pandas as pd

from core.geometry.direction_checks import Arrival, Check
from core.geometry.directions import Direction, Extremes
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


def arrival_table(arrivals: Sequence[Arrival]) -> pd.DataFrame:
    """Return where a direction leads from each word, and for pairs, where it should lead."""
    table = pd.DataFrame(
        {
            "from": [arrival.start for arrival in arrivals],
            "leads to": [_first(arrival.near.words) for arrival in arrivals],
            "cosine": [float(arrival.near.scores.max(initial=0)) for arrival in arrivals],
        }
    )
    if any(arrival.partner for arrival in arrivals):
        table["hoped for"] = [arrival.partner for arrival in arrivals]
    else:
        table["then"] = [", ".join(arrival.near.words[1:4]) for arrival in arrivals]
    if any(arrival.without_own for arrival in arrivals):
        table["made without it"] = [
            _first(arrival.without_own.words) if arrival.without_own else "" for arrival in arrivals
        ]
    return table


def check_table(found: Check) -> pd.DataFrame:
    """Return how each pair, or word, agrees with the direction, with and without it."""
    return pd.DataFrame(
        {
            "own difference": list(found.labels),
            "cosine": found.cosines,
            "cosine without it": found.others,
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
