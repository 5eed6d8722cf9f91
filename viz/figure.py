"""A plotly figure that is validated only when it is inspected or changed."""

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
    """A plotly figure made from plain dictionaries.

    Plotly validates every property of a new figure, which takes a quarter of the response time of
    the Analogies page. This class keeps the dictionaries and sends them to the browser unchanged.
    Any other use (`figure.data`, `figure.layout`, `figure.update_layout`) validates them first. The
    tests compare both for each figure.

    Args:
        data: the traces in drawing order.
        layout: the layout.
        frames: the frames of an animation.
    """

    def __init__(self, data: Sequence[Mark], layout: Mark, frames: Sequence[Mark] = ()) -> None:
        self._unvalidated: dict[str, Any] | None = {
            "data": list(data),
            "layout": dict(layout),
            **({"frames": list(frames)} if frames else {}),
        }

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Validate the figure, then return an attribute that only a validated figure has."""
        parts = self.__dict__.get("_unvalidated")
        if parts is None:
            raise AttributeError(f"A figure has no '{name}'.")
        self.__dict__["_unvalidated"] = None
        super().__init__(**parts)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure in the form that plotly.js reads."""
        parts = self.__dict__["_unvalidated"]
        if parts is None:
            validated: dict[str, Any] = super().to_dict()
            return validated
        layout = {"template": _template(pio.templates.default), **parts["layout"]}
        sent: dict[str, Any] = _plain({**parts, "layout": layout})
        return sent


@lru_cache
def _template(name: str) -> dict[str, Any]:
    """Return a template as a dictionary that must not be changed."""
    template: dict[str, Any] = pio.templates[name].to_plotly_json()
    return template


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a copy in which arrays have the form that plotly.js reads."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        # Lists of numbers or texts, often long, are copied without converting each item.
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
