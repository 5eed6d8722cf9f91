"""Spelling suggestions for unknown words."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

MAX_LENGTH = 40  # characters; a longer string is not a misspelled word


def close_words(word: str, words: Sequence[str], count: int = 5) -> list[str]:
    """Return at most `count` known words within one or two edits of `word`, closest first.

    An edit inserts, deletes or replaces a letter, or swaps two adjacent ones (optimal string
    alignment distance). Words at the same distance are sorted by the number of insertions and
    deletions alone (Indel distance), then by their index in `words`, that is by frequency. Words
    without a common letter are left out.

    >>> close_words("qeen", ["the", "keen", "queen", "quiz"])
    ['queen', 'keen']
    """
    if not word or len(word) > MAX_LENGTH:
        return []
    edits = 1 if len(word) <= 3 else 2
    matches = process.extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
    letters = {letter for letter in word if letter.isalnum()}
    matches = [match for match in matches if letters.intersection(match[0])]
    matches.sort(key=lambda match: (match[1], Indel.distance(word, match[0]), match[2]))
    return [match[0] for match in matches[:count]]
