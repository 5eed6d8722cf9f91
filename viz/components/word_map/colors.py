"""The colour of each word, and the legend that explains it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viz.components.word_map.payload import NO_COLOR, groups_payload, values_payload

MOST_GROUPS: Final = 8


@dataclass(frozen=True)
class Coloring:
    """What gives words their colours.

    Args:
        payload: a place in the palette or a number for each word, as bytes.
        legend: what the browser writes above the map.
    """

    payload: bytes
    legend: Mapping[str, object]


def coloring(
    count: int,
    *,
    groups: Sequence[int] | NDArray[np.integer] | None = None,
    group_names: Sequence[str] = (),
    values: Sequence[float] | NDArray[np.floating] | None = None,
    value_name: str = "",
    value_ticks: Mapping[float, str] | None = None,
    signed: bool = False,
    logarithmic: bool = False,
) -> Coloring | None:
    """Return what colours the words, or None if neither groups nor values came.

    Args:
        count: how many words there are, N.
        groups: for each word the place of its group in `group_names`, -1 for none.
        group_names: eight at most: more colours cannot be told apart.
        values: for each word a number, NaN for none.
        value_name: what the numbers are.
        value_ticks: texts for some numbers on the scale, instead of its ends.
        signed: whether zero sits in the middle of the scale.
        logarithmic: whether equal steps on the scale are equal factors, as for ranks.

    Raises:
        ValueError: the lengths differ, both came, there are too many groups, or a scale cannot be
            as it was asked for.

    >>> coloring(3, groups=[1, 0, -1], group_names=["food", "colour"]).legend
    {'groups': ['food', 'colour']}
    >>> coloring(3, values=[1, 10, 100], value_name="rank", logarithmic=True).legend["scale"]
    [1.0, 100.0]
    """
    if groups is not None and values is not None:
        raise ValueError("Groups and values came; a word has one colour. Give one of the two.")
    given = groups if groups is not None else values
    if given is None:
        return None
    if len(given) != count:
        kind = "groups" if groups is not None else "values"
        raise ValueError(
            f"{len(given):,} {kind} came for {count:,} words; expected one for each word. "
            "Use -1 or NaN for words without one."
        )
    if groups is not None:
        places = _places(np.asarray(groups), len(group_names))
        return Coloring(groups_payload(places), {"groups": list(group_names)})
    numbers = np.asarray(values, dtype=np.float32)
    low, high = _ends(numbers, signed=signed, logarithmic=logarithmic)
    legend = {
        "scale": [low, high],
        "name": value_name,
        "signed": signed,
        "logarithmic": logarithmic,
        "ticks": [[float(at), text] for at, text in sorted((value_ticks or {}).items())],
    }
    scale = {"low": low, "high": high, "logarithmic": logarithmic}
    return Coloring(values_payload(numbers, scale), legend)


def _places(groups: NDArray[np.integer], names: int) -> NDArray[np.uint8]:
    """Return one place in the palette for each word."""
    if names > MOST_GROUPS:
        raise ValueError(
            f"{names} groups came; expected at most {MOST_GROUPS}, more colours cannot be "
            "told apart. Give the smallest groups the number -1."
        )
    low, high = (int(groups.min()), int(groups.max())) if groups.size else (-1, -1)
    if low < -1 or high >= names:
        raise ValueError(
            f"Groups from {low} to {high} came with {names} names; expected "
            f"-1 to {names - 1}. Name every group."
        )
    return np.where(groups < 0, NO_COLOR, groups).astype(np.uint8)


def _ends(values: NDArray[np.float32], *, signed: bool, logarithmic: bool) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if logarithmic and (signed or low <= 0):
        came = "zero in the middle" if signed else f"values from {low:g}"
        raise ValueError(
            f"A logarithmic scale came with {came}; expected only positive values. "
            "Leave `logarithmic` out."
        )
    if signed:
        return -max(abs(low), abs(high)), max(abs(low), abs(high))
    return low, high
