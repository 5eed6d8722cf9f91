"""The fields of a visitor's own direction: its words and its name."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.embeddings import Embeddings
from core.geometry.directions import Direction, from_expression, from_groups, from_pairs
from core.word_pairs import MAX_PAIRS
from pages.directions.presets import ENOUGH, DirectionPreset
from pages.shared.completion import offer_words
from pages.shared.controls import text, text_value
from pages.shared.first_words import as_expression, as_list, first_text
from pages.shared.word_field import pair_list, word_list

OWN: Final = ("own pairs", "own groups", "expression", "dimension")
MAX_NAME: Final = 30  # characters of a direction's name that fit on an axis
PAIRS: Final = "man woman, king queen, boy girl"
LOW: Final = "science, physics, theory, chemistry"
HIGH: Final = "art, music, painting, poetry"
EXPRESSION: Final = "cats - cat"
# The fields of each kind, and the texts that they have at first.
FIELDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "own pairs": {"pairs": PAIRS},
        "own groups": {"low": LOW, "high": HIGH},
        "expression": {"expression": EXPRESSION},
    }
)
WORD: Final = re.compile(r"\w+")


def own_direction(embeddings: Embeddings, number: int, kind: str, prefix: str) -> Direction:
    """Show the fields of a direction from words; return the direction.

    Args:
        embeddings: the embeddings of the words.
        number: the number of the direction, 1 to 3.
        kind: one of the kinds in `FIELDS`.
        prefix: which direction it is, for the labels; empty if it is the only one.

    Raises:
        PlaygroundError: the fields do not define a direction.
    """
    shares = [5] * len(FIELDS[kind])
    *places, last = st.columns([*shares, 2])
    with last:
        name = _name(number, kind)
    if kind == "own groups":
        labels = (labelled(prefix, "from these words …"), "… to these")
        low, high = (
            _words(embeddings, number, field, label, place)
            for field, label, place in zip(("low", "high"), labels, places, strict=True)
        )
        return from_groups(embeddings, low, high, name)
    with places[0]:
        if kind == "own pairs":
            pairs = pair_list(
                labelled(prefix, "pairs of words, a comma after each"),
                _first_text(embeddings, number, kind, "pairs"),
                f"pairs_{number}",
                embeddings,
                MAX_PAIRS,
                on_change=drop_old_name,
                args=(number,),
            )
            return from_pairs(embeddings, pairs.pairs, name)
        written = text(
            labelled(prefix, "add and subtract words"),
            _first_text(embeddings, number, kind, "expression"),
            f"expression_{number}",
            on_change=drop_old_name,
            args=(number,),
        )
        offer_words(embeddings, f"expression_{number}")
        return from_expression(embeddings, written, name)


def labelled(prefix: str, label: str) -> str:
    """Return the label of a field, after a prefix or with a capital.

    >>> labelled("Direction 2", "pairs"), labelled("", "pairs")
    ('Direction 2: pairs', 'Pairs')
    """
    return f"{prefix}: {label}" if prefix else label[0].upper() + label[1:]


def fill_in(number: int, kind: str, preset: DirectionPreset) -> None:
    """Start the fields of a direction with a preset's words, unless the visitor has typed some.

    Args:
        number: the number of the direction, 1 to 3.
        kind: one of `OWN`.
        preset: the preset that the direction was before.
    """
    state = st.session_state
    for field, new in _words_of(preset, kind).items():
        key, default = f"{field}_{number}", FIELDS[kind][field]
        if text_value(key, default).start() in (default, state.get(f"filled_{key}")):
            state[key] = state[f"filled_{key}"] = new


def make_own(direction: Direction, number: int) -> None:
    """Fill the fields of the visitor's own direction with the words of a ready-made one.

    Args:
        direction: the ready-made direction.
        number: its number, 1 to 3.
    """
    if direction.paired:
        kind = "own pairs"
        pairs = zip(direction.low, direction.high, strict=True)
        texts = {"pairs": ", ".join(f"{low} {high}" for low, high in pairs)}
    else:
        kind = "own groups"
        texts = {"low": ", ".join(direction.low), "high": ", ".join(direction.high)}
    state = st.session_state
    for field, new in texts.items():
        state[f"{field}_{number}"] = state[f"filled_{field}_{number}"] = new
    state[f"direction_{number}"] = kind
    drop_old_name(number)


def drop_old_name(number: int) -> None:
    """Remove a direction's name if none of the words that it was given to is left."""
    state = st.session_state
    kind = state[f"direction_{number}"]
    name, words = state.get(f"named_{number}", ("", frozenset()))
    if name and kind in FIELDS and not words & _typed_words(number, kind):
        text_value(f"name_{number}", "").start()
        state[f"name_{number}"] = ""


def _words(
    embeddings: Embeddings, number: int, field: str, label: str, place: DeltaGenerator
) -> tuple[str, ...]:
    """Show the field for one of two groups; return its known words."""
    with place:
        return word_list(
            label,
            _first_text(embeddings, number, "own groups", field),
            f"{field}_{number}",
            embeddings,
            MAX_PAIRS,
            on_change=drop_old_name,
            args=(number,),
        ).words


def _first_text(embeddings: Embeddings, number: int, kind: str, field: str) -> str:
    """Return the text that a field has at first, of words that the embeddings have.

    Args:
        embeddings: the embeddings of the words.
        number: the number of the direction, 1 to 3; each starts with other words.
        kind: the kind of the direction.
        field: the field, one of those of the kind in `FIELDS`.
    """

    def made_of(words: Sequence[str]) -> str:
        few = [words[(4 * (number - 1) + at) % len(words)] for at in range(4)]
        if kind == "own groups":
            return as_list(few[:2] if field == "low" else few[2:])
        low, high = few[:2]
        return f"{low} {high}" if field == "pairs" else as_expression([high, low])

    key, default = f"{field}_{number}", FIELDS[kind][field]
    filled = st.session_state.get(f"filled_{key}", default)
    share = 1 if field == "expression" else ENOUGH
    text = first_text("directions", key, filled, embeddings, made_of, share)
    return default if text == filled else text


def _name(number: int, kind: str) -> str:
    """Show the field for a direction's name; note the words that a new name is given to."""
    name = text(
        "Name (optional)",
        "",
        f"name_{number}",
        max_chars=MAX_NAME,
    )
    if name != st.session_state.get(f"named_{number}", ("",))[0]:
        st.session_state[f"named_{number}"] = (name, _typed_words(number, kind))
    return name


def _typed_words(number: int, kind: str) -> frozenset[str]:
    """Return the words in the fields of a direction, in lower case."""
    texts = [
        text_value(f"{field}_{number}", default).start() for field, default in FIELDS[kind].items()
    ]
    return frozenset(WORD.findall(" ".join(texts).lower()))


def _words_of(preset: DirectionPreset, kind: str) -> dict[str, str]:
    """Return texts for the fields of a kind; none if the preset has no words of this kind."""
    pairs = [pair.split() for pair in preset.pairs.split(", ") if pair]
    low = preset.low or ", ".join(low for low, _ in pairs)
    high = preset.high or ", ".join(high for _, high in pairs)
    if kind == "own pairs":
        return {"pairs": preset.pairs} if pairs else {}
    if kind == "own groups":
        return {"low": low, "high": high}
    if kind == "expression":
        return {"expression": f"{high.split(', ')[0]} - {low.split(', ')[0]}"}
    return {}
