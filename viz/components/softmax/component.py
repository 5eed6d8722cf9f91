"""The softmax component, whose sliders work in the browser without the server.

All logits of a vocabulary are sent once: Streamlit serves them as a file at an address made from
their content, so the browser fetches them only if they are new. When a slider is released, the page
receives the settings.
"""

import base64
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit import runtime

from viz.components.modules import joined
from viz.components.shared_value import browser_sent, revision
from viz.shown import ShownElement, record

_FOLDER = Path(__file__).parent
MAX_TEMPERATURE = 3.0
_NAME = "softmax"
_STYLE = (_FOLDER / "softmax.css").read_text(encoding="utf-8")
_SCRIPT = joined(_FOLDER / "panel.js")
_element = st.components.v2.component(_NAME, css=_STYLE, js=_SCRIPT)


@dataclass(frozen=True)
class Settings:
    """The settings of the sliders.

    Args:
        temperature: 0 to `MAX_TEMPERATURE`.
        top_k: number of the likeliest tokens that are kept; 0 keeps all.
        top_p: cumulative probability of the likeliest tokens that are kept; 1 keeps all.
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0


def softmax(
    logits: NDArray[np.float32],
    tokens: Sequence[tuple[int, str]],
    settings: Settings,
    *,
    key: str,
    alt: str,
    on_settings: Callable[[Settings], None],
    on_pick: Callable[[int], None],
) -> None:
    """Show the likeliest tokens as bars that follow three sliders.

    Args:
        logits: (V,) float32, finite.
        tokens: ids and names of the tokens with the largest logits, the largest first.
        settings: the settings of the sliders, until the visitor moves them.
        key: the element's name, unique on the page.
        alt: one sentence that describes it, for screen readers.
        on_settings: called when a slider is released, before the page runs again.
        on_pick: called with the id of a clicked token.
    """
    ids = [token for token, _ in tokens]

    def changed() -> None:
        moved = read_settings(st.session_state[key].get("settings"), len(logits))
        if moved is not None:
            browser_sent(key, moved)
            on_settings(moved)

    def picked() -> None:
        token = st.session_state[key].get("picked")
        if type(token) is int and token in ids:
            on_pick(token)

    data = {
        "address": _address(logits, f"{key}.logits"),
        "count": len(logits),
        "tokens": [[token, name] for token, name in tokens],
        "settings": asdict(settings),
        "revision": revision(key, settings),
        "max_temperature": MAX_TEMPERATURE,
        "alt": alt,
    }
    record(
        ShownElement(
            _NAME, _SCRIPT, _STYLE, lambda: {**data, "address": _data_address(logits)}, alt
        )
    )
    _element(
        key=key,
        data=data,
        on_settings_change=changed,
        on_picked_change=picked,
    )


def read_settings(message: object, count: int) -> Settings | None:
    """Return the settings in a message from the browser or in an address; None if they are invalid.

    Args:
        message: a mapping with temperature, top_k and top_p.
        count: number of tokens.

    >>> read_settings({"temperature": 0.7, "top_k": 5, "top_p": 1}, 10)
    Settings(temperature=0.7, top_k=5, top_p=1.0)
    >>> read_settings({"temperature": -1, "top_k": 5, "top_p": 1}, 10)
    """
    if not isinstance(message, Mapping):
        return None
    try:
        temperature, top_k, top_p = (
            float(message[name]) for name in ("temperature", "top_k", "top_p")
        )
    except (KeyError, TypeError, ValueError):
        return None
    if not all(map(math.isfinite, (temperature, top_k, top_p))):
        return None
    if not (0 <= temperature <= MAX_TEMPERATURE and 0 <= top_k <= count and 0 < top_p <= 1):
        return None
    return Settings(temperature, int(top_k), top_p)


def _address(logits: NDArray[np.float32], slot: str) -> str:
    """Return the address of the logits, which replace those in the same `slot` of the page."""
    if not runtime.exists():  # run as a plain script, without a browser
        return ""
    data = np.ascontiguousarray(logits, dtype="<f4").tobytes()
    return runtime.get_instance().media_file_mgr.add(data, "application/octet-stream", slot)


def _data_address(logits: NDArray[np.float32]) -> str:
    """Return an address that holds the logits itself, for a page without a server."""
    data = np.ascontiguousarray(logits, dtype="<f4").tobytes()
    return f"data:application/octet-stream;base64,{base64.b64encode(data).decode()}"
