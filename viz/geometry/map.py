"""The highlights and colours of a map of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.projection import Projection
from core.layouts.map_words import MapWords
from core.layouts.quality import NeighborsKept
from viz.components.word_map.colors import MAX_GROUPS
from viz.components.word_map.marks import Endpoint, Highlight, Link, Marker, Role
from viz.numbers import ordinal

MAX_HIGHLIGHTED = 200  # words of groups; if there are more, they are only coloured


@dataclass(frozen=True)
class MapMarks:
    """The marks on a map.

    Args:
        highlights: highlighted words of the map.
        links: lines from the searched word to its neighbours, dashed if the map lost the neighbour.
        markers: highlighted words that are not among the words of the map.
        missing: rows of words that cannot be highlighted because they have no coordinates on this
            map, the searched word first.
    """

    highlights: tuple[Highlight, ...]
    links: tuple[Link, ...]
    markers: tuple[Marker, ...]
    missing: tuple[int, ...]


def map_marks(
    embeddings: Embeddings,
    drawn: MapWords,
    projection: Projection | None,
    word: int | None,
    near: NeighborsKept | Sequence[int],
    groups: Mapping[str, Sequence[int]],
) -> MapMarks:
    """Return the marks for a searched word, its neighbours and some groups.

    Args:
        embeddings: all words.
        drawn: the words of the map.
        projection: gives coordinates to any word, if the map is a projection; other layouts have
            coordinates for their own words only.
        word: the row of the searched word, or None.
        near: its kept and lost neighbours as positions on the map; or the rows of its neighbours,
            if it is not one of the map's words.
        groups: the rows of each group's words, by the group's name.
    """
    if isinstance(near, NeighborsKept):
        neighbors, lost = drawn.rows[near.true].tolist(), drawn.rows[near.lost].tolist()
    else:
        neighbors, lost = list(near), []
    roles: dict[int, Role] = {}
    if sum(map(len, groups.values())) <= MAX_HIGHLIGHTED:
        roles |= dict.fromkeys((row for rows in groups.values() for row in rows), "group")
    # Groups have colours of their own; the lines show which words are neighbours.
    roles |= dict.fromkeys(neighbors, "neutral" if groups else "blue")
    if word is not None:
        roles.pop(word, None)  # so that it is drawn last, on top
        roles[word] = "accent"
    endpoints: dict[int, Endpoint] = {}
    for row in roles:
        if (position := drawn.position(row)) is not None:
            endpoints[row] = position
    others = [row for row in roles if row not in endpoints]
    if projection is not None and others:
        points = projection.project(embeddings.vectors[others]).astype(float).tolist()
        endpoints |= {row: tuple(point) for row, point in zip(others, points, strict=True)}
    return MapMarks(
        tuple(
            Highlight(position, roles[row])
            for row, position in endpoints.items()
            if isinstance(position, int)
        ),
        tuple(
            _line(endpoints[word], endpoints[row], is_lost=row in lost)
            for row in neighbors
            if word in endpoints and row in endpoints
        ),
        tuple(
            Marker(point, embeddings.words[row], _alone(roles[row]))
            for row, point in endpoints.items()
            if isinstance(point, tuple)
        ),
        tuple(row for row in reversed(roles) if row not in endpoints),
    )


def _line(start: Endpoint, end: Endpoint, *, is_lost: bool) -> Link:
    """Return the line from a word to its neighbour, dashed if the map lost it."""
    return Link(start, end, "vermillion" if is_lost else "neutral", arrow=False, dashed=is_lost)


def _alone(role: Role) -> Role:
    """Return the role of a word that is not among the words of the map and so has no group."""
    return "neutral" if role == "group" else role


def colors_by_group(
    drawn: MapWords, groups: Mapping[str, Sequence[int]], named: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the arguments of the word map for colours by group; a later group takes precedence.

    Args:
        drawn: the words of the map.
        groups: the rows of each group's words, by its name.
        named: names of groups that always have the same colour, at most eight; other groups take
            the colours that are left.
    """
    group_of = np.full(len(drawn), -1, dtype=np.int16)
    for number, rows in enumerate(groups.values()):
        positions = [index for row in rows if (index := drawn.position(row)) is not None]
        group_of[positions] = number
    if not groups:
        return {}
    fixed = {name: color for color, name in enumerate(named)}
    taken = {fixed[name] for name in groups if name in fixed}
    free = iter(color for color in range(MAX_GROUPS) if color not in taken)
    colors = [fixed[name] if name in fixed else next(free) for name in groups]
    return {"groups": group_of, "group_names": list(groups), "group_colors": colors}


def colors_by_label(labels: NDArray[np.int16], names: Sequence[str]) -> dict[str, Any]:
    """Return the arguments of the word map for colours by cluster."""
    return {"groups": labels, "group_names": list(names)}


def colors_by_rank(drawn: MapWords) -> dict[str, Any]:
    """Return the arguments of the word map for colours by frequency rank.

    Ranks of language go over many powers of ten, so the scale has equally many words at each step.
    """
    return {
        "values": drawn.rows + 1.0,
        "value_name": "frequency rank",
        "value_ticks": {
            0.0: f"{ordinal(int(drawn.rows[0]) + 1)} (frequent)",
            1.0: f"{ordinal(int(drawn.rows[-1]) + 1)} (rare)",
        },
        "by_order": True,
    }
