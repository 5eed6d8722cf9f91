"""What is lit up on a map of words, and what colour its points have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.projection import Projection
from core.layouts.map_words import MapWords
from core.layouts.quality import NeighborsKept
from viz.components.word_map.marks import Endpoint, Highlight, Link, Marker, Role

TICKS = {1: "1st", 100: "100th", 10_000: "10,000th"}  # of the ranks
MAX_HIGHLIGHTED = 200  # words of groups that stand out one by one; more are only coloured


@dataclass(frozen=True)
class MapMarks:
    """The marks on a map.

    Args:
        highlights: drawn words that stand out.
        links: lines from the searched word to its neighbours; dashed where the picture lost one.
        markers: words that stand out though they are not among the drawn ones.
        missing: rows of words that should stand out but have no place in this picture, the searched
            word first.
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
        drawn: those of the map.
        projection: where any word is drawn, if the map is a projection; a layout has places for
            its own words only.
        word: the row of the searched word, or None.
        near: what became of its neighbours, by their places on the map; or the rows of its
            neighbours, if it is not one of the drawn words.
        groups: the rows of each group's words, by the group's name.
    """
    if isinstance(near, NeighborsKept):
        neighbors, lost = drawn.rows[near.true].tolist(), drawn.rows[near.lost].tolist()
    else:
        neighbors, lost = list(near), []
    roles: dict[int, Role] = {}
    if sum(map(len, groups.values())) <= MAX_HIGHLIGHTED:
        roles |= dict.fromkeys((row for rows in groups.values() for row in rows), "group")
    # Among groups, which have colours of their own, the lines tell who is a neighbour.
    roles |= dict.fromkeys(neighbors, "neutral" if groups else "blue")
    if word is not None:
        roles.pop(word, None)  # so that it comes last, on top
        roles[word] = "accent"
    places: dict[int, Endpoint] = {}
    for row in roles:
        if (place := drawn.position(row)) is not None:
            places[row] = place
    others = [row for row in roles if row not in places]
    if projection is not None and others:
        points = projection.project(embeddings.vectors[others]).astype(float).tolist()
        places |= {row: tuple(point) for row, point in zip(others, points, strict=True)}
    return MapMarks(
        tuple(
            Highlight(place, roles[row]) for row, place in places.items() if isinstance(place, int)
        ),
        tuple(
            _line(places[word], places[row], is_lost=row in lost)
            for row in neighbors
            if word in places and row in places
        ),
        tuple(
            Marker(place, embeddings.words[row], _alone(roles[row]))
            for row, place in places.items()
            if isinstance(place, tuple)
        ),
        tuple(row for row in reversed(roles) if row not in places),
    )


def _line(start: Endpoint, end: Endpoint, *, is_lost: bool) -> Link:
    """Return the line from a word to its neighbour: dashed, if the picture lost it."""
    return Link(start, end, "vermillion" if is_lost else "neutral", arrow=False, dashed=is_lost)


def _alone(role: Role) -> Role:
    """Return the role of a word that is no point of the cloud, and so has no group there."""
    return "neutral" if role == "group" else role


def colors_by_group(drawn: MapWords, groups: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Return what the word map needs to colour words by their group, the later group on top."""
    places = np.full(len(drawn), -1, dtype=np.int16)
    for number, rows in enumerate(groups.values()):
        found = [place for row in rows if (place := drawn.position(row)) is not None]
        places[found] = number
    return {"groups": places, "group_names": list(groups)} if groups else {}


def colors_by_label(labels: NDArray[np.int16], names: Sequence[str]) -> dict[str, Any]:
    """Return what the word map needs to colour words by the number of their cluster."""
    return {"groups": labels, "group_names": list(names)}


def colors_by_rank(drawn: MapWords) -> dict[str, Any]:
    """Return what the word map needs to colour words by how frequent they are."""
    ranks = drawn.rows + 1.0
    return {
        "values": ranks,
        "value_name": "frequency rank",
        "value_ticks": {rank: text for rank, text in TICKS.items() if rank <= ranks.max()},
        "logarithmic": True,
    }
