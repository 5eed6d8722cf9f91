"""The colour of each word as a place in a palette of 256, and the legend that explains it."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viz.components.word_map.payload import NO_COLOR

MOST_GROUPS: Final = 8
_STEPS: Final = 254


def color_places(
    count: int,
    groups: Sequence[int] | NDArray[np.integer] | None = None,
    group_names: Sequence[str] = (),
    values: Sequence[float] | NDArray[np.floating] | None = None,
    value_name: str = "",
    signed: bool = False,
) -> tuple[NDArray[np.uint8] | None, Mapping[str, object] | None]:
    """Return a place in the palette for each word and what the legend says, or twice None.

    Args:
        count: how many words there are.
        groups: for each word the place of its group in `group_names`, -1 for none.
        group_names: eight at most: more colours cannot be told apart.
        values: for each word a number, NaN for none; spread over the places 0 to 254.
        value_name: what the numbers are.
        signed: whether zero sits in the middle of the scale.

    Raises:
        ValueError: the lengths differ, both came, or there are too many groups.

    >>> color_places(3, groups=[1, 0, -1], group_names=["food", "colour"])[0].tolist()
    [1, 0, 255]
    >>> color_places(3, values=[0.0, 1.0, 2.0])[0].tolist()
    [0, 127, 254]
    """
    if groups is not None and values is not None:
        raise ValueError("Groups and values came; a word has one colour. Give one of the two.")
    given = groups if groups is not None else values
    if given is None:
        return None, None
    if len(given) != count:
        kind = "groups" if groups is not None else "values"
        raise ValueError(
            f"{len(given):,} {kind} came for {count:,} words; expected one for each word. "
            "Use -1 or NaN for words without one."
        )
    if groups is not None:
        return _of_groups(np.asarray(groups, dtype=np.int64), group_names)
    return _of_values(np.asarray(values, dtype=np.float64), value_name, signed)


def _of_groups(
    groups: NDArray[np.int64], names: Sequence[str]
) -> tuple[NDArray[np.uint8], Mapping[str, object]]:
    if len(names) > MOST_GROUPS:
        raise ValueError(
            f"{len(names)} groups came; expected at most {MOST_GROUPS}, more colours cannot be "
            "told apart. Give the smallest groups the number -1."
        )
    if groups.size and not -1 <= groups.min() <= groups.max() < len(names):
        raise ValueError(
            f"Groups from {groups.min()} to {groups.max()} came with {len(names)} names; expected "
            f"-1 to {len(names) - 1}. Name every group."
        )
    places = np.where(groups < 0, NO_COLOR, groups).astype(np.uint8)
    return places, {"groups": list(names)}


def _of_values(
    values: NDArray[np.float64], name: str, signed: bool
) -> tuple[NDArray[np.uint8], Mapping[str, object]]:
    known = np.isfinite(values)
    low, high = (values[known].min(), values[known].max()) if known.any() else (0.0, 1.0)
    if signed:
        high = max(abs(low), abs(high))
        low = -high
    shares = (np.where(known, values, low) - low) / ((high - low) or 1.0)
    places = np.where(known, np.floor(shares * _STEPS), NO_COLOR).astype(np.uint8)
    return places, {"scale": [float(low), float(high)], "name": name, "signed": signed}
