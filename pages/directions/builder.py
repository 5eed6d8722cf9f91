"""The controls of a direction: a preset, or one made from the visitor's own words."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.embeddings import Embeddings
from core.enumeration import listed
from core.geometry.directions import (
    Direction,
    from_dimension,
    from_expression,
    from_groups,
    from_pairs,
)
from core.word_pairs import MAX_PAIRS, read_pairs
from pages.directions.presets import direction_presets, preset_direction, suggested_words
from pages.shared.controls import select, text, whole_number
from pages.shared.examples import presets
from pages.shared.page_frame import errors_shown, plain
from pages.shared.word_field import word_list

PICTURES = ("number line", "plane", "space")  # of one, two and three directions
OWN = ("own pairs", "own groups", "expression", "dimension")
FIRST = ("gender", "royalty", "living")  # what stands in each of the three places at first
PAIRS = "man woman, king queen, boy girl"
GROUPS = ("science, physics, theory, chemistry", "art, music, painting, poetry")
EXPRESSION = "cats - cat"
DIMENSION = 20
_read = lru_cache(maxsize=32)(read_pairs)  # a hundred thousand pasted words take a moment
MAX_NAME = 30  # characters of a direction's name: more do not fit on an axis
MAX_NAMED = 3  # entries that are not pairs, in the message


def chosen_name(place: int, count: int) -> str:
    """Show the control of one direction, and return the chosen name.

    Args:
        place: 1 to 3.
        count: how many directions there are.
    """
    first = FIRST[place - 1]
    # The address leaves out what stands first, so the default has to.
    options = [first, *(name for name in (*direction_presets(), *OWN) if name != first)]
    return select(
        "Direction" if count == 1 else f"Direction {place}",
        options,
        f"direction_{place}",
        width=170,
        on_change=suggest_words,
        help="Ready-made ones, or one of your own: from pairs of words, from two groups, from an "
        "expression, or one bare dimension of the vectors.",
    )


def suggest_words() -> None:
    """Fill the list with words that suit the directions, unless the visitor typed some."""
    state = st.session_state
    ours = {row.words for row in direction_presets().values()} | {state.get("suggested", "")}
    ours |= {str(row["words"]) for row in presets("directions").values()}
    count = 1 + PICTURES.index(state.get("picture") or PICTURES[0])
    names = [state.get(f"direction_{place + 1}", FIRST[place]) for place in range(count)]
    if state.get("words", "") in ours and (found := suggested_words(names)):
        state.words = state.suggested = found


def built(embeddings: Embeddings, place: int, name: str) -> Direction | None:
    """Return the chosen direction; show the fields of one of the visitor's own.

    Args:
        embeddings: where the vectors come from.
        place: 1 to 3.
        name: a preset direction, or one of `OWN`.

    Returns:
        None if the fields give no direction; the error is shown below them.
    """
    with errors_shown(f"expression_{place}"):
        if name in direction_presets():
            return preset_direction(embeddings, name)
        if name == "dimension":
            return _dimension(embeddings, place)
        first, *fields = st.columns([1, 3, 3] if name == "own groups" else [1, 6])
        with first:
            called = text(f"Name of direction {place}", "", f"name_{place}", max_chars=MAX_NAME)
        if name == "own groups":
            return _groups(embeddings, place, called, fields)
        with fields[0]:
            if name == "own pairs":
                return _pairs(embeddings, place, called)
            written = text("Add and subtract words", EXPRESSION, f"expression_{place}")
            return from_expression(embeddings, written, called)


def make_own(direction: Direction, place: int) -> None:
    """Fill the fields of an own direction with the words of a preset."""
    state = st.session_state
    state[f"name_{place}"] = f"my {direction.name}"[:MAX_NAME]
    if direction.paired:
        state[f"direction_{place}"] = "own pairs"
        pairs = zip(direction.low, direction.high, strict=True)
        state[f"pairs_{place}"] = ", ".join(f"{low} {high}" for low, high in pairs)
    else:
        state[f"direction_{place}"] = "own groups"
        state[f"low_{place}"] = ", ".join(direction.low)
        state[f"high_{place}"] = ", ".join(direction.high)


def _pairs(embeddings: Embeddings, place: int, name: str) -> Direction:
    key = f"pairs_{place}"
    word_list("Pairs of words, a comma after each", PAIRS, key, embeddings, 2 * MAX_PAIRS)
    found = _read(embeddings, st.session_state[key] or "")
    _tell_left_out(found.not_pairs)
    return from_pairs(embeddings, found.pairs, name)


def _groups(
    embeddings: Embeddings, place: int, name: str, fields: Sequence[DeltaGenerator]
) -> Direction:
    groups: list[tuple[str, ...]] = []
    labels = ("From these words …", "… to these")
    for field, label, words, end in zip(fields, labels, GROUPS, ("low", "high"), strict=True):
        with field:
            groups.append(word_list(label, words, f"{end}_{place}", embeddings, MAX_PAIRS).words)
    low, high = groups
    return from_groups(embeddings, low, high, name)


def _dimension(embeddings: Embeddings, place: int) -> Direction:
    number = whole_number(
        f"Which of the {embeddings.dimensions} dimensions",
        1,
        embeddings.dimensions,
        min(DIMENSION, embeddings.dimensions),
        f"dimension_{place}",
        width=240,
    )
    return from_dimension(embeddings, number)


def _tell_left_out(entries: Sequence[str]) -> None:
    if entries:
        named = listed([f"“{plain(entry[: 2 * MAX_NAME])}”" for entry in entries], MAX_NAMED)
        st.caption(f"Left out, since two words make a pair: {named}.")
