"""Each figure that a test of this folder makes is validated by plotly, too."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from viz.figure import Figure


@pytest.fixture(autouse=True)
def every_figure_is_valid(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Assert that each figure is sent as plotly would send it after validation."""
    made: list[dict[str, Any]] = []
    init = Figure.__init__

    def remembered(self: Figure, *args: object, **kwargs: object) -> None:
        init(self, *args, **kwargs)  # type: ignore[arg-type]
        made.append(self.__dict__["_unvalidated"])

    monkeypatch.setattr(Figure, "__init__", remembered)
    yield
    monkeypatch.undo()
    for parts in made:
        assert _read(Figure(**parts)) == _read(go.Figure(**parts))


def _read(figure: go.Figure) -> object:
    return _numbers(json.loads(pio.to_json(figure.to_dict(), validate=False)))


def _numbers(value: object) -> object:
    """Return what plotly.js reads: numbers that travel as bytes are lists."""
    if isinstance(value, dict) and "bdata" in value:
        numbers = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
        shape = [int(length) for length in value.get("shape", str(len(numbers))).split(",")]
        value = np.where(np.isnan(numbers), None, numbers).reshape(shape).tolist()
    if isinstance(value, dict):
        # An empty list of annotations is as good as none.
        return {key: _numbers(part) for key, part in value.items() if part != []}
    if isinstance(value, list):
        return [_numbers(part) for part in value]
    return value
