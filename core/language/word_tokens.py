"""Text cut into the words of word vectors, as the text they were learned from was cut."""

import re

from core.embeddings import Embeddings
from core.language.tokenizer import MAX_CHARACTERS, Token, visible

UNKNOWN = -1  # the id of a word that the vectors do not have

# Letters of scripts that write vowels as signs of their own; Python takes those for no letters.
_LETTER = r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u06dc\u0900-\u0963\u0970-\u109f\u0e31-\u0efc]"
# A word with what may stand inside it and a period behind it, or one sign, as often as it is there.
_PIECE = re.compile(rf"{_LETTER}+(?:[-'’.,/&@]{_LETTER}+)*\.?|([^\w\s])\1*")
_PART = re.compile(rf"{_LETTER}+(?:-{_LETTER}+)*|[^\w\s]")
_ENDINGS = ("n't", "'s", "'re", "'ve", "'m", "'ll", "'d")


def word_tokens(text: str, embeddings: Embeddings) -> tuple[Token, ...]:
    """Return the words and punctuation marks of a text, each with its row in the embeddings.

    GloVe's text was lower-cased and cut by the Stanford tokenizer: marks and endings such as `'s`
    and `n't` stand alone, numbers, abbreviations and words with hyphens stay whole. Where that
    leaves open what belongs together, the form that is more frequent in the embeddings is taken.

    Args:
        text: any text; of more than `MAX_CHARACTERS` the first are taken.
        embeddings: words, the most frequent first.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["the", "king", "'s", "."], np.eye(4, dtype="f"))
    >>> [(token.text, token.id) for token in word_tokens("The king's cat.", toy)]
    [('the', 0), ('king', 1), ("'s", 2), ('cat', -1), ('.', 3)]
    """
    valid = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    tokens: list[Token] = []
    for chunk in re.finditer(r"\S+", valid):
        for start, end in _cut(chunk[0], embeddings):
            offset = chunk.start() + start
            tokens.append(_token(chunk[0][start:end], offset, embeddings))
    return tuple(tokens)


def _token(piece: str, start: int, embeddings: Embeddings) -> Token:
    written = piece.lower()
    if written not in embeddings:
        written = written.replace("’", "'")
    known = written in embeddings
    number = embeddings.index(written) if known else UNKNOWN
    return Token(number, visible(written), start, start + len(piece), known=known)


def _cut(chunk: str, embeddings: Embeddings) -> list[tuple[int, int]]:
    """Return where the pieces of a chunk without spaces begin and end."""
    if _is_whole(chunk, embeddings):
        return [(0, len(chunk))]
    found: list[tuple[int, int]] = []
    for match in _PIECE.finditer(chunk):
        start, end = match.span()
        piece = match[0]
        if match[1] is not None:  # marks: "--" is a word of its own, "((" is not
            whole = _is_whole(piece, embeddings)
            found += [(start, end)] if whole else [(at, at + 1) for at in range(start, end)]
            continue
        period = piece.endswith(".") and not _is_whole(piece, embeddings)
        found += _cut_word(chunk, start, end - period, embeddings)
        if period:
            found.append((end - 1, end))
    return found


def _cut_word(chunk: str, start: int, end: int, embeddings: Embeddings) -> list[tuple[int, int]]:
    """Return the pieces of a word: itself, or its parts, with an ending such as `n't` apart."""
    word = chunk[start:end]
    if _is_whole(word, embeddings):
        return [(start, end)]
    plain = word.lower().replace("’", "'")
    endings = (ending for ending in _ENDINGS if plain.endswith(ending) and plain != ending)
    ending = next(endings, "")
    middle = end - len(ending)
    if _is_whole(chunk[start:middle], embeddings):
        parts = [(start, middle)]
    else:
        found = _PART.finditer(chunk[start:middle])
        parts = [(start + part.start(), start + part.end()) for part in found]
    return [*parts, (middle, end)] if ending else parts


def _is_whole(piece: str, embeddings: Embeddings) -> bool:
    """Return whether a piece is a word as it stands; "no." is "no" and a period, "st." is not."""
    word = piece.lower()
    if word not in embeddings:
        return False
    shorter = word.removesuffix(".")
    if shorter in (word, "") or shorter not in embeddings or not shorter[-1].isalnum():
        return True
    return embeddings.index(word) < embeddings.index(shorter)
