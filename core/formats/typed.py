"""Embeddings typed by hand: lines of a word and its coordinates."""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from core.embeddings import Embeddings
from core.enumeration import listed
from core.errors import InputError

MAX_LINES = 200
MAX_DIMENSIONS = 50
MAX_LETTERS = 60  # of a word
MAX_QUOTED = 20  # characters of the text in an error


def read_typed(text: str, name: str = "Typed vectors") -> Embeddings:
    """Return the embeddings in a text.

    Args:
        text: lines such as `king 0.2 0.9` or `king: 0.2, 0.9`. Empty lines are ignored.
        name: the name of the embeddings.

    Raises:
        InputError: lines cannot be read; the message gives their numbers and the reasons.

    >>> read_typed("king 9 -5 6").vector("king")
    array([ 9., -5.,  6.], dtype=float32)
    """
    rows: dict[str, list[float]] = {}
    errors: list[str] = []
    lines = [(number, _parts(line)) for number, line in enumerate(text.split("\n"), 1)]
    lines = [(number, parts) for number, parts in lines if parts]
    if not lines:
        raise InputError("No vector yet. Write a word and its numbers on each line: king 0.2 0.9")
    if len(lines) > MAX_LINES:
        raise InputError(f"The text has {len(lines):,} lines; at most {MAX_LINES} can be read.")
    for number, (first_part, *numbers) in lines:
        word = first_part.rstrip(":") or first_part
        if reason := _fault(word, numbers, rows):
            errors.append(f"line {number}: {reason}")
        else:
            rows[word] = [float(text) for text in numbers]
    if errors:
        raise InputError(f"The vectors cannot be read: {listed(errors, 5, '; ')}.")
    return Embeddings(name, tuple(rows), np.array(list(rows.values()), dtype=np.float32), "first")


def _fault(word: str, numbers: Sequence[str], rows: Mapping[str, Sequence[float]]) -> str:
    """Return why a line cannot be used after earlier rows; empty if it can."""
    try:
        values = [float(wrong := text) for text in numbers]
    except ValueError:
        hint = "write 0.2, not 0,2" if "," in wrong else "a word has no spaces"
        short = wrong if len(wrong) <= MAX_QUOTED else f"{wrong[:MAX_QUOTED]}…"
        return f"'{short}' is not a number ({hint})"
    expected = len(next(iter(rows.values()), values))
    if not 2 <= len(values) <= MAX_DIMENSIONS:
        return f"a word needs 2 to {MAX_DIMENSIONS} numbers after it"
    if len(values) != expected:
        return f"{len(values)} numbers, but {expected} on the lines before"
    if not all(math.isfinite(value) and abs(value) < 1e6 for value in values):
        return "every number must be between -1,000,000 and 1,000,000"
    if len(word) > MAX_LETTERS:
        return f"the word has {len(word):,} letters, but at most {MAX_LETTERS} can be drawn"
    return f"'{word}' is already on an earlier line" if word in rows else ""


def _parts(line: str) -> list[str]:
    """Return the word and the numbers of a line.

    A comma separates numbers if a space follows it, if the part has a decimal point, as in
    `0.2,0.9`, or if the line has no spaces. In `0,2 0,9` it may be a decimal comma: it is kept, so
    that the part is reported as not a number.
    """
    if not any(map(str.isspace, line.strip())):
        line = line.replace(",", " ")
    spaced = re.sub(r",\s|,$", " ", line)
    return [
        number
        for part in spaced.split()
        for number in (part.split(",") if "." in part else [part])
        if number
    ]
