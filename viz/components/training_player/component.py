"""A run gone through: a slider, words on the move, and curves, all at the same moment.

All snapshots travel to the browser at once; the slider moves words and marks there, without the
server. When it is let go, the page learns which snapshot is seen. (A plotly chart is made anew when
its data changes: it blinks with each look at a run that goes on.)
"""

import base64
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from viz.components.modules import joined
from viz.style import BLUE, DIVERGING, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION, YELLOW

_FOLDER = Path(__file__).parent
MODULES = ("drawing.js", "labels.js", "plane.js", "curve.js", "strip.js", "player.js")
COLORS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, YELLOW)
ROOM = 0.12  # around all points, as a share of half the larger side
_element = st.components.v2.component(
    "film", css=(_FOLDER / "player.css").read_text(encoding="utf-8"), js=joined(_FOLDER, MODULES)
)


@dataclass(frozen=True, eq=False)
class Track:
    """Where the words are in each snapshot of one run.

    Args:
        name: whose they are; empty if there is only one run.
        points: (S, N, 2), S snapshots of N words.
    """

    name: str
    points: NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A number followed over a run.

    Args:
        name: whose it is.
        words: trained so far, one for each snapshot.
        values: the number; NaN where it is not known.
        notes: what a snapshot says of itself beside its number, or nothing.
        good: at which snapshots it is as it should be; empty if that means nothing.
    """

    name: str
    words: Sequence[int]
    values: Sequence[float]
    notes: Sequence[str] = ()
    good: Sequence[bool] = ()


@dataclass(frozen=True)
class Chart:
    """Curves over the words trained.

    Args:
        title: what the numbers are.
        curves: one or two.
        end: how many words a whole run trains.
    """

    title: str
    curves: Sequence[Curve]
    end: int


@dataclass(frozen=True, eq=False)
class Strip:
    """A vector over a run, as a row of colours.

    Args:
        title: whose numbers.
        names: of the rows.
        rows: for each row (S, D) float32, the vector in each snapshot.
    """

    title: str
    names: Sequence[str]
    rows: Sequence[NDArray[np.float32]]


def film(
    groups: Mapping[str, Sequence[str]],
    tracks: Sequence[Track],
    charts: Sequence[Chart],
    strips: Sequence[Strip] = (),
    *,
    place: int,
    newest: int,
    last: int,
    going: bool,
    glide: float,
    key: str,
    alt: str,
    on_place: Callable[[int], None],
) -> None:
    """Show one or two runs at a snapshot that can be chosen.

    Args:
        groups: the N words, by the name of their group.
        tracks: where they are, one for each run.
        charts: numbers of the runs.
        strips: vectors over the runs.
        place: the snapshot seen, unless the visitor has moved the slider since.
        newest: the last snapshot there is so far.
        last: of the whole run.
        going: whether the run goes on now: then the film follows it and cannot be moved.
        glide: seconds that it takes from one `place` to the next one meanwhile.
        key: the element's name, unique on the page.
        alt: one sentence that says what it shows, for those who cannot see it.
        on_place: called with the snapshot that was chosen, before the page runs again.
    """
    told, turn = f"{key}.told", f"{key}.turn"
    if st.session_state.get(told) != place:  # not what the slider said itself
        st.session_state[told] = place
        st.session_state[turn] = st.session_state.get(turn, 0) + 1

    def moved() -> None:
        chosen = read_place(st.session_state[key].get("place"), newest)
        if chosen is not None:
            st.session_state[told] = chosen
            on_place(chosen)

    colors = {name: COLORS[at % len(COLORS)] if name else GREY for at, name in enumerate(groups)}
    _element(
        key=key,
        data={
            "words": [word for words in groups.values() for word in words],
            "colors": [colors[name] for name, words in groups.items() for _ in words],
            "groups": list(colors.items()),
            "tracks": [_track(each) for each in tracks],
            "charts": [_chart(each) for each in charts],
            "strips": [_strip(each) for each in strips],
            "place": place,
            "turn": st.session_state[turn],
            "newest": newest,
            "last": last,
            "going": going,
            "glide": 1_000 * glide,
            "alt": alt,
        },
        on_place_change=moved,
    )


def read_place(message: object, newest: int) -> int | None:
    """Return the snapshot that a message from the browser names, or None if there is none such.

    >>> read_place(3, 5), read_place(6, 5), read_place(True, 5)
    (3, None, None)
    """
    return message if type(message) is int and 0 <= message <= newest else None


def ends(points: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Return the low and the high end of both axes, with room around the points of all snapshots.

    Args:
        points: (S, N, 2).
    """
    low, high = points.min(axis=(0, 1)), points.max(axis=(0, 1))
    middle, half = (low + high) / 2, (high - low) / 2
    half += ROOM * max(float(half.max()), 1e-3)
    return (middle - half).tolist(), (middle + half).tolist()


def _track(track: Track) -> dict[str, object]:
    low, high = ends(track.points)
    return {"name": track.name, "points": _packed(track.points), "low": low, "high": high}


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
    return {"title": chart.title, "lines": lines, "end": chart.end, "good": GREEN}


def _strip(strip: Strip) -> dict[str, object]:
    largest = max(float(np.abs(row).max()) for row in strip.rows)
    return {
        "title": strip.title,
        "rows": [
            {"name": name, "values": _packed(row)}
            for name, row in zip(strip.names, strip.rows, strict=True)
        ],
        "count": strip.rows[0].shape[1],
        "largest": largest or 1.0,
        "scale": [[int(str(color)[at : at + 2], 16) for at in (1, 3, 5)] for _, color in DIVERGING],
    }


def _packed(numbers: NDArray[np.floating]) -> str:
    return base64.b64encode(numbers.astype("<f4").tobytes()).decode()
