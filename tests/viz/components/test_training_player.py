"""The training player: the message to the browser, and the tables."""

import base64
import json
import math
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from viz.components.training_player.component import (
    ActionMessage,
    Curve,
    axis_limits,
    read_action,
    read_index,
)
from viz.components.training_player.tables import curves_table, positions_table

GROUPS = {"royalty": ("king", "queen"), "animals": ("<b>", "tiger")}
POINTS = np.random.default_rng(0).normal(size=(5, 4, 2))


def shown(snapshot: int = 2, *, running: bool = False) -> dict[str, Any]:
    """Return what travels to the browser."""

    def script(snapshot: int, running: bool) -> None:
        import math

        import numpy as np

        from viz.components.training_player import Chart, Curve, Strip, Track, training_player

        points = np.random.default_rng(0).normal(size=(5, 4, 2))
        long = Curve("one", [0, 10, 20, 30], [math.nan, 3.0, 2.0, 1.0])
        short = Curve("other", [0, 10], [4.0, 5.0], good=[False, True])
        vector = np.arange(10, dtype=np.float32).reshape(5, 2)
        training_player(
            {"royalty": ("king", "queen"), "animals": ("<b>", "tiger")},
            [Track("one", points, ["a shadow"]), Track("other", 0 * points)],
            [Chart("Loss", [long, short], 30, "what it is", "unknown")],
            [Strip("numbers", ["one"], [vector])],
            snapshot=snapshot, newest=4, last=9, running=running, over=False,
            readings=["untrained", "trained"], status="waiting", seconds_per_snapshot=0.8,
            key="player", alt="A run.", on_snapshot=print, on_action=print, on_word=print,
        )  # fmt: skip

    app = AppTest.from_function(script, args=(snapshot, running)).run()
    assert not app.exception
    data: dict[str, Any] = json.loads(app.get("bidi_component")[0].proto.json)
    return data


def unpacked(text: str) -> list[float]:
    return np.frombuffer(base64.b64decode(text), "<f4").tolist()


def test_all_snapshots_travel_and_the_axes_hold_them_all() -> None:
    data = shown()
    assert data["words"] == ["king", "queen", "<b>", "tiger"]
    track = data["tracks"][0]
    assert unpacked(track["points"]) == pytest.approx(POINTS.ravel().tolist(), abs=1e-6)
    for axis in (0, 1):
        values = POINTS[..., axis]
        assert track["low"][axis] < values.min() <= values.max() < track["high"][axis]


def test_groups_have_colours() -> None:
    data = shown()
    assert data["colors"][0] == data["colors"][1] != data["colors"][2] == data["colors"][3]
    assert [name for name, _ in data["groups"]] == ["royalty", "animals"]


def test_points_in_one_place_have_axes_too() -> None:
    low, high = axis_limits(np.zeros((3, 4, 2)))
    assert low[0] < 0 < high[0]
    assert low[1] < 0 < high[1]


def test_curves_travel_with_their_gaps() -> None:
    (chart,) = shown()["charts"]
    long, short = chart["lines"]
    assert long["y"] == [None, 3.0, 2.0, 1.0]
    assert short["good"] == [False, True]
    assert long["color"] != short["color"]
    assert chart["end"] == 30
    assert (chart["note"], chart["empty"]) == ("what it is", "unknown")


def test_a_strip_has_the_numbers_of_all_snapshots() -> None:
    (strip,) = shown()["strips"]
    assert strip["count"] == 2
    assert strip["largest"] == 9
    assert unpacked(strip["rows"][0]["values"]) == list(range(10))


def test_pictures_have_notes() -> None:
    assert [track["notes"] for track in shown()["tracks"]] == [["a shadow"], []]


def test_the_snapshots_shown_newest_and_last() -> None:
    data = shown(3, running=True)
    assert (data["snapshot"], data["newest"], data["last"]) == (3, 4, 9)
    assert data["running"]
    assert data["glide"] == 800


@pytest.mark.parametrize("message", [-1, 5, 2.0, "2", None, True, [2]])
def test_a_message_that_names_no_snapshot_is_not_heard(message: object) -> None:
    assert read_index(message, 5) is None


def test_the_readings_and_what_is_waited_for() -> None:
    data = shown(running=True)
    assert (data["readings"], data["status"], data["over"]) == (
        ["untrained", "trained"], "waiting", False,
    )  # fmt: skip


def test_a_click_names_its_button_and_the_snapshot_shown() -> None:
    read = read_action({"name": "again", "snapshot": 4}, 4)
    assert read == ActionMessage("again", 4)


@pytest.mark.parametrize(
    "message",
    [
        None,
        "train",
        {},
        {"name": "train"},
        {"name": "train", "snapshot": 5},
        {"name": "train", "snapshot": True},
        {"name": "stop", "snapshot": 1},
        {"name": ["train"], "snapshot": 1},
    ],
)
def test_a_message_that_names_no_action_is_not_heard(message: object) -> None:
    assert read_action(message, 4) is None


def test_the_table_of_places() -> None:
    table = positions_table(GROUPS, POINTS[3])
    assert table.index.tolist() == ["king", "queen", "<b>", "tiger"]
    assert table.loc["queen", "across"] == POINTS[3, 1, 0]


def test_the_table_of_curves() -> None:
    curves = {"loss": Curve("", [0, 10], [2.0, 1.0]), "cosine": Curve("", [0, 10, 20], [0, 0.5, 1])}
    table = curves_table(curves)
    assert table.index.tolist() == [0, 10, 20]
    assert table.loc[10].tolist() == [1.0, 0.5]
    assert math.isnan(table.loc[20, "loss"])
