"""The button and the slider under a picture that is gone through stop by stop."""

from collections.abc import Sequence
from typing import Any

from viz.style import INK, TEXT_SIZE

Mark = dict[str, Any]


def play_button(label: str, milliseconds: int, *, gliding: bool) -> Mark:
    """Return a plotly button that plays all frames of a figure.

    Args:
        label: what stands on it.
        milliseconds: how long a frame stays.
        gliding: whether marks glide from frame to frame; else each frame is drawn anew.
    """
    settings = {
        "frame": {"duration": milliseconds, "redraw": not gliding},
        "transition": {"duration": milliseconds if gliding else 0, "easing": "linear"},
        "mode": "immediate",
    }
    return {
        "type": "buttons",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": 12},
        "showactive": False,
        "buttons": [{"label": f"▶ {label}", "method": "animate", "args": [None, settings]}],
    }


def stop_slider(names: Sequence[str], start: float, *, gliding: bool) -> Mark:
    """Return a plotly slider that stops at each named frame, and stands at the last one.

    Args:
        names: of the stops, as plotly reads texts; the frames are called "0", "1", and so on.
        start: where it begins, in widths of the picture; the button is left of it.
        gliding: whether marks glide to a stop; else its frame is drawn anew.
    """
    show = {
        "mode": "immediate",
        "frame": {"duration": 0, "redraw": not gliding},
        "transition": {"duration": 150 if gliding else 0},
    }
    return {
        "active": len(names) - 1,
        "currentvalue": {"xanchor": "left", "font": {"size": TEXT_SIZE, "color": INK}},
        "font": {"size": 1, "color": "rgba(0,0,0,0)"},  # room for the current stop's name only
        "x": start,
        "len": 0.98 - start,
        "y": 0,
        "pad": {"t": 0, "b": 0},
        "ticklen": 0,
        "steps": [
            {"label": name, "method": "animate", "args": [[str(stop)], show]}
            for stop, name in enumerate(names)
        ],
    }
