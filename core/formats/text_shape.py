"""What the first lines of a text tell: its encoding, and how many numbers follow a word."""

import codecs
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.formats.vector_file import VectorFile
from core.text_encoding import mark_of, utf_16_without_mark

MAX_LINE_BYTES = 64_000_000
HEAD_BYTES = 1_000  # that tell the encoding
SAMPLE_LINES = 1_000  # that tell how many numbers a line has


@dataclass(frozen=True)
class Shape:
    """What the first lines of a file tell.

    Args:
        dimensions: the number of numbers on most lines; 0 if they have none.
        heading: V and D if the first line has them.
        agreeing: the share of the other lines with that number of numbers.
        has_words: whether there are words, and not only numbers.
        has_columns: whether most words are several columns, parted by tabs.
        decimals: the digits after the point of all numbers; None if they differ.
    """

    dimensions: int
    heading: tuple[int, int] | None
    agreeing: float
    has_words: bool
    has_columns: bool
    decimals: int | None


def shape_of(lines: Sequence[bytes]) -> Shape:
    """Return what lines tell about their file.

    >>> shape_of([b"2 3", b"new york 1 2 3", b"2 4 5 6"])
    Shape(dimensions=3, heading=(2, 3), agreeing=1.0, has_words=True, has_columns=False, decimals=0)
    """
    lines = [line for line in lines if line.strip()]
    first = lines[0].split() if lines else []
    heading = None
    if len(first) == 2 and all(part.isdigit() and len(part) < 20 for part in first):
        heading = (int(first[0]), int(first[1]))
    rows = [line.split() for line in lines[1 if heading else 0 :]]
    votes = [numbers_at_end(line) for line in lines[1 if heading else 0 :]]
    dimensions = _most_frequent(votes)
    if heading and _ends_in_integers(rows, votes, heading[1]):
        dimensions = heading[1]
        votes = [min(vote, dimensions) for vote in votes]
    if heading and dimensions == 1 != heading[1]:  # no heading but a first word that is a number
        heading, rows, votes = None, [first, *rows], [1, *votes]
    agreeing = votes.count(dimensions) / len(votes) if dimensions else 0.0
    wordless = sum(
        len(parts) == dimensions or (b"." in parts[0] and is_number(parts[0])) for parts in rows
    )
    columns = sum(b"\t" in line.rsplit(None, dimensions)[0] for line in lines)
    usual = [parts for parts, vote in zip(rows, votes, strict=True) if vote == dimensions]
    # Without the last row, which may be cut.
    decimals = {decimals_of(part) for parts in usual[:20][:-1] for part in parts[-dimensions:]}
    return Shape(
        dimensions,
        heading,
        agreeing,
        wordless < 0.9 * len(rows) or (heading is not None and heading[1] == dimensions),
        2 * columns > len(rows),
        decimals.pop() if len(decimals) == 1 else None,
    )


def _most_frequent(votes: Sequence[int]) -> int:
    counts = Counter(vote for vote in votes if vote)
    return max(counts, key=lambda count: (counts[count], count), default=0)


def _ends_in_integers(
    rows: Sequence[Sequence[bytes]], votes: Sequence[int], dimensions: int
) -> bool:
    """Return whether most lines have more numbers than announced, words such as `route 66`."""
    words = sum(
        vote == dimensions or (vote > dimensions and parts[-dimensions - 1].isdigit())
        for parts, vote in zip(rows, votes, strict=True)
    )
    return dimensions > 0 and 2 * words > len(rows)


def numbers_at_end(line: bytes) -> int:
    """Return the number of numbers after the word of a line.

    >>> numbers_at_end(b"new york 0.1 0.2"), numbers_at_end(b"1984 0.1 0.2")
    (2, 2)
    """
    parts = line.split()
    count = 0
    for part in reversed(parts):
        if not is_number(part):
            break
        count += 1
    # If all are numbers, the first is the word, unless the word is a blank.
    return count - 1 if count and count == len(parts) and not line[:1].isspace() else count


def is_number(part: bytes) -> bool:
    """Return whether `float` reads it."""
    try:
        float(part)
    except ValueError:
        return False
    return True


def decimals_of(part: bytes) -> int:
    """Return how many digits follow the point of a number, -1 if it has an exponent."""
    return -1 if b"e" in part.lower() else len(part.partition(b".")[2])


def first_lines(file: VectorFile, size: int) -> list[bytes]:
    """Return the first lines, in UTF-8 or a similar encoding, without a cut one at the end."""
    parts: list[bytes] = []
    total = 0
    for part in chunks_of(file, size):
        parts.append(part)
        total += len(part)
        if total >= size and any(b"\n" in part for part in parts):
            break
        if total > MAX_LINE_BYTES:
            break
    lines = b"".join(parts).split(b"\n")
    if total >= size and len(lines) > 1:
        lines.pop()
    elif total >= size:  # one line, longer than the sample: without its last, cut number
        lines = lines[0].rsplit(None, 1)[:1]
    return [line for line in lines if line.strip()][: SAMPLE_LINES + 1]


def chunks_of(file: VectorFile, size: int) -> Iterator[bytes]:
    """Yield the bytes of a text without a mark, UTF-16 and UTF-32 in UTF-8."""
    with _opened(file) as opened:
        while part := opened.read(size):
            yield part if isinstance(part, bytes) else part.encode("utf-8", "replace")


@contextmanager
def _opened(file: VectorFile) -> Iterator[Any]:
    """Open the bytes of a file; text in UTF-16 or UTF-32 is decoded, and a mark is removed."""
    with file.path.open("rb") as raw:
        head = raw.read(HEAD_BYTES)
        encoding = mark_of(head) or (utf_16_without_mark(head) if b"\0" in head else None)
        raw.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        if encoding in (None, "utf-8-sig"):
            yield raw
        else:
            yield io.TextIOWrapper(raw, encoding, errors="replace", newline="")
