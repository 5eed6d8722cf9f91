"""The play button and the slider below an animated figure."""

from collections.abc import Sequence
from typing import Any

from viz.style import INK, TEXT_SIZE

Mark = dict[str, Any]


def play_button(label: str, milliseconds: int, *, gliding: bool) -> Mark:
    """Return a plotly button that plays all frames of a figure.

    Args:
        label: the label of the button.
        milliseconds: the duration of a frame.
        gliding: whether marks move smoothly between frames; else each frame is redrawn.
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
    """Return a plotly slider with a stop for each frame, set to the last one.

    Args:
        names: the names of the stops, escaped for plotly; the frames are named "0", "1" and so on.
        start: the left end as a share of the figure's width; the button is left of it.
        gliding: whether marks move smoothly to a stop; else its frame is redrawn.
    """
    show = {
        "mode": "immediate",
        "frame": {"duration": 0, "redraw": not gliding},
        "transition": {"duration": 150 if gliding else 0},
    }
    return {
        "active": len(names) - 1,
        "currentvalue": {"xanchor": "left", "font": {"size": TEXT_SIZE, "color": INK}},
        "font": {"size": 1, "color": "rgba(0,0,0,0)"},  # only the name of the current stop shows
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
