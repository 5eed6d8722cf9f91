"""The preset directions, read from the assets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from core.embeddings import Embeddings
from core.geometry.directions import Direction, from_groups, from_pairs
from core.word_lists import read_word_list
from core.word_pairs import read_pairs
from pages.shared.examples import ASSETS


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
    """Return a preset direction by its name; raises as `from_pairs` does."""
    row = direction_presets()[name]
    if row.pairs:
        direction = from_pairs(embeddings, read_pairs(embeddings, row.pairs).pairs, name)
    else:
        low, high = (read_word_list(embeddings, group).words for group in (row.low, row.high))
        direction = from_groups(embeddings, low, high, name)
    return replace(direction, low_end=row.low_end, high_end=row.high_end)


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
