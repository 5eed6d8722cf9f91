"""The pictures that a page shows, collected so that they can be saved together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class ShownFigure:
    """A plotly figure, and the sentence that describes it."""

    figure: "go.Figure"
    alt: str


@dataclass(frozen=True)
class ShownElement:
    """An element of our own.

    Attributes:
        name: of the component.
        script: the ES module whose default export draws the element.
        style: its stylesheet.
        data: returns what it draws, without anything that only a server can answer.
        alt: the sentence that describes it.
    """

    name: str
    script: str
    style: str
    data: Callable[[], dict[str, Any]]
    alt: str


PagePicture = ShownFigure | ShownElement

_collected: ContextVar[list[PagePicture] | None] = ContextVar("pictures", default=None)


def record(picture: PagePicture) -> None:
    """Add a picture to those that are being collected, if they are."""
    pictures = _collected.get()
    if pictures is not None:
        pictures.append(picture)


@contextmanager
def collected() -> Iterator[list[PagePicture]]:
    """Collect the pictures that are shown inside the block, in their order."""
    pictures: list[PagePicture] = []
    token = _collected.set(pictures)
    try:
        yield pictures
    finally:
        _collected.reset(token)
