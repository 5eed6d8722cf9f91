"""The line on the start page: its words, and other words in their place."""

import re
from typing import Final

from core.embeddings import Embeddings
from core.language.word_tokens import word_tokens

LINE: Final = "The king lives in a palace"
MAX_CHARS: Final = 200
VERY_FREQUENT: Final = 150  # words such as "the" and "in", which say little


def known_words(embeddings: Embeddings, line: str) -> tuple[str, ...]:
    """Return the words of a line that the embeddings have, each once; marks alone are no words."""
    tokens = word_tokens(line, embeddings)
    words = (embeddings.words[token.id] for token in tokens if token.known)
    return tuple(dict.fromkeys(word for word in words if any(map(str.isalnum, word))))


def unknown_words(embeddings: Embeddings, line: str) -> tuple[str, ...]:
    """Return the words of a line that the embeddings lack, as written, each once."""
    pieces = (line[token.start : token.end] for token in word_tokens(line, embeddings)
              if not token.known)  # fmt: skip
    return tuple(dict.fromkeys(piece for piece in pieces if any(map(str.isalnum, piece))))


def first_content_word(embeddings: Embeddings, words: tuple[str, ...]) -> str:
    """Return the first word that is not very frequent; the first of all, if all are.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["the", "king"], np.eye(2, dtype=np.float32))
    >>> first_content_word(toy, ("the", "king"))
    'the'
    """
    rare = (word for word in words if embeddings.index(word) >= VERY_FREQUENT)
    return next(rare, words[0])


def line_about(word: str) -> str:
    """Return a line of very frequent words and a word."""
    return f"It is all about {word}"


def replaced(embeddings: Embeddings, line: str, old: str, new: str) -> str:
    """Return a line in which a word is replaced by another; a capital at its beginning stays.

    Args:
        embeddings: they decide what is a word of the line.
        line: the line; without the old word, the result is a line about the new one.
        old: a word, known or not.
        new: the word in its place.
    """
    text, is_there = line, False
    for token in reversed(word_tokens(line, embeddings)):
        written = line[token.start : token.end]
        if old in {written, written.lower()}:
            in_case = new.capitalize() if re.match("[A-Z]", written) else new
            text = text[: token.start] + in_case + text[token.end :]
            is_there = True
    return text if is_there else line_about(new)
