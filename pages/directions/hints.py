"""The sentence above a picture of directions, computed from the coordinates it shows."""

from collections.abc import Sequence

from core.geometry.directions import Direction
from core.geometry.middles import Middles
from core.geometry.readings import furthest, sides, steps
from pages.shared.page_frame import plain
from viz.directions.plane import PointWords
from viz.numbers import counted


def line_hint(
    direction: Direction, cloud: PointWords, compared: Middles, *, is_weak: bool = False
) -> str:
    """Return, in Markdown, what to see on a number line.

    Args:
        direction: the direction.
        cloud: the words and their coordinates, (N, 1).
        compared: the middles of the direction; its words are divided halfway between its ends, or
            in the middle of all words if it has no ends.
        is_weak: whether the words that the direction is made from have little in common.
    """
    along = cloud.coordinates[:, 0]
    low, high = plain(direction.low_end), plain(direction.high_end)
    if not len(along):
        return "Type some words above to see how far they lie along the direction."
    ends = furthest(cloud.words, along)
    middle = compared.words if compared.halfway is None else compared.halfway
    line = "the middle of all words" if compared.halfway is None else "the halfway line"
    beside = sides(cloud.words, along, middle)
    warning = " A weak direction: see below." if is_weak else ""
    more = f"{len(beside.high)} of {counted(len(along), 'word')}"
    lie = "lies" if len(beside.high) == 1 else "lie"
    on_side = f"{more} {lie} on the *{high}* side of {line}.{warning}"
    if ends is None:
        return on_side
    first = (
        f"**{plain(ends.low)}** lies furthest towards *{low}*, **{plain(ends.high)}** furthest "
        f"towards *{high}*."
    )
    if len(beside.low) == len(along):
        return f"{first} But all of them lie on the *{low}* side of {line}.{warning}"
    if len(beside.high) == len(along):
        return f"{first} But all of them lie on the *{high}* side of {line}.{warning}"
    return f"{first} {on_side}"


def cloud_hint(
    directions: Sequence[Direction], cloud: PointWords, joined: Sequence[tuple[str, str]]
) -> str:
    """Return, in Markdown, what to see in a plane or a space.

    Args:
        directions: K directions, one per axis.
        cloud: the words and their coordinates, (N, K).
        joined: pairs of words with an arrow from the first to the second.
    """
    if not len(cloud.words):
        return "Type some words above to see where they lie."
    if steps(cloud.words, cloud.coordinates[:, 0], joined).count > 1:
        parts = [_way(direction, cloud, axis, joined) for axis, direction in enumerate(directions)]
        return f"Follow the arrows: {'; '.join(parts)}."
    parts = []
    for axis, direction in enumerate(directions):
        if ends := furthest(cloud.words, cloud.coordinates[:, axis]):
            parts.append(f"**{plain(ends.high)}** towards *{plain(direction.high_end)}*")
    return f"Furthest lie {_enumerated(parts)}." if parts else "All words lie at one point."


def _way(
    direction: Direction, cloud: PointWords, axis: int, joined: Sequence[tuple[str, str]]
) -> str:
    """Return how many arrows go the same way along one direction."""
    found = steps(cloud.words, cloud.coordinates[:, axis], joined)
    name = plain(direction.name)
    if found.up == found.down:
        return f"along *{name}*, {found.up} of {found.count} lead towards each end"
    end = direction.high_end if found.up > found.down else direction.low_end
    most = max(found.up, found.down)
    many = "all" if most == found.count else f"{most} of"
    return f"along *{name}*, {many} {found.count} lead towards *{plain(end)}*"


def _enumerated(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
