"""Named groups of words, typed as one line per group."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from core.embeddings import Embeddings
from core.errors import InputError
from core.word_lists import WordList, read_word_list

MAX_NAME_LENGTH = 40  # characters
SHIPPED: Final = Path(__file__).resolve().parents[1] / "assets" / "word_groups.json"


@cache
def shipped_groups() -> dict[str, tuple[str, ...]]:
    """Return the word groups that come with the app, by name.

    >>> shipped_groups()["royalty"][:2]
    ('king', 'queen')
    """
    groups: dict[str, list[str]] = json.loads(SHIPPED.read_text("utf-8"))
    return {name: tuple(words) for name, words in groups.items()}


@dataclass(frozen=True)
class WordGroup:
    """A named group of words.

    Args:
        name: the name of the group.
        words: its words, known and unknown.
    """

    name: str
    words: WordList


def read_word_groups(embeddings: Embeddings, text: str) -> tuple[WordGroup, ...]:
    """Return the groups in a text with one line per group: its name, a colon, its words.

    A group without a colon is named after its first known word. Lines with the same name are
    merged into one group.

    Raises:
        InputError: a line has no known word.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["red", "blue"], np.eye(2, dtype=np.float32))
    >>> [(group.name, group.words.words) for group in read_word_groups(toy, "colours: red, Blue")]
    [('colours', ('red', 'blue'))]
    """
    lists: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        before, colon, after = line.partition(":")
        written = after if colon else line
        words = read_word_list(embeddings, written).words
        if not words:
            raise InputError(
                f"Line {number} has no word of {embeddings.name}. Write a name, a colon and the "
                "words, such as fruit: apple, pear."
            )
        name = ((before.strip() if colon else "") or words[0])[:MAX_NAME_LENGTH]
        lists[name] = f"{lists.get(name, '')}\n{written}"
    return tuple(WordGroup(name, read_word_list(embeddings, text)) for name, text in lists.items())
