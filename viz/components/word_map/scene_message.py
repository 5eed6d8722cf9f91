"""The scene message: the marks of a picture and the ids of its payloads."""

from collections.abc import Sequence

from core.embeddings import Unit
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
    regions: str | None = None,
    color_by_regions: bool = False,
    notes: Sequence[str] = (),
    unit: Unit = "word",
) -> dict[str, object]:
    """Return the message for one picture, ready for JSON.

    Args:
        words: id of the payload of the words.
        layout: id of the payload of the coordinates.
        colors: the colours of the words, or None.
        highlights: highlighted words.
        links: lines and arrows.
        markers: points that are not words.
        axis_names: one for each dimension, or none.
        axis_scales: middle and factor of each dimension, or none.
        picked: index of the word with the ring.
        focus: indices of words that the view moves to.
        dim: whether the other words fade while some are highlighted.
        alt: one sentence that describes the picture.
        regions: id of the payload of the regions, or None.
        color_by_regions: whether the words have the colours of their regions.
        notes: sentences at the foot of a poster.
        unit: what the points are.
    """
    legend = colors.legend if colors else None
    return {
        "words": words,
        "layout": layout,
        "colors": payload_id(colors.payload) if colors else None,
        "regions": regions,
        "legend": {"regions": True} if color_by_regions else legend,
        "highlights": [mark.to_json() for mark in highlights],
        "links": [mark.to_json() for mark in links],
        "markers": [mark.to_json() for mark in markers],
        "axes": list(axis_names),
        "scales": [list(scale) for scale in axis_scales],
        "picked": picked,
        "focus": [int(index) for index in focus],
        "dim": dim,
        "alt": alt,
        "notes": list(notes),
        "unit": unit,
    }
