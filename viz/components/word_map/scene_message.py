"""The scene message: what the browser shows, with the ids of the payloads that it needs."""

from collections.abc import Sequence

from viz.components.word_map.colors import Coloring
from viz.components.word_map.marks import Highlight, Link, Marker
from viz.components.word_map.payload import payload_id


def scene_message(
    *,
    words: str,
    layout: str,
    colors: Coloring | None,
    highlights: Sequence[Highlight],
    links: Sequence[Link],
    markers: Sequence[Marker],
    axis_names: Sequence[str],
    axis_scales: Sequence[tuple[float, float]] = (),
    picked: int | None,
    focus: Sequence[int],
    dim: bool,
    alt: str,
) -> dict[str, object]:
    """Return the message for one picture, ready for JSON.

    Args:
        words: id of the words' payload.
        layout: id of the coordinates' payload.
        colors: of the words, or None.
        highlights: words that stand out.
        links: lines and arrows.
        markers: points that are no words.
        axis_names: one for each dimension, or none.
        axis_scales: middle and factor of each dimension, or none.
        picked: index of the word with the ring.
        focus: indices of words that the view moves to.
        dim: whether the other words fade while some are highlighted.
        alt: one sentence that says what the picture shows.
    """
    return {
        "words": words,
        "layout": layout,
        "colors": payload_id(colors.payload) if colors else None,
        "legend": colors.legend if colors else None,
        "highlights": [mark.to_json() for mark in highlights],
        "links": [mark.to_json() for mark in links],
        "markers": [mark.to_json() for mark in markers],
        "axes": list(axis_names),
        "scales": [list(scale) for scale in axis_scales],
        "picked": picked,
        "focus": [int(index) for index in focus],
        "dim": dim,
        "alt": alt,
    }
