"""Embeddings typed by hand: a word and its numbers on each line."""

import math

import numpy as np

from core.embeddings import Embeddings
from core.errors import InputError

MOST_LINES = 200
MOST_NUMBERS = 50


def read_typed(text: str, name: str = "Typed vectors") -> Embeddings:
    """Return the embeddings that a text describes.

    Args:
        text: lines such as `king 0.2 0.9`; commas may stand between the numbers. Empty lines
            count for nothing.
        name: what to call them.

    Raises:
        InputError: names every line that cannot be read, and what is wrong with it.

    >>> read_typed("king 9 -5 6").vector("king")
    array([ 9., -5.,  6.], dtype=float32)
    """
    rows: dict[str, list[float]] = {}
    faults: list[str] = []
    lines = [(number, line.split()) for number, line in enumerate(_lines(text), 1) if line.strip()]
    if not lines:
        raise InputError("No vector came. Write a word and its numbers on each line: king 0.2 0.9")
    if len(lines) > MOST_LINES:
        raise InputError(f"{len(lines):,} lines came; at most {MOST_LINES} can be typed.")
    for number, (word, *numbers) in lines:
        try:
            values = [float(text) for text in numbers]
        except ValueError as error:
            faults.append(f"line {number}: {str(error).partition(': ')[2]} is no number")
            continue
        first = next(iter(rows.values()), values)
        if not 2 <= len(values) <= MOST_NUMBERS:
            faults.append(f"line {number}: a word needs 2 to {MOST_NUMBERS} numbers after it")
        elif len(values) != len(first):
            faults.append(f"line {number}: {len(values)} numbers, but {len(first)} before it")
        elif not all(math.isfinite(value) and abs(value) < 1e6 for value in values):
            faults.append(f"line {number}: numbers between -1,000,000 and 1,000,000, please")
        elif word in rows:
            faults.append(f"line {number}: '{word}' stands on an earlier line already")
        else:
            rows[word] = values
    if faults:
        more = f"; and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise InputError(f"Not read: {'; '.join(faults[:5])}{more}.")
    return Embeddings(name, tuple(rows), np.array(list(rows.values()), dtype=np.float32))


def _lines(text: str) -> list[str]:
    return text.replace(",", " ").split("\n")
