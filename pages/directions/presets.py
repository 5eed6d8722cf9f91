"""The preset directions, read from the assets."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from core.embeddings import Embeddings
from core.enumeration import listed
from core.errors import InputError
from core.geometry.directions import Direction, from_groups, from_pairs
from core.word_lists import read_word_list
from core.word_pairs import read_pairs
from pages.shared.examples import ASSETS

ENOUGH = 0.5  # share of a direction's words that vectors must have for it to be the first one
MAX_NAMED = 12  # missing words that an error names


@dataclass(frozen=True)
class DirectionPreset:
    """The words of a direction: either pairs or two groups.

    Args:
        low_end: the name of its low end.
        high_end: the name of its high end.
        words: words to show along it, which it is not made from.
        pairs: pairs such as `man woman, boy girl`; or empty.
        low: the words of the group at its low end; or empty.
        high: the words of the group at its high end; or empty.
    """

    low_end: str
    high_end: str
    words: str
    pairs: str = ""
    low: str = ""
    high: str = ""


@cache
def direction_presets() -> dict[str, DirectionPreset]:
    """Return the preset directions by name."""
    rows = json.loads((ASSETS / "directions.json").read_text("utf-8"))
    return {name: DirectionPreset(**row) for name, row in rows.items()}


def preset_direction(embeddings: Embeddings, name: str) -> Direction:
    """Return a preset direction from those of its words that the embeddings have.

    Args:
        embeddings: the embeddings of the words; some have names such as France with a capital only.
        name: the name of the preset.

    Raises:
        InputError: too many words are missing.
        NoDirectionError: as `from_pairs` and `from_groups` do.
    """
    row = direction_presets()[name]
    pairs, low, high = (_spelled(embeddings, text) for text in (row.pairs, row.low, row.high))
    if row.pairs:
        known = read_pairs(embeddings, pairs)
        if not known.pairs:
            raise InputError(_too_few(embeddings, name, "pair", known.unknown))
        direction = from_pairs(embeddings, known.pairs, name)
    else:
        before, after = (read_word_list(embeddings, group) for group in (low, high))
        if not before or not after:
            unknown = (*before.unknown, *after.unknown)
            raise InputError(_too_few(embeddings, name, "group", unknown))
        direction = from_groups(embeddings, before.words, after.words, name)
    return replace(direction, low_end=row.low_end, high_end=row.high_end)


def missing_words(embeddings: Embeddings, name: str) -> tuple[str, ...]:
    """Return the words of a preset that the embeddings do not have."""
    row = direction_presets()[name]
    text = _spelled(embeddings, f"{row.pairs}, {row.low}, {row.high}")
    return read_word_list(embeddings, text).unknown


def suits(embeddings: Embeddings, name: str) -> bool:
    """Return whether embeddings have enough words of a preset for a direction."""
    row = direction_presets()[name]
    count = len(re.findall(r"\w+", f"{row.pairs} {row.low} {row.high}"))
    if len(missing_words(embeddings, name)) > (1 - ENOUGH) * count:
        return False
    with suppress(InputError):
        return bool(preset_direction(embeddings, name))
    return False


def _spelled(embeddings: Embeddings, text: str) -> str:
    """Return a text with a capital for the words that the embeddings have with one only."""

    def spelled(match: re.Match[str]) -> str:
        # With the prefix of whole words, since `rome` may also be a piece of other words.
        word, capital = (f"{embeddings.prefix}{each}" for each in (match[0], match[0].capitalize()))
        has_capital_only = word not in embeddings and capital in embeddings
        return match[0].capitalize() if has_capital_only else match[0]

    return re.sub(r"\w+", spelled, text)


def _too_few(embeddings: Embeddings, name: str, what: str, unknown: Sequence[str]) -> str:
    return (
        f"{embeddings.name} has too few words of the ready-made direction '{name}': not one {what} "
        f"is complete. Missing: {listed(unknown, MAX_NAMED)}. Choose another direction, or other "
        "vectors."
    )


def suggested_words(names: Sequence[str]) -> str:
    """Return words to show along some directions; an empty text if none is a preset.

    >>> suggested_words(["size"])[:8]
    'ant, bee'
    """
    lists = [
        direction_presets()[name].words.split(", ") for name in names if name in direction_presets()
    ]
    few = [words[: 12 // len(lists)] for words in lists]
    return ", ".join(dict.fromkeys(word for words in few for word in words))
