"""Typed or pasted lists of word pairs, matched to the words of the embeddings."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.embeddings import Embeddings
from core.word_lists import ASCII_OF

MAX_PAIRS = 100
MAX_PARTS = 8  # words of a pair of phrases, such as new york and los angeles

# A phrase in quotes, the end of an entry, or a word.
TOKEN = re.compile(r'"([^"\r\n]*)"|([,;\r\n])|([^\s,;"]+)')
SEPARATORS = {"-", "–", "—", "→", "->", ">", ":", "/"}  # allowed between the two words of a pair
DASH = re.compile(r"[-–—]")
JOINT = re.compile(r"->|[→>:/=]")  # those that may stand between them without spaces


@dataclass(frozen=True)
class PairList:
    """The pairs of a list and its entries that are not pairs.

    Args:
        pairs: pairs of two known words in the embeddings' spelling, each once, in the order of the
            list.
        unknown: the words that the embeddings do not have, as written, each once.
        not_pairs: the entries of one word or more than two, as written.
        repeated: the pairs that the list has more than once.
        left_out: number of pairs beyond the maximum.
    """

    pairs: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    not_pairs: tuple[str, ...]
    repeated: tuple[tuple[str, str], ...]
    left_out: int


def read_pairs(embeddings: Embeddings, text: str, max_pairs: int = MAX_PAIRS) -> PairList:
    """Return the pairs of a list: entries of two words, separated by commas or line breaks.

    If there is only one entry, or every entry is one word, consecutive words make a pair.

    Args:
        embeddings: the known words; they are looked up as `Embeddings.find` does.
        text: the list, such as `man woman, king queen`; the two words may be separated by a dash,
            an arrow, a colon or a slash.
        max_pairs: number of pairs that are kept; the others are only counted.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["cat", "cats"], np.eye(2, dtype=np.float32))
    >>> read_pairs(toy, "Cat cats, cat dog").pairs
    (('cat', 'cats'),)
    """
    entries = [_parted(embeddings, entry) for entry in _entries(text)]
    if len(entries) == 1 or all(len(entry) == 1 for entry in entries):
        words = [word for entry in entries for word in entry]
        entries = [words[start : start + 2] for start in range(0, len(words), 2)]
    every = dict.fromkeys(word for entry in entries for word in entry)
    forms = {word: _known(embeddings, word) for word in every}
    pairs: Counter[tuple[str, str]] = Counter()
    for low, high in (entry for entry in entries if len(entry) == 2):
        first, second = forms[low], forms[high]
        if first is not None and second is not None:
            pairs[first, second] += 1
    kept = tuple(pairs)[: max(max_pairs, 0)]
    unknown = tuple(word for word, form in forms.items() if form is None)
    not_pairs = tuple(" ".join(entry) for entry in entries if len(entry) != 2)
    repeated = tuple(pair for pair, count in pairs.items() if count > 1)
    return PairList(kept, unknown, not_pairs, repeated, len(pairs) - len(kept))


def replace_in_pairs(text: str, written: str, word: str) -> str:
    """Return a list of pairs in which the word `written` is replaced by `word`.

    >>> replace_in_pairs("man/womann, king queen", "womann", "woman")
    'man woman, king queen'
    """

    def replaced(match: re.Match[str]) -> str:
        quoted, end, bare = match.groups()
        parts = [(quoted or "").strip()] if not bare else [bare, *JOINT.split(bare)]
        if end or written not in parts:
            return match[0]
        new = f'"{word}"' if re.search(r"[\s,;]", word) else word
        if written == parts[0]:
            return new
        return " ".join(new if part == written else part for part in parts[1:] if part)

    return TOKEN.sub(replaced, text.translate(ASCII_OF))


def joined_pairs(
    embeddings: Embeddings, text: str, max_pairs: int = MAX_PAIRS
) -> tuple[tuple[str, str], ...]:
    """Return the entries of a word list that are two known words.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["cat", "cats"], np.eye(2, dtype=np.float32))
    >>> joined_pairs(toy, "cat cats, cat, cats")
    (('cat', 'cats'),)
    """
    known = (
        [_known(embeddings, word) for word in entry] for entry in _entries(text) if len(entry) == 2
    )
    pairs = ((low, high) for low, high in known if low is not None and high is not None)
    return tuple(islice(pairs, max_pairs))


def _entries(text: str) -> Iterator[list[str]]:
    """Yield the words of each entry that is not empty."""
    entry: list[str] = []
    for quoted, end, bare in TOKEN.findall(text.translate(ASCII_OF)):
        if end:
            if entry:
                yield entry
            entry = []
        elif (word := quoted.strip() or bare) and word not in SEPARATORS:
            entry.append(word)
    if entry:
        yield entry


def _parted(embeddings: Embeddings, entry: list[str]) -> list[str]:
    """Return the words of an entry, with those parted that stand for two, such as `man/woman`.

    A known word with a separator, such as `and/or`, is only parted if it is alone in its entry; an
    unknown one with a dash, such as `cold-hot`, if it is alone and both of its parts are known.
    """

    def parts(word: str) -> list[str]:
        split = [part for part in JOINT.split(word) if part]
        if _known(embeddings, word) is None:
            halves = DASH.split(word) if len(entry) == 1 else []
            is_dashed = len(halves) == 2 and all(
                half and _known(embeddings, half) for half in halves
            )
            return halves if is_dashed else split
        is_pair = len(split) == 2 and all(_known(embeddings, part) for part in split)
        return split if is_pair and len(entry) == 1 else [word]

    words = [part for word in entry for part in parts(word)]
    if not 2 < len(words) <= MAX_PARTS:
        return words
    cuts = [
        halves
        for cut in range(1, len(words))
        if all(map(embeddings.knows, halves := (" ".join(words[:cut]), " ".join(words[cut:]))))
    ]
    # Of more than two words, two phrases if there is one way only to see them.
    return list(cuts[0]) if len(cuts) == 1 else words


def _known(embeddings: Embeddings, word: str) -> str | None:
    """Return a word in the embeddings' spelling, or None if it is unknown."""
    return embeddings.spelled(word)
