"""The training player: moving words and curves, with one bar of buttons and a slider.

All snapshots are sent to the browser at once; the slider moves words and marks there, without the
server. When it is released, the page receives the index of the snapshot; a button sends what it
does, with the snapshot that is shown. (A plotly chart is rebuilt
when its data changes, so it would flicker with each update of a run in progress.)
"""

import base64
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from viz.components.modules import joined
from viz.components.shared_value import browser_sent, revision
from viz.style import AZURE, BLUE, BROWN, DIVERGING, GREEN, GREY, OLIVE, PURPLE, VERMILLION

Action = Literal["train", "pause", "again", "step", "rewind"]
_FOLDER = Path(__file__).parent
COLORS = (BLUE, VERMILLION, GREEN, PURPLE, BROWN, AZURE, OLIVE)
MARGIN = 0.12  # around all points, as a share of half of the longer side
_element = st.components.v2.component(
    "training_player",
    css=(_FOLDER / "player.css").read_text(encoding="utf-8"),
    js=joined(_FOLDER / "player.js"),
)


@dataclass(frozen=True, eq=False)
class Track:
    """The positions of the words in each snapshot of one run.

    Args:
        name: the name of the run; empty if there is only one.
        points: (S, N, 2), S snapshots of N words.
        notes: a sentence about the picture of each snapshot, shown below it; empty for none.
    """

    name: str
    points: NDArray[np.float64]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Curve:
    """A number measured at each snapshot of a run.

    Args:
        name: the name of the run.
        words: number of words trained up to each snapshot.
        values: the number at each snapshot; NaN where it is unknown.
        notes: text shown after the number at each snapshot; empty for none.
        good: whether each snapshot gets a green mark; empty for none.
    """

    name: str
    words: Sequence[int]
    values: Sequence[float]
    notes: Sequence[str] = ()
    good: Sequence[bool] = ()


@dataclass(frozen=True)
class Chart:
    """Curves over the number of words trained.

    Args:
        title: the title of the chart.
        curves: one for each run, at most two.
        end: number of words that a complete run trains.
        note: a sentence that explains the number, shown below the title.
        empty: shown while no value is known.
    """

    title: str
    curves: Sequence[Curve]
    end: int
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, eq=False)
class Strip:
    """The vectors of a word at each snapshot, each drawn as a row of coloured cells.

    Args:
        title: the title of the strip.
        names: the names of the rows.
        rows: for each row (S, D) float32, the vector in each snapshot.
    """

    title: str
    names: Sequence[str]
    rows: Sequence[NDArray[np.float32]]


def training_player(
    groups: Mapping[str, Sequence[str]],
    tracks: Sequence[Track],
    charts: Sequence[Chart],
    strips: Sequence[Strip] = (),
    *,
    snapshot: int,
    newest: int,
    last: int,
    running: bool,
    over: bool,
    readings: Sequence[str],
    status: str,
    seconds_per_snapshot: float,
    key: str,
    alt: str,
    on_snapshot: Callable[[int], None],
    on_action: Callable[[Action, int], None],
    on_word: Callable[[str], None],
) -> None:
    """Show one or two runs at a snapshot that the visitor can choose, below the bar for it.

    The main button trains, pauses, or plays what is there again.

    Args:
        groups: the N words, by the name of their group.
        tracks: the positions of the words, one for each run.
        charts: numbers measured during the runs.
        strips: vectors over the runs.
        snapshot: index of the snapshot to show, until the visitor moves the slider.
        newest: index of the newest snapshot so far.
        last: index of the last snapshot of the complete run.
        running: whether the runs are being played.
        over: whether the newest snapshot is the last one.
        readings: a line about each snapshot, shown below the slider.
        status: what is waited for; empty for nothing. Before the second snapshot it is shown
            instead of the reading.
        seconds_per_snapshot: duration of the animation to each new `snapshot` while running.
        key: the element's name, unique on the page.
        alt: one sentence that describes it, for screen readers.
        on_snapshot: called with the index of the chosen snapshot before the page runs again.
        on_action: called with what a button does and the index of the snapshot shown, likewise.
        on_word: called with a word that is clicked, likewise.
    """

    def chosen() -> None:
        index = read_index(st.session_state[key].get("snapshot"), newest + 1)
        if index is not None:
            browser_sent(key, index)
            on_snapshot(index)

    def acted() -> None:
        message = read_action(st.session_state[key].get("action"), newest)
        if message is not None:
            browser_sent(key, message.snapshot)
            on_action(message.action, message.snapshot)

    words = [word for group in groups.values() for word in group]

    def picked() -> None:
        index = read_index(st.session_state[key].get("word"), len(words))
        if index is not None:
            on_word(words[index])

    colors = {
        name: COLORS[index % len(COLORS)] if name else GREY for index, name in enumerate(groups)
    }
    _element(
        key=key,
        data={
            "words": words,
            "colors": [colors[name] for name, group in groups.items() for _ in group],
            "groups": list(colors.items()),
            "tracks": [_track(each) for each in tracks],
            "charts": [_chart(each) for each in charts],
            "strips": [_strip(each) for each in strips],
            "snapshot": snapshot,
            "revision": revision(key, snapshot),
            "newest": newest,
            "last": last,
            "running": running,
            "over": over,
            "readings": list(readings),
            "status": status,
            "glide": 1_000 * seconds_per_snapshot,
            "alt": alt,
        },
        on_snapshot_change=chosen,
        on_action_change=acted,
        on_word_change=picked,
    )


