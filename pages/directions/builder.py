"""The controls of a direction: a preset, or a direction from the visitor's words."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.embeddings import Embeddings
from core.geometry.directions import (
    Direction,
    from_dimension,
    from_expression,
    from_groups,
    from_pairs,
)
from core.word_pairs import MAX_PAIRS
from pages.directions.presets import direction_presets, preset_direction, suggested_words
from pages.shared.controls import select, text, whole_number
from pages.shared.examples import presets
from pages.shared.page_frame import errors_shown
from pages.shared.word_field import pair_list, word_list

PICTURES = ("number line", "plane", "space")  # of one, two and three directions
OWN = ("own pairs", "own groups", "expression", "dimension")
DEFAULTS = ("gender", "royalty", "living")  # the presets that directions 1 to 3 have at first
PAIRS = "man woman, king queen, boy girl"
GROUPS = ("science, physics, theory, chemistry", "art, music, painting, poetry")
EXPRESSION = "cats - cat"
DIMENSION = 20
MAX_NAME = 30  # characters of a direction's name that fit on an axis


def chosen_name(number: int, count: int) -> str:
    """Show the control of one direction, and return the selected name.

    Args:
        number: the number of the direction, 1 to 3.
        count: the number of directions.
    """
    default = DEFAULTS[number - 1]
    # The default comes first, since addresses omit the first option.
    options = [default, *(name for name in (*direction_presets(), *OWN) if name != default)]
    return select(
        "Direction" if count == 1 else f"Direction {number}",
        options,
        f"direction_{number}",
        width=170,
        on_change=suggest_words,
        help="A preset, or a direction of your own: from pairs of words, from two groups, from an "
        "expression, or a single dimension of the vectors.",
    )


def suggest_words() -> None:
    """Fill the word list with words that suit the directions, unless the visitor has typed some."""
    state = st.session_state
    known = {row.words for row in direction_presets().values()} | {state.get("suggested", "")}
    known |= {str(row["words"]) for row in presets("directions").values()}
    count = 1 + PICTURES.index(state.get("picture") or PICTURES[0])
    names = [
        state.get(f"direction_{number}", default)
        for number, default in enumerate(DEFAULTS[:count], 1)
    ]
    if state.get("words", "") in known and (suggested := suggested_words(names)):
        state.words = state.suggested = suggested


def built(embeddings: Embeddings, number: int, name: str) -> Direction | None:
    """Return the selected direction; if it is not a preset, show its fields.

    Args:
        embeddings: the embeddings of the words.
        number: the number of the direction, 1 to 3.
        name: a preset direction, or one of `OWN`.

    Returns:
        The direction, or None if the fields do not define one; then the error is shown below them.
    """
    with errors_shown(f"expression_{number}"):
        if name in direction_presets():
            return preset_direction(embeddings, name)
        if name == "dimension":
            return _dimension(embeddings, number)
        first, *fields = st.columns([1, 3, 3] if name == "own groups" else [1, 6])
        with first:
            title = text(f"Name of direction {number}", "", f"name_{number}", max_chars=MAX_NAME)
        if name == "own groups":
            return _groups(embeddings, number, title, fields)
        with fields[0]:
            if name == "own pairs":
                return _pairs(embeddings, number, title)
            written = text("Add and subtract words", EXPRESSION, f"expression_{number}")
            return from_expression(embeddings, written, title)


def make_own(direction: Direction, number: int) -> None:
    """Fill the fields of the visitor's own direction with the words of a preset."""
    state = st.session_state
    state[f"name_{number}"] = f"my {direction.name}"[:MAX_NAME]
    if direction.paired:
        state[f"direction_{number}"] = "own pairs"
        pairs = zip(direction.low, direction.high, strict=True)
        state[f"pairs_{number}"] = ", ".join(f"{low} {high}" for low, high in pairs)
    else:
        state[f"direction_{number}"] = "own groups"
        state[f"low_{number}"] = ", ".join(direction.low)
        state[f"high_{number}"] = ", ".join(direction.high)


def _pairs(embeddings: Embeddings, number: int, name: str) -> Direction:
    label = "Pairs of words, a comma after each"
    pairs = pair_list(label, PAIRS, f"pairs_{number}", embeddings, MAX_PAIRS)
    return from_pairs(embeddings, pairs.pairs, name)


def _groups(
    embeddings: Embeddings, number: int, name: str, fields: Sequence[DeltaGenerator]
) -> Direction:
    groups: list[tuple[str, ...]] = []
    labels = ("From these words …", "… to these")
    for field, label, words, end in zip(fields, labels, GROUPS, ("low", "high"), strict=True):
        with field:
            groups.append(word_list(label, words, f"{end}_{number}", embeddings, MAX_PAIRS).words)
    low, high = groups
    return from_groups(embeddings, low, high, name)


def _dimension(embeddings: Embeddings, number: int) -> Direction:
    dimension = whole_number(
        f"Which of the {embeddings.dimensions} dimensions",
        1,
        embeddings.dimensions,
        min(DIMENSION, embeddings.dimensions),
        f"dimension_{number}",
        width=240,
    )
    return from_dimension(embeddings, dimension)
