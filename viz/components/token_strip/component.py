"""Tokens as chips that wrap like text; their text is never interpreted as HTML."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import streamlit as st

from viz.components.modules import joined
from viz.shown import ShownElement, record

_FOLDER = Path(__file__).parent
_NAME = "token_strip"
_STYLE = (_FOLDER / "strip.css").read_text(encoding="utf-8")
_SCRIPT = joined(_FOLDER / "strip.js")
_strip = st.components.v2.component(_NAME, css=_STYLE, js=_SCRIPT)


@dataclass(frozen=True)
class Chip:
    """The appearance of a token.

    Args:
        text: the text in the chip.
        below: small text below it, such as the token's id or its probability.
        color: the colour of the chip, such as "#0072B2"; grey if empty.
        strength: the strength of the colour, 0 to 1.
        dashed: whether its border is dashed, as for tokens that are not part of the text.
        tip: the tooltip.
    """

    text: str
    below: str = ""
    color: str = ""
    strength: float = 1.0
    dashed: bool = False
    tip: str = ""


def token_strip(
    chips: Sequence[Chip],
    *,
    key: str,
    alt: str,
    selected: int | None = None,
    on_pick: Callable[[int], None] | None = None,
    height: int = 320,
    follow: bool = False,
) -> int | None:
    """Show tokens in a row that wraps.

    Args:
        chips: N tokens.
        key: the element's name, unique on the page.
        alt: one sentence that describes them, for screen readers.
        selected: index of the token with a ring.
        on_pick: called with the index of a clicked token before the page runs again; without it,
            tokens cannot be clicked.
        height: the maximum height in pixels; longer strips are scrolled.
        follow: whether the strip is scrolled to its end, also when tokens are added.

    Returns:
        The index of the clicked token, in the run that the click caused; else None.
    """
    rows = [
        [chip.text, chip.below, chip.color, round(chip.strength, 3), chip.dashed, chip.tip]
        for chip in chips
    ]
    strip = sha256(json.dumps([row[0] for row in rows]).encode()).hexdigest()[:12]

    def pick() -> None:
        index = read_pick(st.session_state[key].get("picked"), strip, len(chips))
        if on_pick is not None and index is not None:
            on_pick(index)

    data = {
        "strip": strip,
        "chips": rows,
        "selected": selected,
        "pickable": on_pick is not None,
        "alt": alt,
        "height": height,
        "follow": follow,
    }
    record(ShownElement(_NAME, _SCRIPT, _STYLE, lambda: {**data, "pickable": False}, alt))
    result = _strip(
        key=key,
        data=data,
        on_picked_change=pick,
    )
    return read_pick(result.get("picked"), strip, len(chips))


def read_pick(message: object, strip: str, count: int) -> int | None:
    """Return the index of a clicked token, or None if the message is not about these tokens.

    >>> read_pick({"strip": "a1", "index": 2}, "a1", 3)
    2
    >>> read_pick({"strip": "a1", "index": 3}, "a1", 3)
    """
    if not isinstance(message, Mapping) or message.get("strip") != strip:
        return None
    index = message.get("index")
    return index if type(index) is int and 0 <= index < count else None
