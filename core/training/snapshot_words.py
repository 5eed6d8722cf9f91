"""The words of a snapshot: looked up, and their neighbours."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.geometry.units import unit_rows
from core.spelling import close_words
from core.word_forms import forms

Numbers = NDArray[np.float64]
Vectors = NDArray[np.float32]


def known_row(row_of: Mapping[str, int], word: str) -> int | None:
    """Return the row of a word as it is written, else in its closest form; None if unknown.

    >>> known_row({"König": 0, "mann": 1}, "könig"), known_row({"König": 0}, "Mann")
    (0, None)
    """
    written, *others = forms(word)
    for form in (written, *others):
        if form in row_of:
            return row_of[form]
    folded = others[-1]
    return next((row for known, row in row_of.items() if forms(known)[-1] == folded), None)


def row_in(row_of: Mapping[str, int], word: str) -> int:
    """Return the row of a word as it is written, else in lower case.

    Raises:
        InputError: it is unknown.
    """
    if (row := known_row(row_of, word)) is not None:
        return row
    raise unknown_word(row_of, word)


def unknown_word(row_of: Mapping[str, int], word: str) -> InputError:
    """Return the error for an unknown word; it names words that are spelled alike."""
    close = close_words(word.lower(), tuple(row_of))
    hint = f" Close: {', '.join(close)}." if close else " Type another word."
    shown = word if len(word) <= 60 else word[:59] + "…"
    return InputError(
        f"'{shown}' is not among the {len(row_of):,} words learned from this text.{hint}"
    )


def nearest_words(
    vectors: Vectors, words: Sequence[str], row: int, count: int = 8
) -> tuple[tuple[str, ...], Numbers]:
    """Return the nearest neighbours of a word, and their cosines.

    Args:
        vectors: (R, D) float32.
        words: R words.
        row: of the word; it is left out.
        count: how many neighbours, at most.
    """
    unit = unit_rows(vectors)
    cosines = unit @ unit[row]
    cosines[row] = -np.inf
    best = np.argsort(-cosines, kind="stable")[: min(count, len(words) - 1)]
    return tuple(words[index] for index in best.tolist()), cosines[best]


def mean_cosine(vectors: Vectors) -> float:
    """Return the mean cosine of two different words.

    Args:
        vectors: (R, D), of two words or more.

    >>> round(mean_cosine(np.array([[1, 0], [0, 2], [3, 0]], dtype=np.float32)), 4)
    0.3333
    """
    units = unit_rows(vectors)
    among_all = float(np.square(units.sum(0)).sum())
    count = len(units)
    return (among_all - float(np.square(units).sum())) / (count * (count - 1))
