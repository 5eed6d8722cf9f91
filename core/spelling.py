"""Words that are spelled alike, for the moment when one is not known."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

LONGEST = 40  # characters; a longer "word" is no slip of the finger


def close_words(word: str, words: Sequence[str], count: int = 5) -> list[str]:
    """Return known words that are one or two slips away from `word`, at most `count`.

    A slip is a letter too many, one too few, a wrong one, or two neighbours swapped (optimal
    string alignment distance). Fewer slips come first; then a letter left out or doubled before
    a wrong one; then words that stand earlier in `words`, which are the more frequent. Words
    that share no letter are no slip.

    >>> close_words("qeen", ["the", "keen", "queen", "quiz"])
    ['queen', 'keen']
    """
    if not word or len(word) > LONGEST:
        return []
    slips = 1 if len(word) <= 3 else 2
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    letters = {letter for letter in word if letter.isalnum()}
    found = [match for match in found if letters.intersection(match[0])]
    found.sort(key=lambda match: (match[1], Indel.distance(word, match[0]), match[2]))
    return [match[0] for match in found[:count]]
