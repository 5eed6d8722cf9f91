"""Enumerations in sentences."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int, separator: str = ", ") -> str:
    """Return the first names and the number of the others.

    >>> listed(["red", "green", "blue", "white", "black"], 2)
    'red, green and 3 more'
    >>> listed(["line 1: no number", "line 3: no word", "line 4: no word"], 2, "; ")
    'line 1: no number; line 3: no word; and 1 more'
    """
    text = separator.join(names[:most])
    if len(names) <= most:
        return text
    joint = " and" if separator == ", " else f"{separator}and"
    return f"{text}{joint} {len(names) - most:,} more"
