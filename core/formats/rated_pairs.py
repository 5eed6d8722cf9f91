"""Pairs of words rated by people: two words and a number a line.

The columns are separated by tabs, semicolons, commas or spaces.
"""

import math
from dataclasses import dataclass

from core.formats.text_lines import ParseError, by_line, counted, nothing_read, text_lines

MAX_QUOTED = 40  # characters of the file in an error


@dataclass(frozen=True, slots=True)
class RatedPair:
    """Two words and how alike people find them; a larger rating is more alike."""

    first: str
    second: str
    rating: float


@dataclass(frozen=True)
class RatedPairs:
    """A word-similarity file.

    Args:
        pairs: in the order of the file.
        errors: the lines that could not be read.
        heading: the first line, where it names the columns, else empty.
    """

    pairs: tuple[RatedPair, ...]
    errors: tuple[ParseError, ...] = ()
    heading: str = ""

    def __len__(self) -> int:
        return len(self.pairs)


def read_rated_pairs(data: bytes) -> RatedPairs:
    """Return the word pairs of a file and how alike people find them.

    The rating is the first number after the two words, so that files with further columns are read
    too; where only spaces part the columns there must be just three.

    Args:
        data: the file; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        InputError: the file is empty, too large, no text, or no line of it can be used.

    >>> read_rated_pairs(b"tiger,cat,7.35").pairs[0].rating
    7.35
    """
    errors: list[ParseError] = []
    pairs: list[RatedPair] = []
    heading = ""
    for place, (line, text) in enumerate(text_lines(data, errors)):
        try:
            pairs.append(_rated(text))
        except ValueError as error:
            if place == 0 and _is_heading(text):
                heading = text
            else:
                errors.append(ParseError(line, str(error)))
    read = RatedPairs(tuple(pairs), by_line(errors), heading)
    if not pairs:
        first = [ParseError(1, "no number")] if heading else []
        example = "lines of two words and a number, such as tiger, cat, 7.35"
        raise nothing_read("pair", example, (*first, *read.errors))
    return read


def _rated(text: str) -> RatedPair:
    """Return the pair that a line describes; raises `ValueError` in words."""
    columns = _columns(text)
    if not _has_three(text):
        raise ValueError(f"{counted(columns, 'part')}, expected two words and a number")
    for column in columns[2:]:
        try:
            rating = float(column)
        except ValueError:
            continue
        if all(columns[:2]) and math.isfinite(rating):
            return RatedPair(columns[0], columns[1], rating)
        break
    came = columns[2] if len(columns[2]) <= MAX_QUOTED else columns[2][:MAX_QUOTED] + "…"
    hint = " (write 7.35, not 7,35)" if came.replace(",", "", 1).isdigit() else ""
    raise ValueError(f"expected two words and a number; '{came}' is none{hint}")


def _is_heading(text: str) -> bool:
    """Return whether a line names the columns: none of them is a number."""
    return _has_three(text) and not any(column[:1].isdigit() for column in _columns(text))


def _has_three(text: str) -> bool:
    """Return whether there are three columns, or more that no space in a word can have made."""
    count = len(_columns(text))
    return count == 3 or (count > 3 and _separator(text) is not None)


def _columns(text: str) -> list[str]:
    return [column.strip().strip('"').strip() for column in text.split(_separator(text))]


def _separator(text: str) -> str | None:
    """Return what parts the columns: the first of tab, semicolon and comma there is, or spaces."""
    return next((sign for sign in "\t;," if sign in text), None)
