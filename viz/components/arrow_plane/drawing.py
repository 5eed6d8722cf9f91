"""What is drawn in a plane of arrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["input", "near", "answer"]
Kind = Literal["arrow", "side", "gap"]
Place = tuple[float, float]


@dataclass(frozen=True)
class Word:
    """A word of the drawing.

    Args:
        text: the word.
        at: its coordinates.
        role: what it is; it decides colour and size.
        tip: the tooltip.
    """

    text: str
    at: Place
    role: Role
    tip: str = ""


@dataclass(frozen=True)
class Line:
    """An arrow or a line.

    Args:
        kind: what it is; it decides colour, width and dashes.
        start: the coordinates of its start.
        end: the coordinates of its end.
        label: written beside its middle.
        color: 1 for the first colour of arrows, 2 for the second.
    """

    kind: Kind
    start: Place
    end: Place
    label: str = ""
    color: Literal[1, 2] = 1


@dataclass(frozen=True)
class Drawing:
    """What is drawn.

    Args:
        words: the words; the most important first.
        lines: the arrows and lines.
        tips: the ends of arrows that have a ring, such as the end of a sum.
        zero: the coordinates of the zero vector; None if it is not drawn.
        zero_tip: its tooltip.
        extent: points that are on the picture, whether something is drawn there or not.
        has_axes: whether the coordinates are those of the vectors, so that numbers are at the axes.
    """

    words: Sequence[Word]
    lines: Sequence[Line]
    tips: Sequence[Place] = ()
    zero: Place | None = None
    zero_tip: str = ""
    extent: Sequence[Place] = ()
    has_axes: bool = False
