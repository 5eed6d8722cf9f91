"""What can be put on a word map: highlighted words, lines between them, points of their own."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "accent", "blue", "orange", "green", "vermillion", "purple", "sky", "yellow", "neutral", "group"
]
"""A colour by its name. `accent` is the theme's; `group` is that of the word's own group."""

Place = int | tuple[float, ...]
"""The index of a word, or a point in the coordinates of the layout."""


@dataclass(frozen=True)
class Highlight:
    """A word that stands out: a large dot and a label that is never left out.

    Args:
        index: which word, counted from 0.
        role: its colour.
        label: the text at the dot; the word itself when None.

    >>> Highlight(3, "orange").to_json()
    [3, 'orange', None]
    """

    index: int
    role: Role = "accent"
    label: str | None = None

    def to_json(self) -> list[object]:
        """Return the few values that travel to the browser."""
        return [int(self.index), _known(self.role), self.label]


@dataclass(frozen=True)
class Link:
    """A straight line from one place to another.

    Args:
        start: a word's index, or a point with as many coordinates as the layout.
        end: likewise.
        role: its colour.
        arrow: whether `end` gets an arrow head.
        label: a text at the middle of the line.
        dashed: whether the line is dashed.

    >>> Link(0, (1.0, 2.0), arrow=False).to_json()
    [0, [1.0, 2.0], 'accent', False, None, False]
    """

    start: Place
    end: Place
    role: Role = "accent"
    arrow: bool = True
    label: str | None = None
    dashed: bool = False

    def to_json(self) -> list[object]:
        """Return the few values that travel to the browser."""
        ends = [_place(self.start), _place(self.end)]
        return [*ends, _known(self.role), self.arrow, self.label, self.dashed]


@dataclass(frozen=True)
class Marker:
    """A point that is no word, such as the tip of an arrow.

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
        """Return the few values that travel to the browser."""
        return [_place(self.position), self.label, _known(self.role)]


def _known(role: str) -> str:
    if role not in get_args(Role):
        names = ", ".join(get_args(Role))
        raise ValueError(f"The role {role!r} came; expected one of {names}.")
    return role


def _place(place: Place) -> int | list[float]:
    if isinstance(place, tuple):
        return [float(coordinate) for coordinate in place]
    return int(place)
