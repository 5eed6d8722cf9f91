"""A plotly figure that is validated when it is inspected or changed, not when it is only shown."""

import base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio

Mark = Mapping[str, Any]

# The types of numbers that plotly.js reads as bytes, by numpy's names.
BYTE_TYPES: Final = {"float32": "f4", "float64": "f8", "int8": "i1", "int32": "i4", "uint8": "u1"}


class Figure(go.Figure):  # type: ignore[misc]
    """A plotly figure made in one piece from plain dictionaries.

    Plotly validates every property of a figure as it is made, which takes a quarter of the time in
    which the Analogies page answers. This class keeps the dictionaries and hands them on unchanged
    when the figure is sent to a browser. Any other use (`figure.data`, `figure.layout`,
    `figure.update_layout`) validates it first. The tests compare both for each figure.

    Args:
        data: the traces, in the order in which they are drawn.
        layout: of the whole figure.
        frames: of an animation.
    """

    def __init__(self, data: Sequence[Mark], layout: Mark, frames: Sequence[Mark] = ()) -> None:
        self._unvalidated: dict[str, Any] | None = {
            "data": list(data),
            "layout": dict(layout),
            **({"frames": list(frames)} if frames else {}),
        }

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Validate the figure, then return the attribute that only a validated one has."""
        parts = self.__dict__.get("_unvalidated")
        if parts is None:
            raise AttributeError(f"A figure has no '{name}'.")
        self.__dict__["_unvalidated"] = None
        super().__init__(**parts)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plotly.js reads it."""
        parts = self.__dict__["_unvalidated"]
        if parts is None:
            validated: dict[str, Any] = super().to_dict()
            return validated
        layout = {"template": _template(pio.templates.default), **parts["layout"]}
        sent: dict[str, Any] = _plain({**parts, "layout": layout})
        return sent


@lru_cache
def _template(name: str) -> dict[str, Any]:
    """Return the default template as a dictionary that nobody changes."""
    template: dict[str, Any] = pio.templates[name].to_plotly_json()
    return template


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a copy in which arrays have the form that plotly.js reads."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        # Lists of numbers or texts, often thousands of them, are copied without a look at each.
        nested = any(isinstance(part, Mapping | list | tuple | np.ndarray) for part in value)
        return [_plain(part) for part in value] if nested else list(value)
    if isinstance(value, np.ndarray):
        kind = BYTE_TYPES.get(value.dtype.name)
        if kind is None or not value.size:
            return value.tolist()
        numbers = {"dtype": kind, "bdata": base64.b64encode(value.tobytes()).decode()}
        shape = {"shape": ", ".join(map(str, value.shape))} if value.ndim > 1 else {}
        return numbers | shape
    return value
