"""Embeddings typed by hand: a word and its numbers on each line."""

import math
import re

import numpy as np

from core.embeddings import Embeddings
from core.enumeration import listed
from core.errors import InputError

MOST_LINES = 200
MOST_NUMBERS = 50


def read_typed(text: str, name: str = "Typed vectors") -> Embeddings:
    """Return the embeddings that a text describes.

    Args:
        text: lines such as `king 0.2 0.9` or `king: 0.2, 0.9`. Empty lines count for nothing.
        name: what to call them.

    Raises:
        InputError: names every line that cannot be read, and what is wrong with it.

    >>> read_typed("king 9 -5 6").vector("king")
    array([ 9., -5.,  6.], dtype=float32)
    """
    rows: dict[str, list[float]] = {}
    errors: list[str] = []
    lines = [(number, _parts(line)) for number, line in enumerate(text.split("\n"), 1)]
    lines = [(number, parts) for number, parts in lines if parts]
    if not lines:
        raise InputError("No vector came. Write a word and its numbers on each line: king 0.2 0.9")
    if len(lines) > MOST_LINES:
        raise InputError(f"{len(lines):,} lines came; at most {MOST_LINES} can be typed.")
    for number, (first_part, *numbers) in lines:
        word = first_part.rstrip(":") or first_part
        try:
            values = [float(text) for text in numbers]
        except ValueError as error:
            wrong = str(error).partition(": ")[2]
            hint = "write 0.2, not 0,2" if "," in wrong else "a word has no spaces"
            errors.append(f"line {number}: {wrong} is no number ({hint})")
            continue
        first = next(iter(rows.values()), values)
        if not 2 <= len(values) <= MOST_NUMBERS:
            errors.append(f"line {number}: a word needs 2 to {MOST_NUMBERS} numbers after it")
        elif len(values) != len(first):
            errors.append(f"line {number}: {len(values)} numbers, but {len(first)} before it")
        elif not all(math.isfinite(value) and abs(value) < 1e6 for value in values):
            errors.append(f"line {number}: numbers between -1,000,000 and 1,000,000, please")
        elif word in rows:
            errors.append(f"line {number}: '{word}' stands on an earlier line already")
        else:
            rows[word] = values
    if errors:
        raise InputError(f"Not read: {listed(errors, 5, '; ')}.")
    return Embeddings(name, tuple(rows), np.array(list(rows.values()), dtype=np.float32))


def _parts(line: str) -> list[str]:
    """Return the word and the numbers of a line.

    A comma parts numbers where a space follows it, where a point stands beside it, as in `0.2,0.9`,
    or where the line has no spaces at all.
    In `0,2 0,9` it may be a decimal comma: it stays, and is no number.
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
