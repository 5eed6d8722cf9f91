"""Spelling suggestions for unknown words."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

MAX_LENGTH = 40  # characters; a longer string is not a misspelled word
MAX_SHORT = 4  # letters of a word that may have one edit only: two leave little of it


def close_words(word: str, words: Sequence[str], count: int = 5) -> list[str]:
    """Return at most `count` known words within one or two edits of `word`, closest first.

    Two edits are allowed only if both words have more than `MAX_SHORT` letters.
    An edit inserts, deletes or replaces a letter, or swaps two adjacent ones (optimal string
    alignment distance). Words at the same distance are sorted by the number of insertions and
    deletions alone (Indel distance), then by their index in `words`, that is by frequency. Words
    without a common letter are left out.

    >>> close_words("qeen", ["the", "keen", "queen", "quiz"])
    ['queen', 'keen']
    """
    if not word or len(word) > MAX_LENGTH:
        return []
    edits = _edits(word)
    matches = process.extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
    matches = [match for match in matches if match[1] <= _edits(match[0])]
    letters = {letter for letter in word if letter.isalnum()}
    matches = [match for match in matches if letters.intersection(match[0])]
    matches.sort(key=lambda match: (match[1], Indel.distance(word, match[0]), match[2]))
    return [match[0] for match in matches[:count]]


def _edits(word: str) -> int:
    """Return how many edits a word may have."""
    return 1 if len(word) <= MAX_SHORT else 2
