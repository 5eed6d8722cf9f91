"""Named groups of words, as people type them: a line for each."""

from dataclasses import dataclass

from core.embeddings import Embeddings
from core.errors import InputError
from core.word_lists import WordList, read_word_list

LONGEST_NAME = 40  # characters


@dataclass(frozen=True)
class WordGroup:
    """A name and the words that carry it.

    Args:
        name: what the group is called.
        words: the words that the embeddings have, and those that they have not.
    """

    name: str
    words: WordList


def read_word_groups(embeddings: Embeddings, text: str) -> tuple[WordGroup, ...]:
    """Return the groups in a text with a line for each: its name, a colon, its words.

    A line without a colon is called after its first word. Lines of one name are one group.

    Raises:
        InputError: a line has no word that the embeddings have.

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
        found = read_word_list(embeddings, written)
        if not len(found):
            raise InputError(
                f"Line {number} has no word of {embeddings.name}. Write a name, a colon and the "
                "words, such as `fruit: apple, pear`."
            )
        name = (before.strip() if colon else "") or found.words[0]
        lists.setdefault(name[:LONGEST_NAME], "")
        lists[name[:LONGEST_NAME]] += f"\n{written}"
    return tuple(
        WordGroup(name, read_word_list(embeddings, words)) for name, words in lists.items()
    )
