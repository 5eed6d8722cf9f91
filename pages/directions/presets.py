"""The directions that come with the app, read from the assets."""

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
class ReadyMade:
    """A direction as its words: either pairs, or two groups.

    Args:
        low_end: what its low end is called.
        high_end: what its high end is called.
        words: some to place along it, none of which it is made from.
        pairs: such as `man woman, boy girl`.
        low: the words it leads away from.
        high: the words it leads to.
    """

    low_end: str
    high_end: str
    words: str
    pairs: str = ""
    low: str = ""
    high: str = ""


@cache
def ready_made() -> dict[str, ReadyMade]:
    """Return the ready-made directions by name."""
    rows = json.loads((ASSETS / "directions.json").read_text("utf-8"))
    return {name: ReadyMade(**row) for name, row in rows.items()}


def ready_made_direction(embeddings: Embeddings, name: str) -> Direction:
    """Return a ready-made direction, by its name; raises as `from_pairs` does."""
    row = ready_made()[name]
    if row.pairs:
        direction = from_pairs(embeddings, read_pairs(embeddings, row.pairs).pairs, name)
    else:
        low, high = (read_word_list(embeddings, group).words for group in (row.low, row.high))
        direction = from_groups(embeddings, low, high, name)
    return replace(direction, low_end=row.low_end, high_end=row.high_end)


def suggested_words(names: Sequence[str]) -> str:
    """Return words to place along some directions; none where no name is that of a ready-made one.

    >>> suggested_words(["size"])[:8]
    'ant, bee'
    """
    lists = [ready_made()[name].words.split(", ") for name in names if name in ready_made()]
    few = [words[: 12 // len(lists)] for words in lists]
    return ", ".join(dict.fromkeys(word for words in few for word in words))