def read_index(message: object, count: int) -> int | None:
    """Return the index, below `count`, in a message from the browser; None if it is invalid.

    >>> read_index(3, 6), read_index(6, 6), read_index(True, 6)
    (3, None, None)
    """
    return message if type(message) is int and 0 <= message < count else None


@dataclass(frozen=True)
class ActionMessage:
    """A click on a button of the bar.

    Args:
        action: what the button does.
        snapshot: index of the snapshot that was shown.
    """

    action: Action
    snapshot: int


def read_action(message: object, newest: int) -> ActionMessage | None:
    """Return the click in a message from the browser; None if it is invalid.

    >>> read_action({"name": "step", "snapshot": 3}, 5)
    ActionMessage(action='step', snapshot=3)
    """
    if not isinstance(message, Mapping) or message.get("name") not in get_args(Action):
        return None
    snapshot = read_index(message.get("snapshot"), newest + 1)
    return None if snapshot is None else ActionMessage(message["name"], snapshot)


def axis_limits(points: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Return the lower and upper limits of both axes, with a margin around all snapshots.

    Args:
        points: (S, N, 2).
    """
    low, high = points.min(axis=(0, 1)), points.max(axis=(0, 1))
    middle, half = (low + high) / 2, (high - low) / 2
    half += MARGIN * max(float(half.max()), 1e-3)
    return (middle - half).tolist(), (middle + half).tolist()


def _track(track: Track) -> dict[str, object]:
    low, high = axis_limits(track.points)
    return {
        "name": track.name,
        "points": _base64(track.points),
        "low": low,
        "high": high,
        "notes": list(track.notes),
    }


def _chart(chart: Chart) -> dict[str, object]:
    lines = [
        {
            "name": curve.name,
            "color": color,
            "x": list(curve.words),
            "y": [None if math.isnan(value) else round(value, 4) for value in curve.values],
            "notes": list(curve.notes),
            "good": list(curve.good),
        }
        for color, curve in zip(COLORS, chart.curves, strict=False)
    ]
    return {
        "title": chart.title,
        "lines": lines,
        "end": chart.end,
        "good": GREEN,
        "note": chart.note,
        "empty": chart.empty,
    }


def _strip(strip: Strip) -> dict[str, object]:
    largest = max(float(np.abs(row).max()) for row in strip.rows)
    return {
        "title": strip.title,
        "rows": [
            {"name": name, "values": _base64(row)}
            for name, row in zip(strip.names, strip.rows, strict=True)
        ],
        "count": strip.rows[0].shape[1],
        "largest": largest or 1.0,
        "scale": [
            [int(str(color)[start : start + 2], 16) for start in (1, 3, 5)]
            for _, color in DIVERGING
        ],
    }


def _base64(numbers: NDArray[np.floating]) -> str:
    """Return numbers as little-endian float32, in base64."""
    return base64.b64encode(numbers.astype("<f4").tobytes()).decode()
