"""Typed or pasted lists of words, matched to the words of the embeddings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings

MAX_WORDS = 1_000

# Typographic quotes and separators, as in pasted text, and their equivalents in ASCII.
ASCII_OF = str.maketrans("“”„«»，；、", '"""""' + ",;,")

# A phrase in quotes, or a run of characters without commas, semicolons and white space. A quotation
# mark that is not closed on its line is ignored.
WORD = re.compile(r'"([^"\r\n]*)"|([^\s,;"]+)')
END = re.compile(r"[,;\r\n]")  # between two words or phrases
MAX_PHRASE = 4  # words of a known phrase


@dataclass(frozen=True)
class WordList:
    """The known and the unknown words of a list.

    Args:
        words: the known words in the embeddings' spelling, each once, in the order of the list.
        indices: their rows, (N,) intp.
        unknown: the words that the embeddings do not have, as written, each once.
        left_out: number of known words beyond the maximum.
    """

    words: tuple[str, ...]
    indices: NDArray[np.intp]
    unknown: tuple[str, ...]
    left_out: int

    def __len__(self) -> int:
        return len(self.words)


def read_word_list(embeddings: Embeddings, text: str, max_words: int = MAX_WORDS) -> WordList:
    """Return the words of a list, looked up as `Embeddings.find` does.

    Commas, semicolons, line breaks and spaces separate words; in quotes, commas and spaces belong
    to the word. So do spaces in a known phrase, such as new york, if it has an unknown word or if
    the list has commas and nothing else stands between two of them.

    Args:
        embeddings: the known words.
        text: the list, such as `king, queen`; may be empty.
        max_words: number of known words that are kept; the others are only counted.

    >>> toy = Embeddings("toy", ["king", "new york"], np.eye(2, dtype=np.float32))
    >>> read_word_list(toy, 'King; qeen "new york" king').words
    ('king', 'new york')
    >>> read_word_list(toy, "new york, king").words
    ('new york', 'king')
    """
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for written in dict.fromkeys(_split(embeddings, text)):
        word = embeddings.spelled(written)
        if word is None:
            unknown[written] = None
        else:
            known[word] = None
    words = tuple(known)[: max(max_words, 0)]
    return WordList(words, embeddings.indices(words), tuple(unknown), len(known) - len(words))


def replace_in_list(text: str, written: str, word: str) -> str:
    """Return a list in which every occurrence of the word `written` is replaced by `word`.

    >>> replace_in_list("king, qeen; qeens", "qeen", "queen")
    'king, queen; qeens'
    """

    def replaced(match: re.Match[str]) -> str:
        if (match[1] or match[2] or "").strip() != written:
            return match[0]
        return f'"{word}"' if re.search(r"[\s,;]", word) else word

    return WORD.sub(replaced, text.translate(ASCII_OF))


def _split(embeddings: Embeddings, text: str) -> Iterator[str]:
    """Yield the words of a list in their order, without empty ones."""
    text = text.translate(ASCII_OF)
    entry: list[str] = []
    has_ends = bool(END.search(text.strip()))
    last = 0
    for match in WORD.finditer(text):
        if END.search(text, last, match.start()) or match[1] is not None:
            yield from _phrases(embeddings, entry, has_ends=has_ends)
            entry = []
        last = match.end()
        if match[2]:
            entry.append(match[2])
        elif quoted := match[1].strip():
            yield quoted
    yield from _phrases(embeddings, entry, has_ends=has_ends)


def _phrases(embeddings: Embeddings, words: list[str], *, has_ends: bool) -> Iterator[str]:
    """Yield consecutive words, with those joined that are one known phrase."""
    if len(words) > 1 and has_ends and embeddings.knows(" ".join(words)):
        yield " ".join(words)
        return
    start = 0
    while start < len(words):
        stop = start + 1
        for end in range(min(start + MAX_PHRASE, len(words)), stop, -1):
            part = words[start:end]
            if not all(map(embeddings.knows, part)) and embeddings.knows(" ".join(part)):
                stop = end
                break
        yield " ".join(words[start:stop])
        start = stop
