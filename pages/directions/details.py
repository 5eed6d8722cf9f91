"""A part of the page: how consistent a direction is, and where it leads."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import streamlit as st

from core.embeddings import Embeddings
from core.geometry.direction_checks import DirectionCheck, check
from core.geometry.directions import FREQUENT_WORDS, Direction, extremes, from_dimension
from core.geometry.offsets import Offset, offset_words
from pages.directions.builder import DIMENSION
from pages.directions.own_fields import make_own
from pages.directions.presets import direction_presets
from pages.shared.completion import offer_words
from pages.shared.controls import choice, text, whole_number
from pages.shared.figures import show_figure
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import numbers_on_demand, show_table
from viz.directions.pair_check import check_figure
from viz.directions.tables import check_table, extremes_table, offset_table
from viz.geometry.vector_strip import strip_figure
from viz.numbers import fixed

# What can be looked at, as links name it, and how the page calls it.
LOOK_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "its words": "do its pairs agree?",
        "where it leads": "add it to a word",
        "its ends": "the extreme words",
    }
)
LOOKS: Final = tuple(LOOK_NAMES)
MIN_AGREEMENT = 0.35  # mean cosine of two pairs from which their directions count as similar
MAX_STARTS = 8  # words that a direction without pairs is added to


def direction_details(
    embeddings: Embeddings, directions: Sequence[Direction], words: tuple[str, ...]
) -> None:
    """Show whether a direction's words agree, where it leads, or the words at its ends.

    It is no part of its own: when an error had hidden it, the browser reset its controls.

    Args:
        embeddings: the embeddings of the words.
        directions: the directions to choose from.
        words: the words in the list.
    """
    about = "1"
    with st.container(horizontal=True):
        look = choice("A closer look", LOOKS, "look", markdown=LOOK_NAMES.__getitem__, wrap=True)
        if len(directions) > 1:
            about = choice("Direction", list("123"[: len(directions)]), "about")
    direction = directions[int(about) - 1]
    if look == LOOKS[0]:
        show_check(embeddings, direction, int(about))
    elif look == LOOKS[1]:
        show_offsets(embeddings, direction, words)
    else:
        show_ends(embeddings, direction)


def show_check(embeddings: Embeddings, direction: Direction, number: int) -> None:
    """Show how well the words of a direction agree with it and with each other.

    Args:
        embeddings: the embeddings of the words.
        direction: the direction.
        number: its number, 1 to 3.
    """
    st.subheader(f"Do the words of {plain(direction.name)} agree?", anchor=False)
    result = check(embeddings, direction)
    if result is None:
        st.markdown(_cannot_check(direction))
    else:
        st.markdown(check_summary(direction, result))
        picture, numbers = st.columns([3, 2], gap="medium")
        with picture:
            show_figure(
                check_figure(result),
                key="check",
                alt=f"{result.correct} of {len(result.labels)} fit the directions made without "
                "them.",
            )
        with numbers:
            st.caption(
                "Bar: cosine with the whole direction. Dot: cosine with the direction made without "
                "this pair or word, which is the fairer test; orange if it is on the wrong side."
            )
            numbers_on_demand(
                "check_numbers",
                lambda: check_table(result),
                "The cosines of the figure, and by how much each pair or word is on its side.",
                index=False,
            )
    if st.session_state.get(f"direction_{number}") in direction_presets():
        st.button(
            "Change its words",
            key="make_own",
            icon=":material/edit:",
            on_click=make_own,
            args=(direction, number),
        )


def check_summary(direction: Direction, result: DirectionCheck) -> str:
    """Return, in Markdown, how many pairs or words fit the direction made without them."""
    count = len(result.labels)
    if not direction.paired:
        return (
            "If one word is left out and the direction made from the others, "
            f"**{result.correct} of {count}** words are still on their own side of the middle. By "
            "chance it would be half of them."
        )
    mean = f"mean cosine {fixed(result.agreement)}"
    agree = (
        f"Two pairs have similar directions ({mean})."
        if result.agreement >= MIN_AGREEMENT
        else f"But two pairs have little in common ({mean}, where 0 is nothing): a weak direction."
    )
    return (
        f"If one pair is left out and the direction made from the others, it still puts the second "
        f"word above the first in **{result.correct} of {count}** pairs. By chance it would be "
        f"half of them. {agree}"
    )


def weak(direction: Direction, result: DirectionCheck | None) -> bool:
    """Return whether the pairs or words of a direction fit too little to what the others give."""
    if result is None:
        return False
    is_chance = 2 * result.correct <= len(result.labels)
    return is_chance or (direction.paired and result.agreement < MIN_AGREEMENT)


def show_offsets(embeddings: Embeddings, direction: Direction, words: tuple[str, ...]) -> None:
    """Show the words nearest to other words plus the direction."""
    name = plain(direction.name)
    st.subheader(f"Where does {name} lead?", anchor=False)
    offsets = offset_words(embeddings, direction, () if direction.paired else words[:MAX_STARTS])
    score, table = st.columns(2, gap="medium")
    with score:
        st.markdown(f"A word plus *{name}*: which other word is nearest? {_score(offsets)}")
        with errors_shown("start"):
            start = text("From another word", "", "start", width=240)
            offer_words(embeddings, "start")
            if start:
                show_offset(embeddings, direction, start)
    if offsets:
        with table:
            show_table(offset_table(offsets), f"Where {direction.name} leads.", index=False)


def show_offset(embeddings: Embeddings, direction: Direction, start: str) -> None:
    """Show the words nearest to one word plus the direction; raises `UnknownWordError`."""
    (offset,) = offset_words(embeddings, direction, [start])
    if not len(offset.neighbors):
        st.markdown("There is no other word.")
        return
    first, *others = (plain(word) for word in offset.neighbors.words[:4])
    then = f", then {', '.join(others)}" if others else ""
    st.markdown(
        f"{plain(offset.start)} + *{plain(direction.name)}* leads to **{first}** (cosine "
        f"{offset.neighbors.scores[0]:.3f}){then}."
    )


def show_ends(embeddings: Embeddings, direction: Direction) -> None:
    """Show the frequent words with extreme coordinates on a direction and on one dimension."""
    name = plain(direction.name)
    own, bare = st.columns(2, gap="medium")
    with own:
        st.subheader(f"Furthest along {name}", anchor=False)
        _show_ends_table(embeddings, direction)
    if not _is_dimension(direction):
        with bare:
            _show_bare_ends(embeddings)
    frequent = min(FREQUENT_WORDS, len(embeddings))
    st.markdown(
        f"Among the {frequent:,} {embeddings.order} words, without those that contain digits or "
        "signs. Dimensions have no labels: a single one means little, a direction made from words "
        f"means more. {_largest_number(direction)}"
    )
    show_figure(
        strip_figure([direction.name], direction.vector[None].astype(np.float32)),
        key="strip",
        alt=f"The {embeddings.dimensions} numbers of {direction.name} as colours.",
    )


def _show_bare_ends(embeddings: Embeddings) -> None:
    """Show the words furthest along one dimension of the vectors."""
    heading, table = st.container(), st.container()
    dimension = whole_number(
        f"Number of the dimension, 1 to {embeddings.dimensions}",
        1,
        embeddings.dimensions,
        min(DIMENSION, embeddings.dimensions),
        "bare",
        width=300,
    )
    heading.subheader(f"Furthest along dimension {dimension} alone", anchor=False)
    with table:
        _show_ends_table(embeddings, from_dimension(embeddings, dimension))


def _is_dimension(direction: Direction) -> bool:
    return int(np.count_nonzero(direction.vector)) == 1


def _largest_number(direction: Direction) -> str:
    """Return, in Markdown, the share of the largest number; empty for a single dimension."""
    if _is_dimension(direction):
        return ""
    shares = (direction.vector / direction.length) ** 2
    largest = int(shares.argmax())
    return (
        f"The largest of the {len(shares)} numbers of *{plain(direction.name)}*, in dimension "
        f"{largest + 1}, makes up {shares[largest]:.0%} of its squared length."
    )


def _show_ends_table(embeddings: Embeddings, direction: Direction) -> None:
    table = extremes_table(direction, extremes(embeddings, direction))
    show_table(table, f"The words at both ends of {direction.name}.", index=False)


def _cannot_check(direction: Direction) -> str:
    """Return, in Markdown, why a direction cannot be checked by leaving something out."""
    if direction.paired:
        return "It is made from one pair, which no other pair can confirm. Add a second pair."
    if direction.low and direction.high:
        return "Each side needs at least two words, so that one can be left out."
    return "It is not made from words that could be compared with each other."


def _score(offsets: tuple[Offset, ...]) -> str:
    """Return, in Markdown, how often a direction leads from a pair's first word to its second."""
    pairs = [offset for offset in offsets if offset.partner]
    if not pairs:
        return ""
    correct = sum(offset.neighbors.words[:1] == (offset.partner,) for offset in pairs)
    score = f"It leads to the other word of the pair **{correct} of {len(pairs)}** times"
    others = [offset for offset in pairs if offset.held_out]
    if not others:
        return f"{score}, which is no surprise with a single pair."
    fair = sum(
        offset.held_out is not None and offset.held_out.words[:1] == (offset.partner,)
        for offset in others
    )
    return f"{score}, and **{fair} of {len(others)}** times if made without that pair."
