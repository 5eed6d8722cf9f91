"""Arrows and words in a plane, drawn to scale; numbers follow a dragged tip in the browser."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from core.geometry.moved_tip import MovableTip
from core.geometry.neighbors import Metric
from viz.components.arrow_plane.drawing import Drawing, Place
from viz.components.modules import joined
from viz.shown import ShownElement, record

DECIMALS = 6
_FOLDER = Path(__file__).parent
_NAME = "arrow_plane"
_STYLE = (_FOLDER / "plane.css").read_text(encoding="utf-8")
_SCRIPT = joined(_FOLDER / "plane.js")
_plane = st.components.v2.component(_NAME, css=_STYLE, js=_SCRIPT)


def arrow_plane(
    drawing: Drawing,
    *,
    key: str,
    alt: str,
    height: int,
    movable: MovableTip | None = None,
    metric: Metric = "cosine",
    is_pair: bool = False,
    on_pick: Callable[[str], None] | None = None,
    on_drop: Callable[[list[Place]], None] | None = None,
) -> None:
    """Show arrows and words in a plane with one scale for both axes.

    Args:
        drawing: what is drawn.
        key: the element's name, unique on the page.
        alt: one sentence that describes it, for screen readers.
        height: in pixels.
        movable: what scores words while the tip is dragged; without it, the tip stays.
        metric: how they are scored.
        is_pair: whether there are two arrows from zero, whose tips can be dragged and whose dot
            product is shown.
        on_pick: called with a clicked word before the page runs again.
        on_drop: called with the coordinates of all tips when one was dragged.
    """
    shown = asdict(drawing)
    words = [word.text for word in drawing.words]
    drawn = sha256(repr(words).encode()).hexdigest()[:12]

    def picked() -> None:
        index = read_index(st.session_state[key].get("picked"), drawn, len(words))
        if on_pick is not None and index is not None:
            on_pick(words[index])

    def dropped() -> None:
        places = read_places(st.session_state[key].get("dropped"), len(drawing.tips))
        if on_drop is not None and places is not None:
            on_drop(places)

    data = {
        **shown,
        "drawn": drawn,
        "alt": alt,
        "height": height,
        "movable": None if movable is None else movable_data(movable, metric),
        "is_pair": is_pair,
        "pickable": on_pick is not None,
        "reports": on_drop is not None,
    }
    still = {"pickable": False, "reports": False}  # nobody listens
    record(ShownElement(_NAME, _SCRIPT, _STYLE, lambda: data | still, alt))
    _plane(
        key=key,
        data=data,
        on_picked_change=picked,
        on_dropped_change=dropped,
    )


def movable_data(movable: MovableTip, metric: Metric) -> dict[str, Any]:
    """Return what scores words in the browser, rounded: scores are shown with three decimals."""
    return {
        "metric": metric,
        "words": list(movable.words),
        "dots": movable.dots.round(DECIMALS).tolist(),
        "along": movable.along.round(DECIMALS).tolist(),
        "squares": movable.squares.round(DECIMALS).tolist(),
        "positions": movable.positions.round(DECIMALS).tolist(),
        "base_square": movable.base_square,
        "base_along": movable.base_along.tolist(),
    }


def read_index(message: object, drawn: str, count: int) -> int | None:
    """Return the index of a clicked word, or None if the message is not about these words.

    >>> read_index({"drawn": "a1", "index": 2}, "a1", 3)
    2
    >>> read_index({"drawn": "b2", "index": 2}, "a1", 3)
    """
    if not isinstance(message, Mapping) or message.get("drawn") != drawn:
        return None
    index = message.get("index")
    return index if type(index) is int and 0 <= index < count else None


def read_places(message: object, count: int) -> list[Place] | None:
    """Return the coordinates of tips in a message from the browser; None if it is invalid.

    >>> read_places([[1, 2.5], [0, -3]], 2)
    [(1.0, 2.5), (0.0, -3.0)]
    >>> read_places([[1, "2"]], 1)
    """
    if not isinstance(message, list) or len(message) != count:
        return None
    places: list[Place] = []
    for place in message:
        if not isinstance(place, list) or len(place) != len("xy"):
            return None
        if not all(type(value) in (int, float) and math.isfinite(value) for value in place):
            return None
        places.append((float(place[0]), float(place[1])))
    return places
