"""What is lit up on a map of words: a word, its neighbours, groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.geometry.projection import Projection
from viz.components.word_map.marks import Highlight, Link, Marker, Role


@dataclass(frozen=True)
class Lit:
    """The marks on a map.

    Args:
        groups: for each drawn word the place of its group, (N,) int16, or -1 for none.
        highlights: drawn words that stand out.
        links: lines from the searched word to its neighbours.
        markers: words that stand out though the cloud, of the most frequent words, lacks them.
    """

    groups: NDArray[np.int16]
    highlights: tuple[Highlight, ...]
    links: tuple[Link, ...]
    markers: tuple[Marker, ...]


def light_up(
    embeddings: Embeddings,
    projection: Projection,
    count: int,
    word: int | None,
    neighbors: Sequence[int],
    groups: Mapping[str, Sequence[int]],
) -> Lit:
    """Return the marks for a searched word and some groups.

    Args:
        embeddings: all words.
        projection: where words are drawn.
        count: how many of the most frequent words are drawn, N.
        word: the row of the searched word, or None.
        neighbors: the rows of its neighbours.
        groups: the rows of each group's words, by the group's name.
    """
    places = np.full(count, -1, dtype=np.int16)
    roles: dict[int, Role] = {}
    for place, rows in enumerate(groups.values()):
        for row in rows:
            roles[row] = "group" if row < count else "neutral"
            if row < count:
                places[row] = place
    # Among groups, which have colours of their own, the lines tell who is a neighbour.
    near: Role = "neutral" if groups else "blue"
    roles |= dict.fromkeys(neighbors, near)
    if word is not None:
        roles[word] = "accent"
    drawn = projection.project(embeddings.vectors[list(roles)])
    position = {
        row: tuple(point) for row, point in zip(roles, drawn.astype(float).tolist(), strict=True)
    }
    links = (
        ()
        if word is None
        else tuple(
            Link(position[word], position[other], "neutral", arrow=False) for other in neighbors
        )
    )
    return Lit(
        places,
        tuple(Highlight(row, role) for row, role in roles.items() if row < count),
        links,
        tuple(
            Marker(position[row], embeddings.words[row], role)
            for row, role in roles.items()
            if row >= count
        ),
    )
