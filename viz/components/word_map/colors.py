"""The colour of each word, and the legend that explains it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viz.components.word_map.payload import NO_COLOR, groups_payload, values_payload

MAX_GROUPS: Final = 8


@dataclass(frozen=True)
class Coloring:
    """The colours of the words.

    Args:
        payload: a palette index or a number for each word, as bytes.
        legend: the explanation that the browser shows above the map.
    """

    payload: bytes
    legend: Mapping[str, object]


def coloring(
    count: int,
    *,
    groups: Sequence[int] | NDArray[np.integer] | None = None,
    group_names: Sequence[str] = (),
    group_colors: Sequence[int] = (),
    values: Sequence[float] | NDArray[np.floating] | None = None,
    value_name: str = "",
    value_ticks: Mapping[float, str] | None = None,
    signed: bool = False,
    logarithmic: bool = False,
    by_order: bool = False,
) -> Coloring | None:
    """Return the colours of the words, or None if there are neither groups nor values.

    Args:
        count: number of words, N.
        groups: for each word the index of its group in `group_names`, -1 for none.
        group_names: at most eight; more colours cannot be distinguished.
        group_colors: the number of each group's colour, 0 to 7; without them, the groups take the
            colours in order.
        values: for each word a number, NaN for none.
        value_name: the name of the numbers.
        value_ticks: labels for some numbers on the scale, instead of its ends.
        signed: whether zero is in the middle of the scale.
        logarithmic: whether equal steps on the scale are equal factors.
        by_order: whether equal steps on the scale have equally many words; then the ticks are at
            shares of the words, 0 to 1.

    Raises:
        ValueError: the lengths differ, both are given, there are too many groups, or the values do
            not fit the scale.

    >>> coloring(3, groups=[1, 0, -1], group_names=["food", "colour"]).legend
    {'groups': ['food', 'colour']}
    >>> coloring(3, values=[1, 10, 100], value_name="rank", logarithmic=True).legend["scale"]
    [1.0, 100.0]
    """
    if groups is not None and values is not None:
        raise ValueError(
            "Got groups and values; expected one of the two, since a word has one colour."
        )
    given = groups if groups is not None else values
    if given is None:
        return None
    if len(given) != count:
        kind = "groups" if groups is not None else "values"
        raise ValueError(
            f"Got {len(given):,} {kind} for {count:,} words; expected one for each word. "
            "Use -1 or NaN for words without one."
        )
    if groups is not None:
        indices = _palette_indices(np.asarray(groups), len(group_names))
        colors = {"colors": list(group_colors)} if group_colors else {}
        return Coloring(groups_payload(indices), {"groups": list(group_names), **colors})
    numbers = np.asarray(values, dtype=np.float32)
    low, high = 0.0, 1.0
    if not by_order:
        low, high = _limits(numbers, signed=signed, logarithmic=logarithmic)
    legend = {
        "scale": [low, high],
        "name": value_name,
        "signed": signed,
        "logarithmic": logarithmic,
        "ticks": [[float(at), text] for at, text in sorted((value_ticks or {}).items())],
    }
    scale = {"low": low, "high": high, "logarithmic": logarithmic, "by_order": by_order}
    return Coloring(values_payload(numbers, scale), legend)


def _palette_indices(groups: NDArray[np.integer], names: int) -> NDArray[np.uint8]:
    """Return the palette index of each word."""
    if names > MAX_GROUPS:
        raise ValueError(
            f"Got {names} groups; expected at most {MAX_GROUPS}: more colours cannot be "
            "distinguished. Give the smallest groups the number -1."
        )
    low, high = (int(groups.min()), int(groups.max())) if groups.size else (-1, -1)
    if low < -1 or high >= names:
        raise ValueError(
            f"Got groups from {low} to {high} with {names} names; expected "
            f"-1 to {names - 1}. Name every group."
        )
    return np.where(groups < 0, NO_COLOR, groups).astype(np.uint8)


def _limits(values: NDArray[np.float32], *, signed: bool, logarithmic: bool) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if logarithmic and (signed or low <= 0):
        wrong = "zero in the middle" if signed else f"values from {low:g}"
        raise ValueError(
            f"Got a logarithmic scale with {wrong}; expected only positive values. "
            "Leave `logarithmic` out."
        )
    if signed:
        return -max(abs(low), abs(high)), max(abs(low), abs(high))
    return low, high
