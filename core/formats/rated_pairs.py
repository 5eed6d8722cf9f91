"""Pairs of words rated by people: two words and a number per line.

The columns are separated by tabs, semicolons, commas or spaces.
"""

import math
import re
from dataclasses import dataclass

from core.formats.text_lines import ParseError, by_line, counted, nothing_read, text_lines

MAX_QUOTED = 40  # characters of the file in an error


@dataclass(frozen=True, slots=True)
class RatedPair:
    """Two words and people's rating of their similarity; a higher rating is more similar."""

    first: str
    second: str
    rating: float


@dataclass(frozen=True)
class RatedPairs:
    """A word-similarity file.

    Args:
        pairs: in the order of the file.
        errors: the lines that could not be read.
        heading: the first line if it names the columns, else empty.
    """

    pairs: tuple[RatedPair, ...]
    errors: tuple[ParseError, ...] = ()
    heading: str = ""

    def __len__(self) -> int:
        return len(self.pairs)


def read_rated_pairs(data: bytes) -> RatedPairs:
    """Return the word pairs of a file with their ratings.

    The rating is the first number after the two words, so further columns are allowed. If spaces
    separate the columns, there must be exactly three.

    Args:
        data: the file; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        InputError: the file is empty, too large or not a text file, or none of its lines can be
            read.

    >>> read_rated_pairs(b"tiger,cat,7.35").pairs[0].rating
    7.35
    """
    errors: list[ParseError] = []
    pairs: list[RatedPair] = []
    heading = ""
    for index, (line, text) in enumerate(text_lines(data, errors)):
        try:
            pairs.append(_rated(text))
        except ValueError as error:
            if index == 0 and _is_heading(text):
                heading = text
            else:
                errors.append(ParseError(line, str(error)))
    read = RatedPairs(tuple(pairs), by_line(errors), heading)
    if not pairs:
        first = [ParseError(1, "no number")] if heading else []
        example = "lines of two words and a number, such as tiger, cat, 7.35"
        raise nothing_read("pair", example, (*first, *read.errors))
    return read


def replace_in_ratings(text: str, written: str, word: str) -> str:
    """Return typed ratings in which every occurrence of the word `written` is replaced.

    >>> replace_in_ratings("qeen, king, 7\\nqeens; qeen; 9", "qeen", "queen")
    'queen, king, 7\\nqeens; queen; 9'
    """
    return "\n".join(
        line if line.lstrip().startswith("#") else _replaced(line, written, word)
        for line in text.split("\n")
    )


def _replaced(line: str, written: str, word: str) -> str:
    separator = _separator(line)
    columns = re.split(r"(\s+)" if separator is None else f"({separator})", line)
    return "".join(
        part.replace(written, word) if part.strip().strip('"').strip() == written else part
        for part in columns
    )


def _rated(text: str) -> RatedPair:
    """Return the pair on a line; raises `ValueError` with the reason if there is none."""
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
    third = columns[2] if len(columns[2]) <= MAX_QUOTED else columns[2][:MAX_QUOTED] + "…"
    hint = " (write 7.35, not 7,35)" if third.replace(",", "", 1).isdigit() else ""
    raise ValueError(f"expected two words and a number; '{third}' is not a number{hint}")


def _is_heading(text: str) -> bool:
    """Return whether a line names the columns: none of its columns is a number."""
    return _has_three(text) and not any(column[:1].isdigit() for column in _columns(text))


def _has_three(text: str) -> bool:
    """Return whether there are three columns; more are allowed unless spaces separate them."""
    count = len(_columns(text))
    return count == 3 or (count > 3 and _separator(text) is not None)


def _columns(text: str) -> list[str]:
    return [column.strip().strip('"').strip() for column in text.split(_separator(text))]


def _separator(text: str) -> str | None:
    """Return the separator: tab, else semicolon, else comma, else None for spaces."""
    return next((sign for sign in "\t;," if sign in text), None)
