"""The controls of a direction: a ready-made one, or one from the visitor's words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

from core.embeddings import Embeddings
from core.geometry.direction_checks import check
from core.geometry.directions import Direction, from_dimension
from pages.directions.own_fields import OWN, drop_old_name, fill_in, labelled, own_direction
from pages.directions.presets import (
    direction_presets,
    missing_words,
    preset_direction,
    suggested_words,
    suits,
)
from pages.shared.controls import one_of, whole_number
from pages.shared.examples import presets
from pages.shared.first_words import follow
from pages.shared.page_frame import errors_shown, plain
from viz.numbers import counted

PICTURES = ("number line", "plane", "space")  # of one, two and three directions
DEFAULTS = ("gender", "royalty", "living")  # the presets that directions 1 to 3 have at first
READY_MADE: Final = "ready-made"
# The kinds of directions, and how the page calls them.
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        READY_MADE: "ready-made",
        "own pairs": "your pairs",
        "own groups": "your groups",
        "expression": "expression",
        "dimension": "one dimension",
    }
)
DIMENSION = 20
ENOUGH = 6  # pairs, or words in a group, from which there is no warning
MAX_NAMED = 12  # missing words that are named
KINDS_HELP: Final = (
    "**ready-made**: choose from a list. **your pairs**: the mean of the differences of your pairs "
    "of words. **your groups**: from the mean of one group of words to that of another. "
    "**expression**: such as `cats - cat`. **one dimension**: one number of each vector alone."
)


def first_name(embeddings: Embeddings, number: int) -> str:
    """Return the kind of a direction at first: a preset of words that the embeddings have.

    Args:
        embeddings: the embeddings of the words.
        number: the number of the direction, 1 to 3.
    """
    default = DEFAULTS[number - 1]
    own = None
    if not suits(embeddings, default):
        others = [name for name in direction_presets() if name not in DEFAULTS]
        own = next((name for name in others if suits(embeddings, name)), "own pairs")
    return follow("directions", f"direction_{number}", default, own)


def chosen_name(embeddings: Embeddings, number: int, count: int) -> str:
    """Show the controls for the kind of a direction and for a ready-made one; return its name.

    One direction has buttons for its kind; several have a list each, to fit into a row.

    Args:
        embeddings: the embeddings of the words.
        number: the number of the direction, 1 to 3.
        count: the number of directions.

    Returns:
        The name of a preset, or one of `OWN`.
    """
    state = st.session_state
    # The controls show one value of the address: a preset or one of `OWN`.
    first = first_name(embeddings, number)
    linked = one_of([*direction_presets(), *OWN], f"direction_{number}", first)
    name = linked.start()
    if name not in OWN:
        state[f"last_ready_{number}"] = name
    if count == 1:
        _choose_kind(number, name)
    else:
        key = f"choice_{number}"
        state[key] = name
        st.selectbox(
            f"Direction {number}",
            [*OWN, *direction_presets()],
            key=key,
            format_func=lambda option: KINDS.get(option, option),
            width=190,
            help=f"Make your own with the first four. {KINDS_HELP}",
            on_change=choose,
            args=(number, key),
        )
    linked.keep(name)
    return name


def _choose_kind(number: int, name: str) -> None:
    """Show the kinds of directions as buttons, and the list of the ready-made ones."""
    state = st.session_state
    key = f"kind_{number}"
    state[key] = name if name in OWN else READY_MADE
    st.segmented_control(
        "Ready-made direction, or make your own",
        list(KINDS),
        key=key,
        format_func=KINDS.__getitem__,
        required=True,
        wrap=True,
        help=KINDS_HELP,
        on_change=choose,
        args=(number, key),
    )
    if name not in OWN:
        key = f"ready_{number}"
        state[key] = name
        st.selectbox(
            "Which one",
            list(direction_presets()),
            key=key,
            width=170,
            on_change=choose,
            args=(number, key),
        )


def choose(number: int, key: str) -> None:
    """Adopt what a control of a direction holds; start its fields with the words of the last one.

    Args:
        number: the number of the direction, 1 to 3.
        key: the key of the control.
    """
    state = st.session_state
    new, before = state[key], state[f"direction_{number}"]
    if new == READY_MADE:
        new = state.get(f"last_ready_{number}", DEFAULTS[number - 1])
    elif new in OWN and before in direction_presets():
        fill_in(number, new, direction_presets()[before])
    state[f"direction_{number}"] = new
    drop_old_name(number)
    suggest_words()


def suggest_words() -> None:
    """Fill the word list with words that suit the directions, unless the visitor has typed some."""
    state = st.session_state
    count = 1 + PICTURES.index(state.get("picture") or PICTURES[0])
    names = [
        state.get(f"direction_{number}", default)
        for number, default in enumerate(DEFAULTS[:count], 1)
    ]
    if state.get("words", "") in usual_words() and (suggested := suggested_words(names)):
        state.words = state.suggested = suggested


def usual_words() -> set[str]:
    """Return the texts that the page itself puts into the word list."""
    known = {row.words for row in direction_presets().values()}
    known |= {str(row["words"]) for row in presets("directions").values()}
    return known | {st.session_state.get("suggested", "")}


def built(embeddings: Embeddings, number: int, name: str, count: int) -> Direction | None:
    """Return the selected direction; if it is one of the visitor's own, show its fields.

    Args:
        embeddings: the embeddings of the words.
        number: the number of the direction, 1 to 3.
        name: a preset direction, or one of `OWN`.
        count: the number of directions.

    Returns:
        The direction, or None if the fields do not define one; then the error is shown below them.
    """
    prefix = "" if count == 1 else f"Direction {number}"
    with errors_shown(f"expression_{number}"):
        if name in direction_presets():
            direction = preset_direction(embeddings, name)
            _show_missing(embeddings, direction)
            return direction
        if name == "dimension":
            return _dimension(embeddings, number, prefix)
        direction = own_direction(embeddings, number, name, prefix)
        if count > 1:  # of one direction, it stands below the picture, which is higher up then
            show_fit(embeddings, direction)
        return direction


def show_fit(embeddings: Embeddings, direction: Direction) -> None:
    """Show whether a direction has few pairs or words, and whether it holds for those left out."""
    count = min(len(direction.low), len(direction.high))
    result = check(embeddings, direction)
    if not direction.paired and result is None:
        return  # an expression, or a group of one word
    what = "pair" if direction.paired else "word"
    notes = []
    if count == 1:
        notes.append(
            ":orange[:material/warning:] **One pair**: no other pair can confirm it. Add pairs of "
            "the same kind."
        )
    elif count < ENOUGH:
        each = "" if direction.paired else " in a group"
        notes.append(
            f":orange[:material/warning:] **Few {what}s**: with {counted(count, what)}{each}, the "
            f"direction also has what these {what}s share by chance. Eight or more are better."
        )
    if result is not None:
        notes.append(
            f"Each {what} was tested with a direction made from the others: {result.correct} of "
            f"{len(result.labels)} came out right."
        )
    st.caption(" ".join(notes))


def _show_missing(embeddings: Embeddings, direction: Direction) -> None:
    """Show which words of a ready-made direction the embeddings do not have."""
    if missing := missing_words(embeddings, direction.name):
        used = counted(len(direction.low), "pair") if direction.paired else "the others"
        verb = "is" if used == "1 pair" else "are"
        st.caption(
            f"*{plain(direction.name)}*: {plain(embeddings.name)} does not have "
            f"{', '.join(map(plain, missing[:MAX_NAMED]))}; {used} {verb} used."
        )


def _dimension(embeddings: Embeddings, number: int, prefix: str) -> Direction:
    dimension = whole_number(
        labelled(prefix, f"number of the dimension, 1 to {embeddings.dimensions}"),
        1,
        embeddings.dimensions,
        min(DIMENSION, embeddings.dimensions),
        f"dimension_{number}",
        width=300,
    )
    return from_dimension(embeddings, dimension)
