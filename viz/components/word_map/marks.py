"""The marks of a word map: highlighted words, lines between them, and other points."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "accent", "blue", "orange", "green", "vermillion", "purple", "sky", "yellow", "neutral", "group"
]
"""The name of a colour: `accent` is the theme's, `group` that of the word's group."""

Endpoint = int | tuple[float, ...]
"""The index of a word, or a point in the coordinates of the layout."""


@dataclass(frozen=True)
class Highlight:
    """A highlighted word, with a large dot and a label that is always drawn.

    Args:
        index: the index of the word.
        role: its colour.
        label: the text at the dot; None for the word itself.

    >>> Highlight(3, "orange").to_json()
    [3, 'orange', None]
    """

    index: int
    role: Role = "accent"
    label: str | None = None

    def to_json(self) -> list[object]:
        """Return the values for the message to the browser."""
        return [int(self.index), _checked_role(self.role), self.label]


@dataclass(frozen=True)
class Link:
    """A straight line between two words or points.

    Args:
        start: the index of a word, or a point with as many coordinates as the layout.
        end: the index of a word, or a point, likewise.
        role: its colour.
        arrow: whether `end` has an arrowhead.
        label: a text at the middle of the line.
        dashed: whether the line is dashed.

    >>> Link(0, (1.0, 2.0), arrow=False).to_json()
    [0, [1.0, 2.0], 'accent', False, None, False]
    """

    start: Endpoint
    end: Endpoint
    role: Role = "accent"
    arrow: bool = True
    label: str | None = None
    dashed: bool = False

    def to_json(self) -> list[object]:
        """Return the values for the message to the browser."""
        ends = [_endpoint(self.start), _endpoint(self.end)]
        return [*ends, _checked_role(self.role), self.arrow, self.label, self.dashed]


@dataclass(frozen=True)
class Marker:
    """A point that is not a word, such as the tip of an arrow.

    Args:
        position: as many coordinates as the layout has.
        label: the text beside it.
        role: its colour.

    >>> Marker((0.5, 1.0), "king - man + woman").to_json()
    [[0.5, 1.0], 'king - man + woman', 'accent']
    """

    position: tuple[float, ...]
    label: str
    role: Role = "accent"

    def to_json(self) -> list[object]:
        """Return the values for the message to the browser."""
        return [_endpoint(self.position), self.label, _checked_role(self.role)]


def _checked_role(role: str) -> str:
    if role not in get_args(Role):
        names = ", ".join(get_args(Role))
        raise ValueError(f"Got the role {role!r}; expected one of {names}.")
    return role


def _endpoint(end: Endpoint) -> int | list[float]:
    if isinstance(end, tuple):
        return [float(coordinate) for coordinate in end]
    return int(end)
