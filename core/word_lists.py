"""Lists of words as people type and paste them, matched to the words of the embeddings."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings

MOST = 1_000

# What people paste from books and other keyboards, beside what they type.
SAME_AS = str.maketrans("“”„«»，；、", '"""""' + ",;,")

# A phrase in quotes, else whatever stands between commas, semicolons and blanks. A quote that is
# not closed on its line stands for nothing.
WORD = re.compile(r'"([^"\r\n]*)"|([^\s,;"]+)')


@dataclass(frozen=True)
class WordList:
    """The words of a list that the embeddings have, and what became of the others.

    Args:
        words: as the embeddings spell them, each once, in the order of the list.
        indices: their rows, (N,) intp.
        unknown: the words that the embeddings do not have, as they were written, each once.
        left_out: how many known words were one too many.
    """

    words: tuple[str, ...]
    indices: NDArray[np.intp]
    unknown: tuple[str, ...]
    left_out: int

    def __len__(self) -> int:
        return len(self.words)


def read_word_list(embeddings: Embeddings, text: str, most: int = MOST) -> WordList:
    """Return the words of a list: as they are written, else in lower case.

    Words are parted by commas, semicolons, line breaks and blanks; in quotes, commas and blanks
    belong to the word.

    Args:
        embeddings: where the words are looked up.
        text: such as `king, queen`, one word a line, or none at all.
        most: how many words are kept; further ones are counted only.

    >>> toy = Embeddings("toy", ["king", "new york"], np.eye(2, dtype=np.float32))
    >>> read_word_list(toy, 'King; qeen "new york" king').words
    ('king', 'new york')
    """
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for written in dict.fromkeys(_split(text)):
        for word in (written, written.lower()):
            if word in embeddings:
                known[word] = None
                break
        else:
            unknown[written] = None
    words = tuple(known)[: max(most, 0)]
    return WordList(words, embeddings.indices(words), tuple(unknown), len(known) - len(words))


def replace_in_list(text: str, written: str, word: str) -> str:
    """Return a list with a word in the place of another one, wherever that stands.

    >>> replace_in_list("king, qeen; qeens", "qeen", "queen")
    'king, queen; qeens'
    """

    def replaced(found: re.Match[str]) -> str:
        if (found[1] or found[2] or "").strip() != written:
            return found[0]
        return f'"{word}"' if re.search(r"[\s,;]", word) else word

    return WORD.sub(replaced, text.translate(SAME_AS))


def _split(text: str) -> list[str]:
    """Return the words of a list in their order, none of them empty."""
    found = (quoted.strip() or bare for quoted, bare in WORD.findall(text.translate(SAME_AS)))
    return [word for word in found if word]
