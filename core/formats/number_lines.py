"""Lines of a word and its numbers in the usual notation, read at the speed of the memory."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from core.embeddings import Matrix, Vector

LOWEST, HIGHEST = -70, 60  # powers of ten that are computed without float()
POWERS = np.array([float(f"1e{power}") for power in range(max(-LOWEST, HIGHEST) + 1)])
LINE_BREAK, TAB, RETURN, SPACE, PLUS, MINUS, POINT, ZERO, NINE, LETTER_E = b"\n\t\r +-.09e"
LOWER = 32  # the bit that makes a letter small
MAX_EXPONENT_DIGITS = 6
MAX_DIGITS = np.uint64(10**18)  # so that one more fits into 64 bits
UNCERTAINTY = 2.0**-50  # relative; three roundings and the digits left out make up less than 2**-51
Bytes = NDArray[np.uint8]


class TakenLines(NamedTuple):
    """What `parse_lines` took: rows, lines that it could not read, lines in all, and words."""

    rows: int
    hard: int
    lines: int
    word_bytes: int
    padded: int


def parse_lines(
    data: Bytes, vectors: Matrix, words: Bytes, lines: NDArray[np.int64], hard: NDArray[np.int64]
) -> TakenLines:
    """Read lines until there is no room; numbers in the usual notation only, the others are `hard`.

    The numbers are those at the end of the line: a word may have spaces.

    Args:
        data: lines of bytes, each ended by a line break.
        vectors: receives the numbers.
        words: receives the words, each ended by a line break.
        lines: receives the line of each row, from 1.
        hard: receives the row, the start, that of the numbers, and the end of hard lines.
    """
    return TakenLines(*_parse_lines(data, vectors, words, lines, hard, POWERS))


@numba.njit(nogil=True, cache=True)
def _parse_lines(
    data: Bytes,
    vectors: Matrix,
    words: Bytes,
    lines: NDArray[np.int64],
    hard: NDArray[np.int64],
    powers: NDArray[np.float64],
) -> tuple[int, int, int, int, int]:
    """Do what `parse_lines` does, with the powers of ten from 1."""
    row = harder = line = filled = padded = start = 0
    while start < len(data) and row < len(vectors):
        word_end, stop = _parse_usual(data, start, vectors[row], powers)
        if stop < 0:
            stop = start
            while data[stop] != LINE_BREAK:
                stop += 1
            end = _without_blanks(data, start, stop)
            if end > start:
                numbers, word_end, is_padded = _parts(data, start, end, vectors.shape[1])
                padded += is_padded
                if numbers < 0 or _parse_numbers(data, numbers, vectors[row], powers) < 0:
                    hard[harder] = (row, start, numbers, end)
                    harder += 1
        else:
            end = stop
        if end > start:
            for index in range(start, word_end):
                words[filled] = data[index]
                filled += 1
            words[filled] = LINE_BREAK
            filled += 1
            lines[row] = line + 1
            row += 1
        line += 1
        start = stop + 1
    return row, harder, line, filled, padded


@numba.njit(nogil=True, cache=True)
def _parse_usual(
    data: Bytes, start: int, vector: Vector, powers: NDArray[np.float64]
) -> tuple[int, int]:
    """Read a word without spaces, a blank, and numbers; return the ends of the word and the line.

    The end of the line is -1 if it is not like that.
    """
    word_end = start
    while not _is_blank(data[word_end]):
        word_end += 1
    if word_end == start or data[word_end] == LINE_BREAK or _is_blank(data[word_end + 1]):
        return start, -1
    return word_end, _parse_numbers(data, word_end, vector, powers)


@numba.njit(nogil=True, cache=True)
def _is_blank(byte: int) -> bool:
    """Return whether a byte is a space, a tab or another blank of ASCII, line breaks included."""
    return byte == SPACE or TAB <= byte <= RETURN


@numba.njit(nogil=True, cache=True)
def _without_blanks(data: Bytes, start: int, end: int) -> int:
    """Return the end of a text without the blanks at its end."""
    while end > start and _is_blank(data[end - 1]):
        end -= 1
    return end


@numba.njit(nogil=True, cache=True)
def _parts(data: Bytes, start: int, end: int, dimensions: int) -> tuple[int, int, bool]:
    """Return where the numbers of a line begin, where its word ends, and if that has a blank there.

    If there are too few parts, the numbers begin at -1.
    """
    first = at = end
    wide = False  # more than one blank between numbers
    for found in range(dimensions):
        if at == start:
            return -1, start, False
        wide |= found > 0 and first - at > 1
        while at > start and not _is_blank(data[at - 1]):
            at -= 1
        first = at
        at = _without_blanks(data, start, at)
    if first == start:
        return -1, start, False
    # One blank parts the word and the numbers. Further ones belong to the word, which may be a
    # blank itself, unless the numbers are parted by several too.
    if wide and at > start:
        return first, at, False
    return first, first - 1, start < at < first - 1 and data[first - 2] == SPACE


@numba.njit(nogil=True, cache=True)
def _parse_numbers(data: Bytes, at: int, vector: Vector, powers: NDArray[np.float64]) -> int:
    """Read the numbers up to the end of a line, and return that.

    Numbers are as for float(), in float32. It returns -1 if one needs float() itself, or if there
    are fewer or more than the vector has.
    """
    for index in range(len(vector)):
        at = _skip_blanks(data, at)
        negative = data[at] == MINUS
        if negative or data[at] == PLUS:
            at += 1
        digits, power, at = _parse_digits(data, at)
        if at >= 0 and (data[at] | LOWER) == LETTER_E:
            exponent, at = _parse_exponent(data, at + 1)
            power += exponent
        if at < 0 or not _is_blank(data[at]):
            return -1
        number = _scaled(digits, power, powers)
        if np.isnan(number):
            return -1
        vector[index] = -number if negative else number
    at = _skip_blanks(data, at)
    return at if data[at] == LINE_BREAK else -1


@numba.njit(nogil=True, cache=True)
def _skip_blanks(data: Bytes, at: int) -> int:
    """Return where the next number begins, or the line ends."""
    while data[at] != LINE_BREAK and _is_blank(data[at]):
        at += 1
    return at


@numba.njit(nogil=True, cache=True)
def _parse_digits(data: Bytes, at: int) -> tuple[np.uint64, int, int]:
    """Return the first 19 digits of a number, the power of ten to multiply, and where they end.

    The end is -1 if there are no digits.
    """
    digits = np.uint64(0)
    power = 0
    seen = point = False
    while True:
        byte = data[at]
        if ZERO <= byte <= NINE:
            seen = True
            if digits < MAX_DIGITS:
                digits = digits * np.uint64(10) + np.uint64(byte - ZERO)
                power -= point
            else:
                power += not point
        elif byte == POINT and not point:
            point = True
        else:
            return digits, power, at if seen else -1
        at += 1


@numba.njit(nogil=True, cache=True)
def _parse_exponent(data: Bytes, at: int) -> tuple[int, int]:
    """Return an exponent and where it ends; -1 if there are no digits, or too many."""
    negative = data[at] == MINUS
    if negative or data[at] == PLUS:
        at += 1
    exponent = 0
    start = at
    while ZERO <= data[at] <= NINE:
        exponent = 10 * exponent + int(data[at] - ZERO)
        at += 1
        if at - start > MAX_EXPONENT_DIGITS:
            return 0, -1
    return -exponent if negative else exponent, at if at > start else -1


@numba.njit(nogil=True, cache=True)
def _scaled(digits: np.uint64, power: int, powers: NDArray[np.float64]) -> np.float32:
    """Return digits times a power of ten as float32; NaN if that is not certain.

    The product has a small error. If the numbers at both ends of its range are rounded to the same
    float32, so is the exact one.
    """
    number = float(digits)
    if digits:
        if not LOWEST <= power <= HIGHEST:
            return np.float32(np.nan)
        number = number * powers[power] if power >= 0 else number / powers[-power]
    rounded = np.float32(number * (1 - UNCERTAINTY))
    if rounded != np.float32(number * (1 + UNCERTAINTY)) or np.isinf(rounded):
        return np.float32(np.nan)
    return rounded
