"""A small picture with a sentence below it, both of a fixed height, in a card that is one link.

The card is a container whose key starts with `LINK_KEY`; the link to a page in it covers it. So the
whole card can be clicked, while the keyboard stops at it once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import streamlit as st

from core.control_characters import with_codes
from viz.components.modules import joined

LINK_KEY: Final = "card_"  # the stylesheet has the same
Kind = Literal["none", "chips", "strip", "points", "curve", "bars"]

_FOLDER = Path(__file__).parent
_picture = st.components.v2.component(
    "path_picture",
    css=(_FOLDER / "picture.css").read_text(encoding="utf-8"),
    js=joined(_FOLDER / "picture.js"),
    isolate_styles=False,  # the card is outside of the element
)


@dataclass(frozen=True)
class Picture:
    """What is drawn.

    Args:
        kind: the kind of picture; `none` leaves its room empty.
        alt: one sentence that describes it, for screen readers.
        marks: what the kind needs; made by the functions of `viz.home.pictures`.
    """

    kind: Kind
    alt: str
    marks: dict[str, Any]


def path_picture(picture: Picture | None, sentence: Sequence[str], *, key: str) -> None:
    """Show a picture and a sentence.

    Args:
        picture: the picture; without one, there is the sentence only.
        sentence: its parts; every second one is bold, the first is not. They are shown as text.
        key: the element's name, unique on the page.
    """
    drawn = None if picture is None else {"kind": picture.kind, "alt": picture.alt, **picture.marks}
    _picture(key=key, data={"picture": drawn, "sentence": [*map(with_codes, sentence)]})
