"""The pictures of words along one, two or three directions, with what to see in them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.geometry.direction_checks import check
from core.geometry.directions import FREQUENT_WORDS, Direction, coordinates, cosine
from core.geometry.middles import Middles, middles
from core.word_pairs import joined_pairs
from pages.directions.details import weak
from pages.directions.hints import cloud_hint, line_hint
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import plain
from viz.components.word_map.component import word_map
from viz.directions.number_line import HIGH_COLOR, LOW_COLOR, LineWords, number_line_figure
from viz.directions.plane import HEIGHT, MAX_COMMON_WORDS, PointWords, direction_plane_figure
from viz.directions.space import direction_space
from viz.numbers import counted, fixed


def word_coordinates(
    embeddings: Embeddings, directions: Sequence[Direction], rows: ArrayLike, *, length_one: bool
) -> NDArray[np.float64]:
    """Return the coordinates of N words on K directions, (N, K) float64."""
    along = [
        coordinates(embeddings, direction, rows, length_one=length_one) for direction in directions
    ]
    return np.column_stack(along)


def show_line(
    embeddings: Embeddings, direction: Direction, cloud: PointWords, *, length_one: bool
) -> str:
    """Show words on a number line and what to see; return the caption in Markdown."""
    makers = []
    for ends, color in ((direction.low, LOW_COLOR), (direction.high, HIGH_COLOR)):
        others = [word for word in ends if word not in cloud.words]
        rows = embeddings.indices(others)
        makers.append(
            LineWords(
                others, coordinates(embeddings, direction, rows, length_one=length_one), color
            )
        )
    frequent = range(min(FREQUENT_WORDS, len(embeddings)))
    common = coordinates(embeddings, direction, frequent, length_one=length_one)
    compared = middles(embeddings, direction, length_one=length_one)
    is_weak = weak(direction, check(embeddings, direction))
    show_hint(line_hint(direction, cloud, compared, is_weak=is_weak))
    # If there is no room for all labels, the words that are furthest from the middle have one.
    along = cloud.coordinates[:, 0]
    order = np.argsort(-np.abs(along - compared.words), kind="stable").tolist()
    words = LineWords([cloud.words[index] for index in order], along[order])
    show_figure(
        number_line_figure(direction, words, makers, common, compared),
        key="line",
        alt=f"{counted(len(cloud.words), 'word')} from {direction.low_end} to "
        f"{direction.high_end}.",
    )
    return _line_caption(embeddings, direction, compared, len(frequent))


def _line_caption(
    embeddings: Embeddings, direction: Direction, compared: Middles, frequent: int
) -> str:
    """Return, in Markdown, what is drawn on the number line: a line for each mark."""
    is_made_of_words = bool(direction.low or direction.high)
    lines = [
        "Above the line: your words."
        + (" Below it: the words the direction is made from." if is_made_of_words else "")
        + f" Grey: where the {frequent:,} {embeddings.order} words lie.",
        "**Right angle** (0): here a word's vector is at a right angle to the direction.",
        f"**Middle of all words** ({fixed(compared.words)}): half of the grey words lie left.",
    ]
    if compared.halfway is not None:
        lines.append(
            f"**Halfway** ({fixed(compared.halfway)}): as far from the blue words as from the "
            "orange ones, on average."
        )
    return "  \n".join(lines)


def show_cloud(
    embeddings: Embeddings,
    directions: Sequence[Direction],
    cloud: PointWords,
    written: str,
    *,
    length_one: bool,
) -> str:
    """Show words in a plane or a space and what to see; return the caption in Markdown.

    Args:
        embeddings: the embeddings of the words.
        directions: two or three directions, one per axis.
        cloud: the words.
        written: the text of the word list; two words without a comma between them are joined.
        length_one: whether coordinates are in units of the directions' lengths.
    """
    rows = range(min(MAX_COMMON_WORDS, len(embeddings)))
    common = PointWords(
        embeddings.words[: len(rows)],
        word_coordinates(embeddings, directions, rows, length_one=length_one),
    )
    names = [direction.name for direction in directions]
    alt = f"{counted(len(cloud.words), 'word')} by their coordinates on {' and '.join(names)}."
    joined = joined_pairs(embeddings, written)
    show_hint(cloud_hint(directions, cloud, joined))
    if len(directions) == len("xy"):
        figure = direction_plane_figure(directions, cloud, common, joined)
        show_figure(figure, key="cloud", alt=alt)
    else:
        space = direction_space(directions, cloud, common, joined)
        word_map(
            space.words,
            space.coordinates,
            words_id=space.words_id,
            layout_id=space.layout_id,
            highlights=space.highlights,
            links=space.links,
            markers=space.markers,
            axis_names=names,
            axis_scales=space.axis_scales,
            key="space",
            height=HEIGHT,
            alt=alt,
        )
    return (
        f"Grey: the {len(rows):,} {embeddings.order} words. An arrow joins two words that have no "
        f"comma between them in the list. {angles(directions)}"
    )


def angles(directions: Sequence[Direction]) -> str:
    """Return, in Markdown, the cosines of directions whose axes are drawn at right angles.

    >>> from core.geometry.directions import Direction
    >>> x, y = Direction("x", "", "", np.array([1, 0])), Direction("y", "", "", np.array([3, 4]))
    >>> angles([x, y])[-13:]
    'x and y 0.60.'
    """
    pairs = [(a, b) for index, a in enumerate(directions) for b in directions[index + 1 :]]
    cosines = ", ".join(
        f"{plain(a.name)} and {plain(b.name)} {fixed(cosine(a, b))}" for a, b in pairs
    )
    return (
        "The axes are drawn at right angles, but the directions may have other angles. At right "
        f"angles, their cosine would be 0; it is: {cosines}."
    )
