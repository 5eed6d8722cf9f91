"""Pairs of words rated by people: two words and a number per line.

The columns are separated by tabs, semicolons, commas, colons or spaces. A first column that numbers
the lines is left out.
"""

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.formats.text_lines import ParseError, by_line, counted, nothing_read, text_lines

MAX_QUOTED = 40  # characters of the file in an error
ID_NAMES = frozenset(
    ("", "id", "index", "idx", "no", "no.", "nr", "nr.", "number", "pair_id", "pair")
)


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
        note: a sentence that names the encoding, if it is not UTF-8.
    """

    pairs: tuple[RatedPair, ...]
    errors: tuple[ParseError, ...] = ()
    heading: str = ""
    note: str = ""

    def __len__(self) -> int:
        return len(self.pairs)


def read_rated_pairs(data: bytes) -> RatedPairs:
    """Return the word pairs of a file with their ratings.

    The rating is the first number after the two words, so further columns are allowed. If spaces
    separate the columns, there must be exactly three.

    Args:
        data: the file, as in `core.formats.text_lines`.

    Raises:
        InputError: the file is empty, too large or not a text file, or none of its lines can be
            read.

    >>> read_rated_pairs(b"tiger,cat,7.35").pairs[0].rating
    7.35
    """
    file = text_lines(data)
    errors = list(file.errors)
    pairs: list[RatedPair] = []
    heading = ""
    rows = [_columns(text) for _, text in file.lines]
    first = int(_is_numbered(rows))
    for index, ((line, text), columns) in enumerate(zip(file.lines, rows, strict=True)):
        try:
            pairs.append(_rated(columns[first:], text))
        except ValueError as error:
            if index == 0 and _is_heading(columns[first:], text):
                heading = text
            else:
                errors.append(ParseError(line, str(error)))
    read = RatedPairs(tuple(pairs), by_line(errors), heading, file.note)
    if not pairs:
        no_number = [ParseError(1, "no number")] if heading else []
        example = "lines of two words and a number, such as tiger, cat, 7.35"
        raise nothing_read("pair", example, (*no_number, *read.errors))
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


def _is_numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first column numbers the lines: two words and a number follow in each.

    >>> _is_numbered([["id", "word1", "word2", "score"], ["7", "cat", "tiger", "7.35"]])
    True
    """
    rated = [row for row in rows if len(row) >= 4 and any(map(_is_number, row[3:]))]
    numbered = [row for row in rated if row[0].isdecimal() and not any(map(_is_number, row[1:3]))]
    has_name = bool(rows) and len(rows[0]) >= 4 and rows[0][0].lower() in ID_NAMES
    is_numbered = bool(rated) and len(numbered) >= 0.9 * len(rated)
    return is_numbered or (has_name and not any(map(_is_number, rows[0])))


def _rated(columns: Sequence[str], text: str) -> RatedPair:
    """Return the pair on a line; raises `ValueError` with the reason if there is none."""
    if not _has_three(columns, text):
        raise ValueError(f"{counted(columns, 'part')}, expected two words and a number")
    for column in columns[2:]:
        if not _is_number(column):
            continue
        rating = float(column)
        if all(columns[:2]) and math.isfinite(rating):
            return RatedPair(columns[0], columns[1], rating)
        break
    third = columns[2] if len(columns[2]) <= MAX_QUOTED else columns[2][:MAX_QUOTED] + "…"
    hint = " (write 7.35, not 7,35)" if third.replace(",", "", 1).isdigit() else ""
    raise ValueError(f"expected two words and a number; '{third}' is not a number{hint}")


def _is_number(column: str) -> bool:
    try:
        float(column)
    except ValueError:
        return False
    return True


def _is_heading(columns: Sequence[str], text: str) -> bool:
    """Return whether a line names the columns: none of its columns is a number."""
    return _has_three(columns, text) and not any(column[:1].isdigit() for column in columns)


def _has_three(columns: Sequence[str], text: str) -> bool:
    """Return whether there are three columns; more are allowed unless spaces separate them."""
    return len(columns) == 3 or (len(columns) > 3 and _separator(text) is not None)


def _columns(text: str) -> list[str]:
    """Return the columns of a line; quotes keep the separator inside them.

    >>> _columns('"Rome, Italy","Bonn",3.5'), _columns("cat:tiger:7.35:n")
    (['Rome, Italy', 'Bonn', '3.5'], ['cat', 'tiger', '7.35', 'n'])
    """
    separator = _separator(text)
    if text.count('"') % 2 == 0 and '"' in text:
        columns = next(csv.reader([text], delimiter=separator or " ", skipinitialspace=True))
    else:
        columns = text.split(separator)
    return [column.strip().strip('"').strip() for column in columns]


def _separator(text: str) -> str | None:
    """Return the separator: tab, else semicolon, comma or colons, else None for spaces."""
    bare = re.sub(r'"[^"]*"', "", text)
    sign = next((sign for sign in "\t;," if sign in bare), None)
    return ":" if sign is None and bare.count(":") >= 2 and " " not in bare.strip() else sign
