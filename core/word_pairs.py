"""Pairs of words as people type and paste them, matched to the words of the embeddings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.embeddings import Embeddings
from core.word_lists import SAME_AS

MOST = 100

# A phrase in quotes, the end of an entry, or a word.
TOKEN = re.compile(r'"([^"\r\n]*)"|([,;\r\n])|([^\s,;"]+)')
BETWEEN = {"-", "–", "—", "→", "->", ">", ":", "/"}  # what may stand between the two words


@dataclass(frozen=True)
class PairList:
    """The pairs of a list whose words the embeddings both have, and what became of the others.

    Args:
        pairs: as the embeddings spell them, in the order of the list.
        unknown: the words that the embeddings do not have, as they were written, each once.
        no_pairs: what stands alone or in threes, as it was written.
        left_out: how many pairs were one too many.
    """

    pairs: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    no_pairs: tuple[str, ...]
    left_out: int


def read_pairs(embeddings: Embeddings, text: str, most: int = MOST) -> PairList:
    """Return the pairs of a list: two words each, a comma after every pair.

    Words that stand all alone, or all together, are taken two by two.

    Args:
        embeddings: where the words are looked up: as they are written, else in lower case.
        text: such as `man woman, king queen`, or a pair a line; a dash or arrow may part the two.
        most: how many pairs are kept; further ones are counted only.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["cat", "cats"], np.eye(2, dtype=np.float32))
    >>> read_pairs(toy, "Cat cats, cat dog").pairs
    (('cat', 'cats'),)
    """
    entries = list(_entries(text))
    if len(entries) == 1 or all(len(entry) == 1 for entry in entries):
        words = [word for entry in entries for word in entry]
        entries = [words[place : place + 2] for place in range(0, len(words), 2)]
    every = dict.fromkeys(word for entry in entries for word in entry)
    forms = {word: _known(embeddings, word) for word in every}
    pairs: list[tuple[str, str]] = []
    for low, high in (entry for entry in entries if len(entry) == 2):
        first, second = forms[low], forms[high]
        if first is not None and second is not None:
            pairs.append((first, second))
    kept = tuple(pairs[: max(most, 0)])
    unknown = tuple(word for word, form in forms.items() if form is None)
    no_pairs = tuple(" ".join(entry) for entry in entries if len(entry) != 2)
    return PairList(kept, unknown, no_pairs, len(pairs) - len(kept))


def joined_pairs(
    embeddings: Embeddings, text: str, most: int = MOST
) -> tuple[tuple[str, str], ...]:
    """Return, from a list of words, the known ones that stand in twos between commas.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["cat", "cats"], np.eye(2, dtype=np.float32))
    >>> joined_pairs(toy, "cat cats, cat, cats")
    (('cat', 'cats'),)
    """
    known = (
        [_known(embeddings, word) for word in entry] for entry in _entries(text) if len(entry) == 2
    )
    pairs = ((low, high) for low, high in known if low is not None and high is not None)
    return tuple(islice(pairs, most))


def _entries(text: str) -> Iterator[list[str]]:
    """Yield the words between commas, where there are any."""
    entry: list[str] = []
    for quoted, end, bare in TOKEN.findall(text.translate(SAME_AS)):
        if end:
            if entry:
                yield entry
            entry = []
        elif (word := quoted.strip() or bare) and word not in BETWEEN:
            entry.append(word)
    if entry:
        yield entry


def _known(embeddings: Embeddings, word: str) -> str | None:
    """Return a word as the embeddings spell it, or None."""
    return next((form for form in (word, word.lower()) if form in embeddings), None)
